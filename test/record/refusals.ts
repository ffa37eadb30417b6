/** Entries that the grammar refuses, each after some of an honest election, and what it says of them. */
import { expect, test } from 'vitest';
import { nextItem } from '../../src/record/election-state.ts';
import type { Entry, EntryOf } from '../../src/record/entries.ts';
import { encodeEntry } from '../../src/record/envelope.ts';
import { examine, examineSignatures } from '../../src/record/grammar.ts';
import { RefusedError } from '../../src/record/memory-ballot-box.ts';
import { F, type TestElection } from './elections.ts';
import { electionUntil, type UNTIL } from './honest-election.ts';

/** `check/code field` of every problem of an entry, were it the next one. */
export function problemsOf({ state }: TestElection, entry: Entry, fingerprint = F('new')): string[] {
  const item = { ...nextItem(state, encodeEntry(entry)), fingerprint };
  const problems = [...examineSignatures(state.manifest, entry), ...examine(state, item)];
  return problems.map(({ check, code, field }) => `${check}/${code} ${field}`);
}

export const rollBody = (election: TestElection) => (election.roll() as EntryOf<'roll'>).body;

export type Until = keyof typeof UNTIL;
type Case = readonly [
  what: string,
  until: Until,
  make: (election: TestElection) => Entry,
  problems: readonly string[],
];

/** Every case on its own copy of an honest election. */
export function refuses(cases: readonly Case[]): void {
  test.each(cases)('%s', async (_, until, make, problems) => {
    const election = await electionUntil(until);
    const entry = make(election);
    expect(problemsOf(election, entry)).toStrictEqual(problems);
    await expect(election.append(entry, F('new'))).rejects.toThrow(RefusedError);
  });
}
