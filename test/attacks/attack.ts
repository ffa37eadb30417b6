/** An attack on a record, and what attacks on the standard election have in common. */
import { concat, fromBase64Url, toBase64Url } from '../../src/crypto/bytes.ts';
import { CIPHERTEXT_BYTES } from '../../src/crypto/elgamal.ts';
import type { EntryOf } from '../../src/record/entries.ts';
import type { CheckName } from '../../src/record/problem.ts';
import type { RecordSource } from '../../src/record/record-source.ts';
import type { BuiltElection, BuiltVoter } from '../elections/built-election.ts';
import { electionOf, STANDARD } from '../elections/plans.ts';
import { type Draft, forge, placeOf } from './forge.ts';

export interface Attack {
  readonly name: string;
  /** The named check that finds it. */
  readonly fails: CheckName;
  /** Where: the finding's place starts with this. */
  readonly at: string;
  /** The tampered record. */
  readonly make: () => Promise<RecordSource>;
  /** The observer brings the genuine election's name. */
  readonly anchored?: boolean;
}

export const standard = () => electionOf(STANDARD);

/** Exchanges the ciphertexts of the first two options: a vote for becomes a vote against. */
export function flip(ballot: EntryOf<'ballot'>): void {
  const [contest] = ballot.body.contests;
  if (contest?.mode !== 'secret') throw new Error('not secret');
  const bytes = fromBase64Url(contest.ciphertexts);
  const part = (i: number) => bytes.subarray(i * CIPHERTEXT_BYTES, (i + 1) * CIPHERTEXT_BYTES);
  contest.ciphertexts = toBase64Url(concat(part(1), part(0), bytes.subarray(2 * CIPHERTEXT_BYTES)));
}

export function move(list: Draft[], from: number, to: number): void {
  list.splice(to, 0, ...list.splice(from, 1));
}

/** Log index of the n-th ballot of a voter of the plan. */
export function ballotPlace(drafts: readonly Draft[], voter: BuiltVoter, n = 0): number {
  return drafts.findIndex(({ leaf }) => leaf !== null && leaf === voter.ballots[n]?.leaf);
}

export const find = (built: BuiltElection, is: (voter: BuiltVoter) => boolean): BuiltVoter => {
  const voter = built.voters.find(is);
  if (voter === undefined) throw new Error('no such voter');
  return voter;
};
export const isAbsent = ({ votes, college }: BuiltVoter) => votes.length === 0 && college === 'members';
export const votedTwice = ({ votes, college }: BuiltVoter) => votes.length === 2 && college === 'members';
export const checkedFirst = ({ checks }: BuiltVoter) => checks !== undefined;

/** The record with one more entry, just before the closing; the box's key is at hand. */
export async function withVote(
  make: (built: BuiltElection) => EntryOf<'ballot' | 'check'>,
): Promise<RecordSource> {
  const built = await standard();
  return await forge(built, ['box'], (drafts) => {
    drafts.splice(placeOf(drafts, 'closing'), 0, { entry: make(built), leaf: null });
  });
}

/** The first entry of the standard election after its last ballot: where an added ballot is. */
export const ADDED = 'entry 38';
