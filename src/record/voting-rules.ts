/** What holds for ballots, checks and the closing (docs/protocol.md §5.2 4 and 5, §6.5, §6.6), but for their proofs. */
import { equalBytes, fromBase64Url, toBase64Url } from '../crypto/bytes.ts';
import { checkKey, type ElectionState, indexOfSame, phaseOf } from './election-state.ts';
import type { EntryOf } from './entries.ts';
import type { Item } from './item.ts';
import { type Problem, problem } from './problem.ts';
import { linkOf, voterOf } from './replacements.ts';
import { examineCoverage } from './seen-rules.ts';

/** Bound to this opening: body.ctx is its leaf. */
function examineContext({ opening }: ElectionState, ctx: string): Problem[] {
  if (ctx === opening?.leaf) return [];
  return [problem('context', 'wrong-context', 'body.ctx', 'not the leaf of the opening')];
}

function examineTurn(state: ElectionState): Problem[] {
  const phase = phaseOf(state);
  if (phase === 'setup') return [problem('grammar', 'too-early', 'type', 'the election is not open')];
  if (phase !== 'open') return [problem('grammar', 'too-late', 'type', 'the election is closed')];
  return [];
}

/** Nobody's credential, or one that another has replaced. */
function unknownVoter({ replacements }: ElectionState, P: string): Problem {
  const ended = replacements.ended(P);
  return ended === undefined
    ? problem('weights', 'unknown-voter', 'body.P', 'not on the roll')
    : problem('weights', 'replaced-key', 'body.P', `replaced in entry ${ended.index}`);
}

export function examineBallot(state: ElectionState, item: Item, { body }: EntryOf<'ballot'>): Problem[] {
  const turn = examineTurn(state);
  if (turn.length > 0) return turn;
  const voter = voterOf(state, body.P);
  if (voter === undefined) return [unknownVoter(state, body.P)];
  const problems = examineContext(state, body.ctx);
  if (body.college !== voter.college) {
    problems.push(problem('weights', 'wrong-college', 'body.college', `the roll says ${voter.college}`));
  }
  if (body.weight !== voter.weight) {
    problems.push(problem('weights', 'wrong-weight', 'body.weight', `the roll says ${voter.weight}`));
  }
  // The latest valid ballot or replacement, or none where there is none.
  const link = linkOf(state, voter.voter);
  const { kind, leaf } = { leaf: undefined, ...body.prev };
  if (kind !== (link?.kind ?? 'none') || leaf !== link?.leaf) {
    const latest =
      link === undefined ? 'this voter has no ballot' : `the latest is ${link.kind} ${link.leaf}`;
    problems.push(problem('chains', 'wrong-previous', 'body.prev', latest));
  }
  if (
    item.fingerprint !== undefined &&
    state.checks.has(checkKey(voter.voter, toBase64Url(item.fingerprint)))
  ) {
    problems.push(problem('checked', 'was-checked', 'body', 'this ballot was checked, and may not be cast'));
  }
  return problems;
}

export function examineCheck(state: ElectionState, item: Item, { body }: EntryOf<'check'>): Problem[] {
  const turn = examineTurn(state);
  if (turn.length > 0) return turn;
  const voter = voterOf(state, body.P)?.voter;
  if (voter === undefined) return [unknownVoter(state, body.P)];
  const problems = examineContext(state, body.ctx);
  const same = indexOfSame(state, item);
  if (same !== undefined)
    problems.push(problem('grammar', 'duplicate', '', `the same bytes as entry ${same}`));
  const F = fromBase64Url(body.F);
  for (const { index, fingerprint } of state.chains.of(voter)) {
    if (!equalBytes(fingerprint, F)) continue;
    problems.push(problem('checked', 'was-cast', 'body.F', `this ballot was cast, as entry ${index}`));
  }
  return problems;
}

/** The closing covers exactly what is before it. */
export function examineClosing(state: ElectionState, item: Item, entry: EntryOf<'closing'>): Problem[] {
  const phase = phaseOf(state);
  if (phase === 'setup') return [problem('grammar', 'too-early', 'type', 'the election is not open')];
  if (phase !== 'open') return [problem('grammar', 'duplicate', 'type', 'there is a closing')];
  const { body } = entry;
  const problems = [
    ...examineCoverage(entry, item.index - 1, 'everything before it'),
    ...examineContext(state, body.ctx),
  ];
  if (body.size !== item.index) {
    problems.push(
      problem('size', 'wrong-size', 'body.size', `${body.size}; ${item.index} entries are before it`),
    );
  }
  if (body.root !== toBase64Url(state.tree.root())) {
    problems.push(problem('size', 'wrong-root', 'body.root', 'not the root of what is before it'));
  }
  return problems;
}
