/** Who has voted is counted as ballots come, and anew when a log has been read again. */
import { expect, test } from 'vitest';
import { Turnout } from '../../src/api/turnout.ts';
import { BallotChains } from '../../src/record/ballot-chains.ts';
import { useRoll } from '../../src/record/election-state.ts';
import { RollIndex } from '../../src/record/roll-index.ts';
import { P } from '../record/elections.ts';

const VOTERS = P.length;
const colleges = ['members', 'delegates'];
const voters = new RollIndex({
  lines: P.map((key, i) => ({
    P: key,
    college: colleges[(i + 1) % 2] ?? '',
    weight: 1,
    bodies: i < 4 ? ['north'] : ['south', 'youth'],
    name: null,
    chosen: null,
    mandates: null,
    substitutes: [],
  })),
});

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

test('bodies are counted within each college, those in which nobody voted too', () => {
  const turnout = new Turnout();
  const state = { voters, chains: new BallotChains(VOTERS) };
  cast(state.chains, 1, 1, 3, 6);
  expect(turnout.byBody(state)).toEqual([
    { college: 'delegates', body: 'north', roll: 2, voted: 2 },
    { college: 'delegates', body: 'south', roll: 1, voted: 0 },
    { college: 'delegates', body: 'youth', roll: 1, voted: 0 },
    { college: 'members', body: 'north', roll: 2, voted: 0 },
    { college: 'members', body: 'south', roll: 1, voted: 1 },
    { college: 'members', body: 'youth', roll: 1, voted: 1 },
  ]);
  expect(turnout.byBody({ ...state, voters: null })).toEqual([]);
});
