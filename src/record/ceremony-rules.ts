/** What holds for the entries of the key ceremony (docs/protocol.md §5.2 2, §7). */
import { fromBase64Url } from '../crypto/bytes.ts';
import { verifyReveal } from '../crypto/dkg.ts';
import { CryptoError } from '../crypto/errors.ts';
import { ceremonyOf, round1Of, STEPS, type Step, type StepEntry } from './ceremony.ts';
import { type ElectionState, isComplete } from './election-state.ts';
import type { EntryOf } from './entries.ts';
import { type Problem, problem } from './problem.ts';
import { nameBlob } from './record-source.ts';
import { examineCoverage } from './seen-rules.ts';

type CeremonyEntry = StepEntry | EntryOf<'complaint'>;

/** Any entry of the ceremony: before the opening, and of the attempt under way. */
function examineAttempt(
  { manifest, ceremony, opening }: ElectionState,
  { body }: CeremonyEntry | EntryOf<'void'>,
): Problem[] {
  if (manifest.trustees === null)
    return [problem('grammar', 'no-trustees', 'type', 'this election has no trustees')];
  if (body.attempt !== ceremony.attempt) {
    const why = `${body.attempt}; the ceremony is at attempt ${ceremony.attempt}`;
    return [problem('grammar', 'wrong-attempt', 'body.attempt', why)];
  }
  if (opening !== null) return [problem('grammar', 'too-late', 'type', 'the election is open')];
  return [];
}

/** An entry of a trustee: nothing comes after a complaint. */
function examineTurn(state: ElectionState, entry: CeremonyEntry): Problem[] {
  const problems = examineAttempt(state, entry);
  if (problems.length > 0) return problems;
  const { manifest, ceremony } = state;
  const count = manifest.trustees?.count ?? 0;
  if (entry.body.i > count) {
    return [problem('grammar', 'unknown-trustee', 'body.i', `there are ${count} trustees`)];
  }
  if (ceremony.complaint === null) return [];
  const why = `trustee ${ceremony.complaint.body.i} has complained: attempt ${ceremony.attempt} has to be voided`;
  return [problem('grammar', 'too-late', 'type', why)];
}

/** A step's turn: each trustee once, after all have made the step before. */
export function examineStep(state: ElectionState, entry: StepEntry): Problem[] {
  const problems = examineTurn(state, entry);
  if (problems.length > 0) return problems;
  const { type, body } = entry;
  if (state.ceremony[type].some(({ body: { i } }) => i === body.i)) {
    return [problem('grammar', 'duplicate', 'body.i', `trustee ${body.i} has made this step`)];
  }
  const before = STEPS[STEPS.indexOf(type) - 1];
  if (before !== undefined && !isComplete(state, before)) {
    return [problem('grammar', 'too-early', 'type', `not every trustee has made the step before, ${before}`)];
  }
  const what = before === undefined ? 'the void of the attempt before' : `every ${before}`;
  return [...examineCoverage(entry, lastIndex(state, before), what), ...examineContent(state, entry)];
}

/** The log index of the last entry of a step; without one, of the attempt's beginning: the void before it, or the manifest. */
export function lastIndex({ ceremony, voided }: ElectionState, step: Step | undefined): number {
  const start = voided.at(-1)?.void.index ?? 0;
  return step === undefined ? start : Math.max(start, ...ceremony[step].map(({ index }) => index));
}

function examineContent(state: ElectionState, entry: StepEntry): Problem[] {
  if (entry.type === 'reveal') return examineReveal(state, entry);
  if (entry.type === 'dealt') return examineDealt(state, entry);
  if (entry.type === 'confirm') return examineConfirm(state, entry);
  return [];
}

function examineReveal(
  { election, manifest, ceremony }: ElectionState,
  { body }: EntryOf<'reveal'>,
): Problem[] {
  const commit = ceremony.commit.find(({ body: { i } }) => i === body.i);
  try {
    const committed = fromBase64Url(commit?.body.hash ?? '');
    verifyReveal(ceremonyOf(election, manifest, ceremony.attempt), body.i, round1Of(body), committed);
    return [];
  } catch (error) {
    if (error instanceof CryptoError) return [problem('ceremony', 'wrong-reveal', 'body', error.message)];
    throw error;
  }
}

function examineDealt({ manifest }: ElectionState, { body }: EntryOf<'dealt'>): Problem[] {
  const others = Array.from({ length: manifest.trustees?.count ?? 0 }, (_, at) => at + 1).filter(
    (j) => j !== body.i,
  );
  if (body.shares.length === others.length && body.shares.every(({ to }, at) => to === others[at])) return [];
  return [problem('ceremony', 'wrong-recipients', 'body.shares', 'not one for each other trustee, in order')];
}

function examineConfirm(
  { ceremony: { confirmable } }: ElectionState,
  { body }: EntryOf<'confirm'>,
): Problem[] {
  if (confirmable === null) {
    return [problem('ceremony', 'wrong-confirmation', 'body', 'the commitments revealed make no key')];
  }
  return (['key', 'shares', 'transcript'] as const)
    .filter((field) => !sameTexts(body[field], confirmable[field]))
    .map((field) => problem('ceremony', 'wrong-confirmation', `body.${field}`, 'not what the ceremony made'));
}

export function sameTexts(
  a: string | readonly string[] | null,
  b: string | readonly string[] | null,
): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/**
 * A complaint is about what was dealt to trustee i, which has not confirmed it. Who is to blame is no question of
 * form: `judgeComplaint` answers it.
 */
export function examineComplaint(state: ElectionState, entry: EntryOf<'complaint'>): Problem[] {
  const problems = examineTurn(state, entry);
  if (problems.length > 0) return problems;
  const { i, against, ciphertext } = entry.body;
  const { dealt, confirm } = state.ceremony;
  const accused = dealt.find(({ body }) => body.i === against);
  const share = accused?.body.shares.find(({ to }) => to === i);
  if (accused === undefined || share === undefined) {
    const why = `trustee ${against} has dealt nothing to trustee ${i}`;
    return [problem('grammar', 'too-early', 'body.against', why)];
  }
  if (confirm.some(({ body }) => body.i === i)) {
    return [problem('grammar', 'too-late', 'body.i', `trustee ${i} has confirmed what it was dealt`)];
  }
  const named = nameBlob(fromBase64Url(ciphertext));
  const same = named.sha256 === share.sha256 && named.bytes === share.bytes;
  return [
    ...examineCoverage(entry, accused.index, `what trustee ${against} dealt`),
    ...(same
      ? []
      : [problem('ceremony', 'wrong-ciphertext', 'body.ciphertext', 'not the file that was dealt')]),
  ];
}

/** At any time before the opening; whoever voids has seen the complaint, if there is one. */
export function examineVoid(state: ElectionState, entry: EntryOf<'void'>): Problem[] {
  const problems = examineAttempt(state, entry);
  if (problems.length > 0) return problems;
  return examineCoverage(
    entry,
    state.ceremony.complaint?.index ?? lastIndex(state, undefined),
    'the attempt',
  );
}
