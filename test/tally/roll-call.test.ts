/** Who voted how in recorded colleges, and whether delegates kept what their bodies told them (docs/protocol.md §4.2). */
import { describe, expect, test } from 'vitest';
import { type Choice, valuesOf } from '../../src/ballot/choices.ts';
import type { Contest } from '../../src/ballot/manifest.ts';
import { rollDocument } from '../../src/roll/roll-document.ts';
import { openLines, type RollCall, rollCalls } from '../../src/tally/roll-call.ts';
import { college, exactlyOne } from '../elections/plans.ts';

const MOTION = exactlyOne('motion', ['delegates'], ['for', 'against']);
type Line = (typeof rollDocument)['_output']['lines'][number];

const line = (
  name: string,
  body: string,
  weight: number,
  option: string | null,
  own = 'delegates',
): Line => ({
  P: 'unused',
  college: own,
  weight,
  bodies: [body],
  name,
  chosen: null,
  mandates: option === null ? null : [{ contest: 'motion', option }],
  substitutes: [],
});

const LINES = [
  line('Ann', 'ash', 3, 'for'),
  line('Ben', 'ash', 2, 'for'),
  line('Cat', 'elm', 5, null),
  line('Dee', 'elm', 1, 'against'),
  line('nobody', 'elm', 1, null, 'members'),
];
const CHOICES: readonly (Choice | undefined)[] = [['for'], ['against'], ['for'], undefined, ['for']];

function called(contest: Contest, choices = CHOICES, kind: 'real' | 'petition' = 'real'): RollCall {
  const colleges = [college('members'), college('delegates', { mode: 'recorded', weights: [1, 2, 3, 5] })];
  const calls = rollCalls({ kind, colleges, contests: [contest] }, openLines({ colleges }, LINES), {
    valuesOf: (voter) => {
      const choice = choices[voter - 1];
      return choice && valuesOf(contest, LINES[voter - 1]?.weight ?? 1, choice);
    },
    substituteOf: (voter) => (voter === 2 ? 'Eve' : null),
  });
  expect(calls.map((call) => call.college)).toEqual(['delegates']);
  const [call] = calls;
  if (call === undefined) throw new Error('no roll call');
  return call;
}

const verdicts = ({ voters }: RollCall): string[] => voters.map(({ answers }) => answers[0]?.verdict ?? '');

describe('the roll call of a recorded college', () => {
  test('has each voter with the choice, the mandate, and whether it was kept', () => {
    const call = called(MOTION);
    expect(call.voters.map(({ name, substitute, answers }) => [name, substitute, answers[0]])).toEqual([
      ['Ann', null, { contest: 'motion', choice: ['for'], mandate: 'for', verdict: 'kept' }],
      ['Ben', 'Eve', { contest: 'motion', choice: ['against'], mandate: 'for', verdict: 'not-kept' }],
      ['Cat', null, { contest: 'motion', choice: ['for'], mandate: null, verdict: 'no-mandate' }],
      ['Dee', null, { contest: 'motion', choice: null, mandate: 'against', verdict: 'did-not-vote' }],
    ]);
  });

  test('adds up by body, with weights', () => {
    const totals = called(MOTION).totals.map(({ body, voters, ballots, votes }) => [
      body,
      voters,
      ballots,
      ...votes,
    ]);
    expect(totals).toEqual([
      [null, 4, 3, 8n, 2n],
      ['ash', 2, 2, 3n, 2n],
      ['elm', 2, 1, 5n, 0n],
    ]);
    expect(called(MOTION).totals[1]?.verdicts).toEqual({
      kept: 1,
      'not-kept': 1,
      'no-mandate': 0,
      'did-not-vote': 0,
    });
  });

  test('a mandate is kept by what puts its option above all others, in every shape', () => {
    const options = ['for', 'against'];
    const base = { id: 'motion', colleges: ['delegates'], options };
    const shapes: readonly [Contest['shape'], kept: Choice, notKept: Choice][] = [
      [{ kind: 'choose', min: 0, max: 2, blank: true }, ['for', 'against'], 'blank'],
      [
        { kind: 'score', max: 5 },
        { for: 5, against: 4 },
        { for: 5, against: 5 },
      ],
      [{ kind: 'ranking', points: [2, 1], blank: false }, ['for', 'against'], ['against', 'for']],
    ];
    for (const [shape, kept, notKept] of shapes) {
      expect(verdicts(called({ ...base, shape }, [kept, notKept])).slice(0, 2)).toEqual(['kept', 'not-kept']);
    }
    const split = called({ ...base, shape: { kind: 'split' } }, [{ for: 3 }, { for: 1, against: 1 }]);
    expect(verdicts(split).slice(0, 2)).toEqual(['kept', 'not-kept']);
    expect(split.totals[0]?.votes).toEqual([4n, 1n, 0n]);
  });

  test('of a petition there are numbers, and nobody', () => {
    const contest: Contest = {
      ...MOTION,
      options: ['clocks', 'bells'],
      shape: { kind: 'support', merged: [{ id: 'time', parts: ['clocks', 'bells'] }] },
    };
    const call = called(contest, [['clocks'], ['clocks', 'bells'], ['bells'], []], 'petition');
    expect(call.voters).toEqual([]);
    expect(call.totals.map(({ body }) => body)).toEqual([null]);
    // With the weights of this roll, 3, 2 and 5.
    expect(call.totals[0]?.votes).toEqual([5n, 7n, 10n]);
    expect(call.totals[0]).toMatchObject({ voters: 4, ballots: 4 });
  });
});
