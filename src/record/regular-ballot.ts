/**
 * A ballot of this election and opening that is in order, at its place in the log: what grammar.ts says of nearly every
 * ballot, without its envelope. Whatever might be wrong is left to `examine`, which names it.
 */
import { type Bytes, equalBytes, toBase64Url } from '../crypto/bytes.ts';
import { checkKey, type ElectionState, phaseOf } from './election-state.ts';

export interface RegularBallot {
  /** From 0. */
  readonly index: number;
  readonly leaf: Bytes;
  readonly P: Bytes;
  readonly college: string;
  readonly weight: number;
  /** The leaf that prev names; undefined for `{kind: "none"}`. */
  readonly previous: Bytes | undefined;
  readonly fingerprint: Bytes;
}

/** Whether the chain of a voter goes on with a ballot that names this leaf, or none. */
function isNext(state: ElectionState, voter: number, previous: Bytes | undefined): boolean {
  const head = state.chains.head(voter);
  if (head === undefined || previous === undefined) return head === previous;
  return equalBytes(state.tree.node(0, head), previous);
}

/**
 * Takes the next entry of the log, if it is in order, as `apply` does.
 * @returns the voter number; undefined if anything may be wrong: then nothing has been done.
 */
export function takeRegular(state: ElectionState, ballot: RegularBallot): number | undefined {
  if (ballot.index !== state.tree.size || phaseOf(state) !== 'open') return undefined;
  const line = state.voters?.findKey(ballot.P);
  if (line === undefined || line.college !== ballot.college || line.weight !== ballot.weight)
    return undefined;
  if (state.replacements.of(line.voter) !== undefined) return undefined;
  if (!isNext(state, line.voter, ballot.previous)) return undefined;
  if (state.checks.size > 0 && state.checks.has(checkKey(line.voter, toBase64Url(ballot.fingerprint)))) {
    return undefined;
  }
  state.tree.append(ballot.leaf);
  state.chains.append(line.voter, ballot.index, ballot.fingerprint);
  return line.voter;
}
