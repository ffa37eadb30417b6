/**
 * A trustee's client: reads the record, does the one thing that is its turn, and can be killed at any point.
 * Every entry is in the key file before it is sent, and is sent again, byte for byte, until the log has it; so
 * one step never has two messages. Everything but the key file and its passphrase is hostile.
 */
import { fromBase64Url, toBase64Url } from '../crypto/bytes.ts';
import type { Kernel } from '../crypto/kernel/kernel.ts';
import { STEPS, type Step } from '../record/ceremony.ts';
import { trusteesWithout } from '../record/ceremony-status.ts';
import { type Judgement, judgeComplaint } from '../record/complaint.ts';
import { agreementsTo } from '../record/counting-rules.ts';
import { type ElectionState, isComplete, phaseOf } from '../record/election-state.ts';
import { entryLeaf } from '../record/envelope.ts';
import type { Placed } from '../record/item.ts';
import { nameBlob } from '../record/record-source.ts';
import { type Made, makeCeremonyStep, type StepContext } from './ceremony-steps.ts';
import { agree, decrypt } from './counting-steps.ts';
import { TrusteeError } from './errors.ts';
import type { BallotBox, CompareWords, Recount } from './interfaces.ts';
import {
  createKeyFile,
  forAttempt,
  type KeyFile,
  loadKeyFile,
  publicKeyIn,
  type Safe,
  SIGNED_TYPES,
  type SignedStep,
  type SignedType,
  saveKeyFile,
  type TrusteeStep,
} from './key-file.ts';
import { readElection, seenOf } from './read-election.ts';
import { ceremonyWords } from './words.ts';

export interface Trustee {
  readonly safe: Safe;
  readonly box: BallotBox;
  /** The manifest's leaf, in base64url, as the trustee was told it: the anchor. */
  readonly election: string;
  readonly kernel: Kernel;
  readonly recount: Recount;
  readonly compare: CompareWords;
}

export interface Waiting {
  readonly kind: 'waiting';
  /**
   * `join` and so on: for the other trustees' entries of that type; `mail`: for shares that they dealt; `words`: for
   * people to compare the words; `void`: for the officer, after a complaint.
   */
  readonly for: TrusteeStep | 'mail' | 'words' | 'void' | 'opening' | 'closing' | 'tally' | 'result';
  readonly attempt: number;
  /** Why the attempt before was voided; null in the first. */
  readonly voided: string | null;
  /** The trustees whose turn it is, from 1; empty where it is somebody else's. */
  readonly awaited: readonly number[];
  /** Of this attempt once all have dealt: what trustees read to each other. */
  readonly words: readonly string[] | null;
  /** Of the complaint that ended this attempt. */
  readonly judgement: Judgement | null;
}

/** What one call did, or what it waits for; `done` once the result is declared. */
export type Progress =
  | { readonly kind: 'sent'; readonly step: SignedType }
  | Waiting
  | { readonly kind: 'done' };

/**
 * Makes the key file of a new trustee.
 * @returns the public key, in base64url, for the manifest's list of trustees.
 * @throws TrusteeError `key-file-exists`.
 */
export async function createTrustee(safe: Safe): Promise<string> {
  return publicKeyIn(await createKeyFile(safe));
}

/**
 * Does what is this trustee's to do next, if anything: at most one entry is sent. Call it again after `sent`, and
 * some time after `waiting`; never twice at a time for one key file.
 * @throws TrusteeError whenever the trustee must not go on; RecordError and BoardError for a record that cannot be
 * read; what the store and the ballot box throw.
 */
export async function step(trustee: Trustee): Promise<Progress> {
  const { safe, box, election, compare } = trustee;
  const stored = await loadKeyFile(safe);
  if (stored.election !== null && stored.election !== election) {
    throw new TrusteeError('wrong-election', safe.name, `is the key file of election ${stored.election}`);
  }
  const state = await readElection(box.record, election, stored.seen);
  const i = placeOf(stored, state);
  const file = forAttempt(stored, state.ceremony.attempt);
  const unsent = findUnsent(file, state, i);
  if (phaseOf(state) === 'declared') return { kind: 'done' };
  if (isEnded(state)) return await waiting(state, 'void', []);
  if (unsent !== undefined) return await send(trustee, unsent);
  if (!isComplete(state, 'confirm')) await deliverMail(box, file);

  const due = nextStep(file, state, i);
  if (due.kind === 'waiting') return await waiting(state, due.for, awaitedFor(state, due.for));
  const made = await makeStep(trustee, due.step, { safe, box, file, state, i, compare });
  if (made.kind === 'waiting') return await waiting(state, made.for, made.awaited);
  const signed = made.file.signed.find(({ type }) => type === made.type);
  if (signed === undefined) throw new TrusteeError('bad-key-file', safe.name, `has no ${made.type}`);
  await saveKeyFile(safe, { ...made.file, election, seen: seenOf(state) });
  return await send(trustee, signed);
}

/** Whether the attempt under way has ended in a complaint. */
function isEnded({ ceremony, opening }: ElectionState): boolean {
  return ceremony.complaint !== null && opening === null;
}

async function waiting(
  { election, ceremony, voided }: ElectionState,
  what: Waiting['for'],
  awaited: readonly number[],
): Promise<Waiting> {
  const { attempt, confirmable } = ceremony;
  const words = confirmable === null ? null : ceremonyWords(confirmable);
  const judgement = await judgeComplaint(election, ceremony);
  const reason = voided.at(-1)?.void.body.reason ?? null;
  return { kind: 'waiting', for: what, attempt, voided: reason, awaited, words, judgement };
}

async function send({ box }: Trustee, { type, entry, files }: SignedStep): Promise<Progress> {
  const bytes = files.map((text) => fromBase64Url(text));
  await box.submit(fromBase64Url(entry), type === 'dealt' ? [] : bytes);
  if (type === 'dealt') for (const letter of bytes) await box.deliver(letter);
  return { kind: 'sent', step: type };
}

/** Delivers what this trustee has dealt, once that is in the log, and the ballot box does not have. */
async function deliverMail(box: BallotBox, { signed }: KeyFile): Promise<void> {
  const letters = signed.find(({ type }) => type === 'dealt')?.files ?? [];
  for (const letter of letters.map((text) => fromBase64Url(text))) {
    if ((await box.mail(nameBlob(letter).sha256)) === undefined) await box.deliver(letter);
  }
}

/** @throws TrusteeError `not-a-trustee`. */
function placeOf(file: KeyFile, { manifest }: ElectionState): number {
  const at = manifest.trustees?.keys.indexOf(publicKeyIn(file)) ?? -1;
  if (at < 0)
    throw new TrusteeError('not-a-trustee', 'trustees.keys', 'the key of this key file is not listed');
  return at + 1;
}

/** The leaf of trustee i's entry of a type, if the log has one. */
function leafInLog(
  { ceremony, agreements, shares }: ElectionState,
  type: SignedType,
  i: number,
): string | undefined {
  const { complaint, ...steps } = ceremony;
  const complaints = complaint === null ? [] : [complaint];
  const entries = { ...steps, complaint: complaints, agreement: agreements, shares }[type];
  return entries.find(({ body }) => body.i === i)?.leaf;
}

/**
 * The entry that was signed but is not in the log.
 * @throws TrusteeError `foreign-entry` if the log has one that this key file did not sign.
 */
function findUnsent({ signed }: KeyFile, state: ElectionState, i: number): SignedStep | undefined {
  let unsent: SignedStep | undefined;
  for (const type of SIGNED_TYPES) {
    const own = signed.find((entry) => entry.type === type);
    const logged = leafInLog(state, type, i);
    if (logged === undefined) unsent ??= own;
    else if (own === undefined || toBase64Url(entryLeaf(fromBase64Url(own.entry))) !== logged) {
      const why = 'the log has one of this trustee that this key file did not sign: the file is an old copy';
      throw new TrusteeError('foreign-entry', type, `${why}, or somebody else has its key`);
    }
  }
  return unsent;
}

type Due =
  | { readonly kind: 'step'; readonly step: TrusteeStep }
  | { readonly kind: 'waiting'; readonly for: TrusteeStep | 'opening' | 'closing' | 'tally' | 'result' };

function nextStep({ signed }: KeyFile, state: ElectionState, i: number): Due {
  const made = (type: TrusteeStep): boolean => signed.some((entry) => entry.type === type);
  for (const step of STEPS) {
    if (!made(step)) return { kind: 'step', step };
    if (!isComplete(state, step)) return { kind: 'waiting', for: step };
  }
  if (state.opening === null) return { kind: 'waiting', for: 'opening' };
  if (state.closing === null) return { kind: 'waiting', for: 'closing' };
  if (state.tallies.length === 0) return { kind: 'waiting', for: 'tally' };
  if (!made('agreement')) return { kind: 'step', step: 'agreement' };
  const agreed = agreedTally(state, i);
  if (agreementsTo(state, agreed.leaf).length < (state.manifest.trustees?.agreements ?? 0)) {
    return { kind: 'waiting', for: 'agreement' };
  }
  return made('shares') ? { kind: 'waiting', for: 'result' } : { kind: 'step', step: 'shares' };
}

/** The trustees that have not made a step of the ceremony, or not agreed. */
function awaitedFor(state: ElectionState, what: TrusteeStep | 'opening' | 'closing' | 'tally' | 'result') {
  if (what === 'agreement' || STEPS.some((step) => step === what)) {
    return trusteesWithout(state, what as Step | 'agreement');
  }
  return [];
}

async function makeStep(
  { kernel, recount }: Trustee,
  step: TrusteeStep,
  context: StepContext,
): Promise<Made> {
  const signed = (file: KeyFile): Made => ({ kind: 'signed', type: step, file });
  if (step === 'agreement') return signed(await agree(context, recount));
  if (step === 'shares') return signed(await decrypt(context, kernel, agreedTally(context.state, context.i)));
  return await makeCeremonyStep(step, context);
}

/** The tally that trustee i's agreement in the log names: the grammar lets it name no other entry. */
function agreedTally({ agreements, tallies }: ElectionState, i: number): Placed<'tally'> {
  const agreement = agreements.find(({ body }) => body.i === i);
  const tally = tallies.find(({ leaf }) => leaf === agreement?.body.tally);
  if (tally === undefined) throw new TrusteeError('bad-record', 'agreement', 'names no tally of the log');
  return tally;
}
