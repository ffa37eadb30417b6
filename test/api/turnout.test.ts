/** Who has voted is counted as ballots come, and anew when a log has been read again. */
import { expect, test } from 'vitest';
import { Turnout } from '../../src/api/election-summary.ts';
import { BallotChains } from '../../src/record/ballot-chains.ts';
import { useRoll } from '../../src/record/election-state.ts';
import type { RollIndex } from '../../src/record/roll-index.ts';

const VOTERS = 6;
const colleges = ['members', 'delegates'];
const voters = {
  size: VOTERS,
  at: (voter: number) => ({ voter, college: colleges[voter % 2] ?? '', weight: 1 }),
} as RollIndex;

function cast(chains: BallotChains, ...by: number[]): void {
  for (const voter of by) chains.append(voter, chains.size, new Uint8Array(32));
}

test('a voter counts once, however often and whenever asked', () => {
  const turnout = new Turnout();
  const state = { voters, chains: new BallotChains(VOTERS) };
  const voted = (): unknown => Object.fromEntries(turnout.of(state));
  expect(voted()).toEqual({});
  cast(state.chains, 1, 2, 1);
  expect(voted()).toEqual({ members: 1, delegates: 1 });
  expect(voted()).toEqual({ members: 1, delegates: 1 });
  cast(state.chains, 2, 3, 3, 5);
  expect(voted()).toEqual({ members: 1, delegates: 3 });
  // As after a write that failed: the disk has fewer.
  useRoll(state as Parameters<typeof useRoll>[0], voters);
  expect(voted()).toEqual({});
  cast(state.chains, 4);
  expect(voted()).toEqual({ members: 1 });
});
