/** What holds for entries before voting: ceremony, roll and opening (docs/protocol.md §5.2 1 to 3, §7). */
import { fromBase64Url } from '../crypto/bytes.ts';
import { verifyReveal } from '../crypto/dkg.ts';
import { CryptoError } from '../crypto/errors.ts';
import { ATTEMPT, ceremonyOf, round1Of, STEPS, type Step, type StepEntry } from './ceremony.ts';
import { type ElectionState, isComplete, phaseOf } from './election-state.ts';
import type { EntryOf } from './entries.ts';
import { type Problem, problem } from './problem.ts';
import { examineCoverage } from './seen-rules.ts';

/** A step's turn: attempt 1, each trustee once, after all have made the step before. */
export function examineStep(state: ElectionState, entry: StepEntry): Problem[] {
  const { trustees } = state.manifest;
  const { type, body } = entry;
  if (trustees === null) return [problem('grammar', 'no-trustees', 'type', 'this election has no trustees')];
  if (body.attempt !== ATTEMPT) {
    return [
      problem('grammar', 'wrong-attempt', 'body.attempt', `${body.attempt}; this version has one attempt`),
    ];
  }
  if (body.i > trustees.count) {
    return [problem('grammar', 'unknown-trustee', 'body.i', `there are ${trustees.count} trustees`)];
  }
  if (phaseOf(state) !== 'setup') return [problem('grammar', 'too-late', 'type', 'the election is open')];
  if (state.ceremony[type].some(({ body: { i } }) => i === body.i)) {
    return [problem('grammar', 'duplicate', 'body.i', `trustee ${body.i} has made this step`)];
  }
  const before = STEPS[STEPS.indexOf(type) - 1];
  if (before !== undefined && !isComplete(state, before)) {
    return [problem('grammar', 'too-early', 'type', `not every trustee has made the step before, ${before}`)];
  }
  return [
    ...examineCoverage(entry, lastIndex(state, before), `every ${before}`),
    ...examineContent(state, entry),
  ];
}

/** The log index of the last entry of a step; 0, the manifest, without one. */
function lastIndex(state: ElectionState, step: Step | undefined): number {
  return step === undefined ? 0 : Math.max(0, ...state.ceremony[step].map(({ index }) => index));
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
    verifyReveal(ceremonyOf(election, manifest), body.i, round1Of(body), committed);
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

function examineConfirm({ confirmable }: ElectionState, { body }: EntryOf<'confirm'>): Problem[] {
  if (confirmable === null) {
    return [problem('ceremony', 'wrong-confirmation', 'body', 'the commitments revealed make no key')];
  }
  return (['key', 'shares', 'transcript'] as const)
    .filter((field) => !sameTexts(body[field], confirmable[field]))
    .map((field) => problem('ceremony', 'wrong-confirmation', `body.${field}`, 'not what the ceremony made'));
}

function sameTexts(a: string | readonly string[] | null, b: string | readonly string[] | null): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** Once, in the setup. Every `seen` covers the manifest, by its schema. */
export function examineRoll(state: ElectionState): Problem[] {
  if (state.roll !== null) return [problem('grammar', 'duplicate', 'type', 'there is a roll')];
  if (phaseOf(state) !== 'setup') return [problem('grammar', 'too-late', 'type', 'the election is open')];
  return [];
}

/** The opening: after the roll and every confirm, and bound to manifest, key and roll. */
export function examineOpening(state: ElectionState, entry: EntryOf<'opening'>): Problem[] {
  const { roll, manifest } = state;
  if (phaseOf(state) !== 'setup') return [problem('grammar', 'duplicate', 'type', 'there is an opening')];
  if (roll === null) return [problem('grammar', 'too-early', 'type', 'there is no roll')];
  if (!isComplete(state, 'confirm')) {
    return [problem('grammar', 'too-early', 'type', 'not every trustee has confirmed')];
  }
  const last = Math.max(roll.index, lastIndex(state, 'confirm'));
  const { body } = entry;
  const problems = [
    ...examineCoverage(entry, last, 'the roll and every confirm'),
    ...examineKeys(state, body),
  ];
  if (body.manifest !== state.election) {
    problems.push(problem('context', 'wrong-election', 'body.manifest', 'not the manifest of this election'));
  }
  if (body.roll.root !== roll.body.root || body.roll.size !== roll.body.size) {
    problems.push(problem('context', 'unlike-roll', 'body.roll', 'not the roll of this election'));
  }
  if (body.opens < manifest.times.opens) {
    problems.push(
      problem('context', 'opens-too-early', 'body.opens', `the manifest opens at ${manifest.times.opens}`),
    );
  }
  return [...problems, ...examineResults(state, body)];
}

/** Attempt, key, shares and transcript as confirmed; null, null, [] and null without trustees. */
function examineKeys({ manifest, confirmable }: ElectionState, body: EntryOf<'opening'>['body']): Problem[] {
  const none = { attempt: null, key: null, shares: [], transcript: null };
  const expected = manifest.trustees === null ? none : { attempt: ATTEMPT, ...(confirmable ?? none) };
  const problems = (['key', 'shares', 'transcript'] as const)
    .filter((field) => !sameTexts(body[field], expected[field]))
    .map((field) => problem('context', 'unlike-ceremony', `body.${field}`, 'not what the ceremony made'));
  if (body.attempt !== expected.attempt) {
    problems.push(problem('context', 'unlike-ceremony', 'body.attempt', `not ${expected.attempt}`));
  }
  return problems;
}

/** Earlier results are those of elections that the manifest links to, each at most once. */
function examineResults({ manifest }: ElectionState, { results }: EntryOf<'opening'>['body']): Problem[] {
  const linked = manifest.links.map((link) => link.manifest);
  return results.flatMap((result, at) => {
    const first = results.findIndex((other) => other.manifest === result.manifest) === at;
    if (first && linked.includes(result.manifest)) return [];
    return [problem('context', 'unknown-link', `body.results[${at}].manifest`, 'not a link, or twice')];
  });
}
