/** What holds for roll and opening (docs/protocol.md §5.2 2, 3). */
import { lastIndex, sameTexts } from './ceremony-rules.ts';
import { type ElectionState, isComplete, phaseOf } from './election-state.ts';
import type { EntryOf } from './entries.ts';
import { examineResults } from './link-rules.ts';
import { type Problem, problem } from './problem.ts';
import { examineCoverage } from './seen-rules.ts';

/** Once, in the setup. Every `seen` covers the manifest, by its schema. */
export function examineRoll(state: ElectionState): Problem[] {
  if (state.roll !== null) return [problem('grammar', 'duplicate', 'type', 'there is a roll')];
  if (phaseOf(state) !== 'setup') return [problem('grammar', 'too-late', 'type', 'the election is open')];
  return [];
}

/** The opening: after the roll and every confirm, and bound to manifest, key and roll. */
export function examineOpening(state: ElectionState, entry: EntryOf<'opening'>): Problem[] {
  const { roll } = state;
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
  return [...problems, ...examineTimes(state, body), ...examineResults(state, body)];
}

/** Voting opens no earlier than the manifest says, and before it closes; notice is proved by a log before the opening. */
function examineTimes({ manifest, tree }: ElectionState, body: EntryOf<'opening'>['body']): Problem[] {
  const { opens, closes } = manifest.times;
  const problems: Problem[] = [];
  if (body.opens < opens)
    problems.push(problem('context', 'opens-too-early', 'body.opens', `the manifest opens at ${opens}`));
  if (closes !== null && body.opens >= closes)
    problems.push(problem('context', 'opens-too-late', 'body.opens', `the manifest closes at ${closes}`));
  if (body.notice !== null && body.notice.size > tree.size) {
    const why = `${body.notice.size}; ${tree.size} entries are before the opening`;
    problems.push(problem('context', 'notice-too-large', 'body.notice.size', why));
  }
  return problems;
}

/** Attempt, key, shares and transcript as confirmed; null, null, [] and null without trustees. */
function examineKeys({ manifest, ceremony }: ElectionState, body: EntryOf<'opening'>['body']): Problem[] {
  const none = { attempt: null, key: null, shares: [], transcript: null };
  const { attempt, confirmable } = ceremony;
  const expected = manifest.trustees === null ? none : { attempt, ...(confirmable ?? none) };
  const problems = (['key', 'shares', 'transcript'] as const)
    .filter((field) => !sameTexts(body[field], expected[field]))
    .map((field) => problem('context', 'unlike-ceremony', `body.${field}`, 'not what the ceremony made'));
  if (body.attempt !== expected.attempt) {
    problems.push(problem('context', 'unlike-ceremony', 'body.attempt', `not ${expected.attempt}`));
  }
  return problems;
}
