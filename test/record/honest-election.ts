/** An honest election from its manifest to its result, and every stage of it. */
import type { Entry } from '../../src/record/entries.ts';
import { F, TestElection, TRUSTEES } from './elections.ts';

export type Maker = (election: TestElection) => Entry;

const each = (make: (election: TestElection, i: number) => Entry, count = TRUSTEES): Maker[] =>
  Array.from({ length: count }, (_, at) => (election) => make(election, at + 1));

/** An honest election, up to its result: how each entry is made when its turn has come. */
export const HONEST: readonly Maker[] = [
  ...each((e, i) => e.step('join', i)),
  ...each((e, i) => e.step('commit', i)),
  (e) => e.roll(),
  ...each((e, i) => e.step('reveal', i)),
  ...each((e, i) => e.step('dealt', i)),
  ...each((e, i) => e.step('confirm', i)),
  (e) => e.opening(),
  (e) => e.ballot(1),
  (e) => e.ballot(2),
  (e) => e.check(3, F('checked')),
  (e) => e.ballot(1),
  (e) => e.ballot(6),
  (e) => e.closing(),
  (e) => e.tally(),
  ...each((e, i) => e.agreement(i)),
  ...each((e, i) => e.shares(i), 2),
  (e) => e.result(),
];

/** Where things stand in `HONEST`: the number of its entries made before. */
export const UNTIL = {
  joins: 3,
  commits: 6,
  roll: 7,
  reveals: 10,
  dealts: 13,
  confirms: 16,
  opening: 17,
  closing: 23,
  tally: 24,
  agreements: 27,
  shares: 29,
  result: 30,
} as const;

let honest: Promise<TestElection> | undefined;

async function makeHonest(): Promise<TestElection> {
  const election = new TestElection();
  for (const make of HONEST) await election.append(make(election));
  return election;
}

/** An election after the first entries of `HONEST`. */
export async function electionUntil(until: keyof typeof UNTIL): Promise<TestElection> {
  honest ??= makeHonest();
  return (await honest).copy(UNTIL[until] + 1);
}
