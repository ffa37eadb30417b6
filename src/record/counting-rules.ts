/** What holds for tally, agreement, shares and result (docs/protocol.md §5.2 6 to 9), but for what they count. */
import { type Bytes, toBase64Url } from '../crypto/bytes.ts';
import { type ElectionState, phaseOf } from './election-state.ts';
import type { EntryOf } from './entries.ts';
import type { Placed } from './item.ts';
import { type Problem, problem } from './problem.ts';
import { examineCoverage } from './seen-rules.ts';

/** Problems of an entry's turn: after the closing, before the result. */
function examineTurn(state: ElectionState): Problem[] {
  const phase = phaseOf(state);
  if (phase === 'declared') return [problem('grammar', 'too-late', 'type', 'the result is declared')];
  if (phase !== 'closed') return [problem('grammar', 'too-early', 'type', 'the election is not closed')];
  return [];
}

function examineTrusteeTurn(state: ElectionState): Problem[] {
  if (state.manifest.trustees !== null) return examineTurn(state);
  return [problem('grammar', 'no-trustees', 'type', 'this election has no trustees')];
}

function examineClosingName({ closing }: ElectionState, name: string): Problem[] {
  if (name === closing?.leaf) return [];
  return [problem('context', 'unknown-closing', 'body.closing', 'not the leaf of the closing')];
}

const unknownTally = (): Problem =>
  problem('context', 'unknown-tally', 'body.tally', 'not the leaf of a tally before');

function tallyNamed({ tallies }: ElectionState, leaf: string): Placed<'tally'> | undefined {
  return tallies.find((tally) => tally.leaf === leaf);
}

/** The agreements to a tally, in log order. */
export function agreementsTo({ agreements }: ElectionState, tally: string): Placed<'agreement'>[] {
  return agreements.filter(({ body }) => body.tally === tally);
}

/** The shares of a tally, in log order, of different trustees. */
export function sharesOf({ shares }: ElectionState, tally: string): Placed<'shares'>[] {
  return shares.filter(({ body }) => body.tally === tally);
}

/** Another tally may follow one, but not the same: agreements name it by its leaf. */
export function examineTally(state: ElectionState, leaf: Bytes, entry: EntryOf<'tally'>): Problem[] {
  const turn = examineTurn(state);
  if (turn.length > 0) return turn;
  const same = tallyNamed(state, toBase64Url(leaf));
  if (same !== undefined)
    return [problem('grammar', 'duplicate', '', `the same bytes as entry ${same.index}`)];
  return [
    ...examineCoverage(entry, state.closing?.index ?? 0, 'the closing'),
    ...examineClosingName(state, entry.body.closing),
  ];
}

/** One agreement per trustee in all: 2t > n then leaves one tally that can be decrypted. */
export function examineAgreement(state: ElectionState, entry: EntryOf<'agreement'>): Problem[] {
  const turn = examineTrusteeTurn(state);
  if (turn.length > 0) return turn;
  const { i, closing, tally } = entry.body;
  const problems = examineClosingName(state, closing);
  const named = tallyNamed(state, tally);
  if (named === undefined) problems.push(unknownTally());
  else problems.push(...examineCoverage(entry, named.index, 'the tally'));
  const before = state.agreements.find(({ body }) => body.i === i);
  if (before !== undefined) {
    problems.push(
      problem('agreement', 'agreed-before', 'body.i', `trustee ${i} agreed in entry ${before.index}`),
    );
  }
  return problems;
}

/** By a trustee who agreed to that tally, once, after the a-th agreement to it. */
export function examineShares(state: ElectionState, entry: EntryOf<'shares'>): Problem[] {
  const turn = examineTrusteeTurn(state);
  if (turn.length > 0) return turn;
  const { i, tally } = entry.body;
  if (tallyNamed(state, tally) === undefined) return [unknownTally()];
  const problems: Problem[] = [];
  const agreed = agreementsTo(state, tally);
  const needed = state.manifest.trustees?.agreements ?? 0;
  const last = agreed[needed - 1];
  if (last === undefined) {
    const why = `${agreed.length} agreements to this tally instead of ${needed}`;
    problems.push(problem('agreement', 'too-few-agreements', 'body.tally', why));
  } else {
    problems.push(...examineCoverage(entry, last.index, `agreement ${needed}`));
  }
  if (!agreed.some(({ body }) => body.i === i)) {
    problems.push(
      problem('agreement', 'never-agreed', 'body.i', `trustee ${i} has not agreed to this tally`),
    );
  }
  if (sharesOf(state, tally).some(({ body }) => body.i === i)) {
    problems.push(problem('grammar', 'duplicate', 'body.i', `trustee ${i} has given shares of this tally`));
  }
  return problems;
}

/** After t shares of its tally, or after the tally where there are no trustees. */
export function examineResult(state: ElectionState, entry: EntryOf<'result'>): Problem[] {
  const turn = examineTurn(state);
  if (turn.length > 0) return turn;
  const tally = tallyNamed(state, entry.body.tally);
  if (tally === undefined) return [unknownTally()];
  const { trustees } = state.manifest;
  if (trustees === null) return examineCoverage(entry, tally.index, 'the tally');
  const given = sharesOf(state, tally.leaf);
  const last = given[trustees.threshold - 1];
  if (last !== undefined)
    return examineCoverage(entry, last.index, `shares of ${trustees.threshold} trustees`);
  const why = `${given.length} trustees' shares of this tally instead of ${trustees.threshold}`;
  return [problem('shares', 'too-few-shares', 'body.tally', why)];
}
