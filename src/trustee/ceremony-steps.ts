/**
 * A trustee's five entries of the key ceremony (docs/protocol.md §7). Each step takes the key file and the
 * record as it stands and gives the key file with the new entry in it; nothing is sent here.
 */
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { type Bytes, equalBytes, fromBase64Url, toBase64Url } from '../crypto/bytes.ts';
import {
  commitHash,
  type Dealing,
  dealShares,
  encodeDealing,
  finishDealing,
  type PublicKeys,
  parseDealing,
  type Round1,
  startDealing,
  verifyDealtShare,
  verifyShareKey,
} from '../crypto/dkg.ts';
import { CryptoError } from '../crypto/errors.ts';
import { encodeScalar, parseScalar } from '../crypto/scalar.ts';
import { ceremonyOf, round1Of, type Step } from '../record/ceremony.ts';
import { judgeComplaint } from '../record/complaint.ts';
import type { ElectionState } from '../record/election-state.ts';
import type { EntryOf } from '../record/entries.ts';
import { RecordError } from '../record/errors.ts';
import { nameBlob } from '../record/record-source.ts';
import { decryptShare, encryptShare } from '../record/share-file.ts';
import { TrusteeError } from './errors.ts';
import type { BallotBox, CompareWords } from './interfaces.ts';
import {
  type KeyFile,
  loadKeyFile,
  type Safe,
  type SignedType,
  saveKeyFile,
  withSigned,
} from './key-file.ts';
import { signAs } from './sign-as.ts';
import { ceremonyWords } from './words.ts';

/** What a step works on. */
export interface StepContext {
  readonly safe: Safe;
  readonly box: BallotBox;
  readonly file: KeyFile;
  readonly state: ElectionState;
  /** The trustee's place in the manifest, from 1. */
  readonly i: number;
  readonly compare: CompareWords;
}

/** The key file with a new entry, to be saved before the entry is sent; or what has to come first. */
export type Made =
  | { readonly kind: 'signed'; readonly file: KeyFile; readonly type: SignedType }
  /** `mail` of these trustees, or that people compare the words. */
  | { readonly kind: 'waiting'; readonly for: 'mail' | 'words'; readonly awaited: readonly number[] };

export async function makeCeremonyStep(step: Step, context: StepContext): Promise<Made> {
  if (step === 'confirm') return await confirm(context);
  const make = { join, commit, reveal, dealt: deal }[step];
  return { kind: 'signed', type: step, file: await make(context) };
}

async function join({ file, state, i }: StepContext): Promise<KeyFile> {
  const identity = await generateX25519Identity();
  const recipient = await identityToRecipient(identity);
  const entry = signAs(file, state, i, 'join', { attempt: file.attempt, i, recipient });
  return withSigned({ ...file, identity }, 'join', entry);
}

function commit({ file, state, i }: StepContext): KeyFile {
  const ceremony = ceremonyOf(state.election, state.manifest, state.ceremony.attempt);
  const dealing = startDealing(ceremony, i);
  const hash = toBase64Url(commitHash(ceremony, i, dealing.round1));
  const entry = signAs(file, state, i, 'commit', { attempt: file.attempt, i, hash });
  return withSigned({ ...file, dealing: toBase64Url(encodeDealing(dealing)) }, 'commit', entry);
}

function reveal({ safe, file, state, i }: StepContext): KeyFile {
  const { commitments, proof } = dealingOf(safe, file, state).round1;
  const body = {
    attempt: file.attempt,
    i,
    commitments: commitments.map(toBase64Url),
    proof: toBase64Url(proof),
  };
  return withSigned(file, 'reveal', signAs(file, state, i, 'reveal', body));
}

/** @throws TrusteeError `bad-key-file` if the key file has no dealing, or a damaged one. */
function dealingOf(
  safe: Safe,
  { dealing, attempt }: KeyFile,
  { election, manifest }: ElectionState,
): Dealing {
  if (dealing === null) throw new TrusteeError('bad-key-file', safe.name, 'has no secret polynomial');
  try {
    return parseDealing(ceremonyOf(election, manifest, attempt), fromBase64Url(dealing));
  } catch (error) {
    if (error instanceof CryptoError) throw new TrusteeError('bad-key-file', safe.name, error.message);
    throw error;
  }
}

/** What all trustees have revealed, in their order. */
function revealsOf({ ceremony }: ElectionState) {
  return ceremony.reveal.toSorted((a, b) => a.body.i - b.body.i).map(({ body }) => round1Of(body));
}

/** A damaged key file must not deal shares for which this trustee would be blamed. */
function checkDealing(safe: Safe, { round1 }: Dealing, revealed: Round1 | undefined): void {
  const same = round1.commitments.every((C, k) =>
    equalBytes(C, revealed?.commitments[k] ?? new Uint8Array()),
  );
  if (!same)
    throw new TrusteeError('bad-key-file', safe.name, 'has another secret polynomial than was revealed');
}

async function deal({ safe, file, state, i }: StepContext): Promise<KeyFile> {
  const dealing = dealingOf(safe, file, state);
  const reveals = revealsOf(state);
  checkDealing(safe, dealing, reveals[i - 1]);
  const dealt = dealShares(dealing, reveals);
  const files: Bytes[] = [];
  const shares: { to: number; sha256: string; bytes: number }[] = [];
  for (const [at, share] of dealt.entries()) {
    const to = at + 1;
    if (to === i) continue;
    const recipient = state.ceremony.join.find(({ body }) => body.i === to)?.body.recipient ?? '';
    const address = { election: state.election, attempt: file.attempt, from: i, to };
    const sealed = await encryptShare(address, share, recipient);
    files.push(sealed);
    shares.push({ to, ...nameBlob(sealed) });
  }
  return withSigned(
    file,
    'dealt',
    signAs(file, state, i, 'dealt', { attempt: file.attempt, i, shares }),
    files,
  );
}

/** The age file that another trustee dealt to this one; undefined if it has not been delivered. */
async function receive(
  { box, i }: StepContext,
  { i: from, shares }: EntryOf<'dealt'>['body'],
): Promise<Bytes | undefined> {
  const name = shares.find(({ to }) => to === i);
  const sealed = await box.mail(name?.sha256 ?? '');
  if (sealed === undefined) return undefined;
  const { sha256, bytes } = nameBlob(sealed);
  if (sha256 === name?.sha256 && bytes === name.bytes) return sealed;
  throw new TrusteeError('wrong-mail', `trustees[${from}]`, 'not the age file that this trustee named');
}

interface Received {
  /** f_1(i) … f_n(i), by sender; empty where there is none to be used. */
  readonly shares: Bytes[];
  /** Whose file has not come. */
  readonly missing: number[];
  /** The first whose file holds no good share. */
  readonly bad: { readonly from: number; readonly sealed: Bytes } | null;
}

/** Opens and checks what each trustee has dealt, sender by sender. */
async function receiveShares(context: StepContext): Promise<Received> {
  const { safe, file, state, i } = context;
  const { identity, attempt } = file;
  if (identity === null) throw new TrusteeError('bad-key-file', safe.name, 'has no age identity');
  const missing: number[] = [];
  const shares: Bytes[] = [];
  let bad: Received['bad'] = null;
  const reveals = revealsOf(state);
  for (const { body } of state.ceremony.dealt.toSorted((a, b) => a.body.i - b.body.i)) {
    const from = body.i;
    const sealed = from === i ? undefined : await receive(context, body);
    if (sealed === undefined) {
      if (from !== i) missing.push(from);
      shares.push(new Uint8Array());
      continue;
    }
    try {
      const share = await decryptShare({ election: state.election, attempt, from, to: i }, sealed, identity);
      verifyDealtShare(reveals[from - 1] ?? { commitments: [], proof: share }, i, share);
      shares.push(share);
    } catch (error) {
      if (!(error instanceof RecordError || error instanceof CryptoError)) throw error;
      bad ??= { from, sealed };
    }
  }
  return { shares, missing, bad };
}

/** The key file with a complaint that everybody can judge. */
async function complain(
  { safe, file, state, i }: StepContext,
  { from, sealed }: NonNullable<Received['bad']>,
): Promise<Made> {
  const { attempt, identity } = file;
  const body = { attempt, i, against: from, identity: identity ?? '', ciphertext: toBase64Url(sealed) };
  const complaint = { index: state.tree.size, leaf: '', body };
  const judged = await judgeComplaint(state.election, { ...state.ceremony, complaint });
  if (judged?.blamed !== from) {
    throw new TrusteeError('bad-key-file', safe.name, judged?.why ?? 'does not open what it was dealt');
  }
  const entry = signAs(file, state, i, 'complaint', body);
  return { kind: 'signed', type: 'complaint', file: withSigned(file, 'complaint', entry) };
}

/**
 * A share counts as kept once it has been written, read back and checked against S_i; only then, and once people
 * have compared the words, is it confirmed.
 */
async function confirm(context: StepContext): Promise<Made> {
  const { safe, file, state, i } = context;
  const { shares, missing, bad } = await receiveShares(context);
  if (bad !== null) return await complain(context, bad);
  if (missing.length > 0) return { kind: 'waiting', for: 'mail', awaited: missing };
  const dealing = dealingOf(safe, file, state);
  const reveals = revealsOf(state);
  checkDealing(safe, dealing, reveals[i - 1]);
  const finished = finishDealing(dealing, reveals, shares);
  const { confirmable } = state.ceremony;
  if (confirmable === null) throw new TrusteeError('bad-record', 'reveal', 'the commitments make no key');
  await saveKeyFile(safe, { ...file, share: toBase64Url(encodeScalar(finished.share)) });
  const kept = await loadKeyFile(safe);
  checkShare(safe, kept, finished, i);
  if (!(await context.compare(ceremonyWords(confirmable)))) {
    return { kind: 'waiting', for: 'words', awaited: [] };
  }
  const body = { attempt: kept.attempt, i, ...confirmable, shares: [...confirmable.shares] };
  const entry = signAs(kept, state, i, 'confirm', body);
  const signed = withSigned({ ...kept, identity: null, dealing: null }, 'confirm', entry);
  return { kind: 'signed', type: 'confirm', file: signed };
}

/** s_i of the key file. @throws TrusteeError `bad-key-file` unless s_i·G = S_i. */
export function checkShare(safe: Safe, { share }: KeyFile, keys: PublicKeys, i: number) {
  if (share === null) throw new TrusteeError('bad-key-file', safe.name, 'has no share of the election key');
  try {
    const scalar = parseScalar(fromBase64Url(share));
    verifyShareKey(keys, i, scalar);
    return scalar;
  } catch (error) {
    if (error instanceof CryptoError) throw new TrusteeError('bad-key-file', safe.name, error.message);
    throw error;
  }
}
