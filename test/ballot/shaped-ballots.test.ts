/** Ballots of every shape, from choice to ciphertexts and back: docs/protocol.md §6.1 to §6.6. */
import { describe, expect, test } from 'vitest';
import {
  encodeOpenedBallot,
  openBallot,
  parseOpenedBallot,
  readOpenedBallot,
} from '../../src/ballot/ballot-check.ts';
import type { Previous } from '../../src/ballot/ballot-entry.ts';
import { largestBallot } from '../../src/ballot/ballot-size.ts';
import { ballotStatement, verifyBallots, verifyCredentials } from '../../src/ballot/check-ballot.ts';
import type { Choices } from '../../src/ballot/choices.ts';
import type { Contest } from '../../src/ballot/manifest.ts';
import { prepareBallot } from '../../src/ballot/prepare-ballot.ts';
import { RegularBallots } from '../../src/ballot/regular-ballots.ts';
import type { Shape } from '../../src/ballot/shapes.ts';
import { encodeCanonical, parseCanonical } from '../../src/codec/canonical-json.ts';
import { concat, fromBase64Url, toBase64Url } from '../../src/crypto/bytes.ts';
import { bigintKernel } from '../../src/crypto/kernel/bigint.ts';
import { wasmKernel } from '../../src/crypto/kernel/wasm.ts';
import { ballotEntry } from '../../src/record/entries.ts';
import { changed, college, credential, election, hashOf } from './election.ts';

const contestOf = (id: string, shape: Shape): Contest => ({
  id,
  colleges: ['members'],
  options: ['ada', 'bo', 'cy'],
  shape,
});
const CONTESTS = [
  contestOf('one', { kind: 'choose', min: 1, max: 1, blank: false }),
  contestOf('some', { kind: 'choose', min: 1, max: 2, blank: true }),
  contestOf('grades', { kind: 'score', max: 10 }),
  contestOf('order', { kind: 'ranking', points: [5, 3, 1], blank: true }),
  contestOf('first', { kind: 'ranking', points: [2], blank: false }),
  contestOf('cards', { kind: 'split' }),
];
const SUPPORT = contestOf('support', { kind: 'support', merged: [{ id: 'both', parts: ['ada', 'bo'] }] });
const WEIGHTS = [1, 19, 1000];

const choicesOf = (weight: number): Choices => ({
  one: ['bo'],
  some: 'blank',
  grades: { ada: 0, bo: 10, cy: 10 },
  order: ['cy', 'ada', 'bo'],
  first: ['cy'],
  cards: { ada: weight - 1, bo: 0, cy: 1 },
});
const OTHERS: Choices = {
  one: ['cy'],
  some: ['ada', 'cy'],
  grades: { ada: 10, bo: 10, cy: 10 },
  order: 'blank',
  first: ['bo'],
  cards: { ada: 0, bo: 0, cy: 0 },
};

describe.each(['secret', 'recorded'] as const)('a %s ballot', (mode) => {
  const contests = mode === 'secret' ? CONTESTS : [...CONTESTS, SUPPORT];
  const { context, setting } = election(contests, [college('members', mode, WEIGHTS)]);
  const voter = credential(context);
  const ballotOf = (weight: number, choices: Choices, prev: Previous = { kind: 'none' }) =>
    prepareBallot({
      context,
      college: 'members',
      weight,
      credential: voter,
      prev,
      choices: mode === 'secret' ? choices : { ...choices, support: ['bo'] },
    });
  const made = WEIGHTS.map((weight) => ({ weight, ballot: ballotOf(weight, choicesOf(weight)) }));
  const other = ballotOf(1000, OTHERS, { kind: 'replacement', leaf: hashOf('replacement') });

  test('of every shape and weight is valid, in one batch', () => {
    const stated = [...made.map(({ ballot }) => ballot), other].map(({ entry, bytes }) => {
      expect(ballotEntry.parse(parseCanonical(bytes))).toEqual(entry);
      return ballotStatement(entry, context);
    });
    const all = stated.map(() => null);
    expect(verifyCredentials(stated.map(({ credential: own }) => own))).toEqual(all);
    expect(verifyBallots(stated, context)).toEqual(all);
  });

  test('of the greatest weight is as large as the manifest’s check says, and others are no larger', () => {
    const largest = largestBallot(setting.manifest);
    if (mode === 'secret') expect(other.bytes.length).toBe(largest);
    else expect(other.bytes.length).toBeLessThanOrEqual(largest);
    for (const { ballot } of made) expect(ballot.bytes.length).toBeLessThanOrEqual(largest);
  });

  // Recorded ballots go the exact way.
  if (mode === 'secret') {
    test('gets the same verdict straight from its bytes', () => {
      const entries = made.map(({ ballot: { entry, bytes } }, i) => {
        const proof = fromBase64Url(entry.body.proof);
        const spoilt = toBase64Url(changed(proof, proof.length - 32));
        return i === 1 ? encodeCanonical({ ...entry, body: { ...entry.body, proof: spoilt } }) : bytes;
      });
      const starts = Uint32Array.from([
        0,
        ...entries.map((_, i) => concat(...entries.slice(0, i + 1)).length),
      ]);
      const groups = new RegularBallots(context, wasmKernel).check({ bytes: concat(...entries), starts });
      const verdicts = groups.flatMap(({ places, faults }) =>
        Array.from(places, (place, row) => ({
          place,
          code: faults.find((fault) => fault.row === row)?.problem.code,
        })),
      );
      expect(groups).toHaveLength(WEIGHTS.length);
      expect(verdicts.toSorted((x, y) => x.place - y.place).map(({ code }) => code)).toEqual([
        undefined,
        'bad-proof',
        undefined,
      ]);
    });
  }

  test('opens to the choice', () => {
    for (const { weight, ballot } of made) {
      const opened = parseOpenedBallot(encodeOpenedBallot(openBallot(ballot, 3)));
      const line = { P: voter.P, college: 'members', weight };
      const shown = readOpenedBallot(opened, context, line);
      expect(shown.fingerprint).toBe(ballot.fingerprint);
      const support = mode === 'secret' ? {} : { support: ['bo'] };
      expect(shown.choices).toEqual({ ...choicesOf(weight), ...support });
    }
  });

  test('that is opened as something illegal is refused', () => {
    const opened = openBallot(other, 3);
    const line = { P: voter.P, college: 'members', weight: 1000 };
    const twice = opened.contests.map((contest) =>
      contest.id === 'order' ? { ...contest, values: contest.values.with(0, 1) } : contest,
    );
    expect(() => readOpenedBallot({ ...opened, contests: twice }, context, line)).toThrow(
      expect.objectContaining({ code: 'bad-choice', where: 'contests[3].values' }),
    );
    const short = opened.contests.map((contest) =>
      contest.id === 'cards' ? { ...contest, values: contest.values.slice(1) } : contest,
    );
    expect(() => readOpenedBallot({ ...opened, contests: short }, context, line)).toThrow(
      expect.objectContaining({ code: 'bad-form', where: 'contests[5].values' }),
    );
  });
});

test('the clauses are proved over the encrypted values, by the reference kernel too', () => {
  const [, , , order] = CONTESTS;
  if (order === undefined) throw new Error('no contest');
  const { context } = election([order], [college('members')]);
  const { entry } = prepareBallot({
    context,
    college: 'members',
    weight: 1,
    credential: credential(context),
    prev: { kind: 'none' },
    choices: { order: ['bo', 'cy', 'ada'] },
  });
  expect(verifyBallots([ballotStatement(entry, context)], context, bigintKernel)).toEqual([null]);
});

test('the largest ranking on the record: a hundred in a hundred places', () => {
  const options = Array.from({ length: 100 }, (_, i) => `option-${i}`);
  const points = options.map((_, i) => 100 - i);
  const contest: Contest = {
    id: 'all',
    colleges: ['council'],
    options,
    shape: { kind: 'ranking', points, blank: true },
  };
  const { context, setting } = election([contest], [college('council', 'recorded')]);
  const voter = credential(context, 'council');
  const request = {
    context,
    college: 'council',
    weight: 1,
    credential: voter,
    prev: { kind: 'none' },
  } as const;
  const ballot = prepareBallot({ ...request, choices: { all: options.toReversed() } });
  expect(ballotEntry.parse(parseCanonical(ballot.bytes))).toEqual(ballot.entry);
  expect(verifyBallots([ballotStatement(ballot.entry, context)], context)).toEqual([null]);
  expect(ballot.bytes.length).toBeLessThan(largestBallot(setting.manifest));
  const opened = parseOpenedBallot(encodeOpenedBallot(openBallot(ballot, 1)));
  expect(readOpenedBallot(opened, context, { P: voter.P, college: 'council', weight: 1 }).choices).toEqual({
    all: options.toReversed(),
  });
});
