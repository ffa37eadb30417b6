/** Making ballots: docs/protocol.md §6.1 to §6.4. */
import { sha256 } from '@noble/hashes/sha2.js';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ballotContext } from '../../src/ballot/ballot-context.ts';
import { ballotStatement, verifyBallots, verifyCredentials } from '../../src/ballot/check-ballot.ts';
import type { Choices } from '../../src/ballot/choices.ts';
import { prepareBallot } from '../../src/ballot/prepare-ballot.ts';
import { parseCanonical } from '../../src/codec/canonical-json.ts';
import { concat, fromBase64Url, toBase64Url } from '../../src/crypto/bytes.ts';
import { equal, G, IDENTITY, multiplyPublic, parseElement, subtract } from '../../src/crypto/group.ts';
import { scalarOf } from '../../src/crypto/scalar.ts';
import { ballotEntry } from '../../src/record/entries.ts';
import { college, contest, credential, election, hashOf } from './election.ts';

const { context, secret } = election();
const voter = credential(context);
const delegate = credential(context, 'delegates');
const GOOD: Choices = { motion: ['option-2'], board: ['option-5', 'option-1'] };
const request = {
  context,
  college: 'members',
  weight: 1,
  credential: voter,
  prev: { kind: 'none' },
  choices: GOOD,
} as const;

/** The plain values of a secret contest: β − y·α is 0 or G. */
function decrypt(ciphertexts: string): (0 | 1 | undefined)[] {
  const bytes = fromBase64Url(ciphertexts);
  return Array.from({ length: bytes.length / 64 }, (_, j) => {
    const alpha = parseElement(bytes.subarray(64 * j, 64 * j + 32));
    const beta = parseElement(bytes.subarray(64 * j + 32, 64 * j + 64));
    const plain = subtract(beta, multiplyPublic(alpha, secret));
    if (equal(plain, IDENTITY)) return 0;
    return equal(plain, multiplyPublic(G, scalarOf(1))) ? 1 : undefined;
  });
}

describe('a ballot', () => {
  const ballot = prepareBallot(request);

  test('is an entry in canonical form, with its leaf hash and fingerprint', () => {
    expect(ballotEntry.parse(parseCanonical(ballot.bytes))).toEqual(ballot.entry);
    expect(ballot.leaf).toBe(toBase64Url(sha256(concat(Uint8Array.of(0), ballot.bytes))));
    expect(ballotStatement(ballot.entry, context).fingerprint).toBe(ballot.fingerprint);
  });

  test('is valid, and encrypts the choices', () => {
    const stated = ballotStatement(ballot.entry, context);
    expect(verifyCredentials([stated.credential])).toEqual([null]);
    expect(verifyBallots([stated], context)).toEqual([null]);
    const votes = ballot.entry.body.contests.map((voted) =>
      voted.mode === 'secret' ? decrypt(voted.ciphertexts) : [],
    );
    expect(votes).toEqual([
      [0, 1, 0],
      [1, 0, 0, 0, 1],
    ]);
  });

  test('of a recorded college carries plain choices under the credential alone', () => {
    const recorded = prepareBallot({
      ...request,
      college: 'delegates',
      weight: 25,
      credential: delegate,
      choices: { board: ['option-2'] },
    });
    expect(recorded.entry.body.contests).toEqual([
      { id: 'board', mode: 'recorded', choices: [0, 1, 0, 0, 0] },
    ]);
    expect(fromBase64Url(recorded.entry.body.proof)).toHaveLength(64);
    expect(verifyBallots([ballotStatement(recorded.entry, context)], context)).toEqual([null]);
  });

  test('of an election without a key, where all colleges are recorded', () => {
    const { setting } = election(
      [contest('only', 2, 1, 1, ['delegates'])],
      [college('delegates', 'recorded')],
    );
    const keyless = ballotContext({ ...setting, key: null });
    const recorded = prepareBallot({
      ...request,
      context: keyless,
      college: 'delegates',
      choices: { only: ['option-1'] },
    });
    expect(verifyBallots([ballotStatement(recorded.entry, keyless)], keyless)).toEqual([null]);
  });

  test('of any contest, with any choice that it allows, is valid', () => {
    const anyContest = fc
      .tuple(fc.integer({ min: 1, max: 5 }), fc.nat({ max: 5 }), fc.nat({ max: 5 }))
      .map(([options, a, b]) => ({
        options,
        min: Math.min(a, b, options),
        max: Math.max(1, Math.min(Math.max(a, b), options)),
      }));
    fc.assert(
      fc.property(
        fc.array(anyContest, { minLength: 1, maxLength: 3 }),
        fc.infiniteStream(fc.nat()),
        (shapes, picks) => {
          const contests = shapes.map(({ options, min, max }, i) => contest(`c${i}`, options, min, max));
          const { context: own } = election(contests, [college('members', 'secret', [1, 3])]);
          const next = (): number => picks.next().value ?? 0;
          const choices = Object.fromEntries(
            contests.map(({ id, options }, i) => {
              const { min, max } = shapes[i] ?? { min: 0, max: 0 };
              const order = [...options].sort(() => (next() % 2) - 0.5);
              return [id, order.slice(0, min + (next() % (max - min + 1)))];
            }),
          );
          const made = prepareBallot({
            ...request,
            context: own,
            weight: 3,
            credential: credential(own),
            choices,
          });
          expect(verifyBallots([ballotStatement(made.entry, own)], own)).toEqual([null]);
        },
      ),
      { numRuns: 20 },
    );
  });
});

describe('choices that the contest does not allow are refused by name', () => {
  test.each<[string, Choices, string, string]>([
    ['too many', { ...GOOD, motion: ['option-1', 'option-2'] }, 'bad-choice', 'choices.motion'],
    ['too few', { ...GOOD, motion: [] }, 'bad-choice', 'choices.motion'],
    ['one twice', { ...GOOD, board: ['option-1', 'option-1'] }, 'bad-choice', 'choices.board'],
    [
      'four of at most three',
      { ...GOOD, board: ['option-1', 'option-2', 'option-3', 'option-4'] },
      'bad-choice',
      'choices.board',
    ],
    ['an option that is none', { ...GOOD, board: ['option-6'] }, 'unknown-option', 'choices.board'],
    ['a contest missing', { motion: ['option-1'] }, 'wrong-contests', 'choices.board'],
    ['a contest of nobody', { ...GOOD, other: [] }, 'wrong-contests', 'choices.other'],
    ['a name of every object', { ...GOOD, constructor: [] }, 'wrong-contests', 'choices.constructor'],
  ])('%s', (_, choices, code, where) => {
    // The source of randomness is not asked: nothing is encrypted before all is checked.
    const random = (): Uint8Array => {
      throw new Error('asked');
    };
    expect(() => prepareBallot({ ...request, choices, random })).toThrow(
      expect.objectContaining({ code, where }),
    );
  });

  test('a college that does not exist', () => {
    expect(() => prepareBallot({ ...request, college: 'nobody' })).toThrow(
      expect.objectContaining({ code: 'wrong-college', where: 'college' }),
    );
  });

  test('a weight that the college has not', () => {
    expect(() => prepareBallot({ ...request, weight: 2 })).toThrow(
      expect.objectContaining({ code: 'wrong-weight', where: 'weight' }),
    );
  });

  test('a secret college in an election without a key', () => {
    const { setting } = election();
    expect(() => prepareBallot({ ...request, context: ballotContext({ ...setting, key: null }) })).toThrow(
      expect.objectContaining({ code: 'bad-manifest', where: 'key' }),
    );
  });

  test('a ballot larger than an entry may be', () => {
    const many = Array.from({ length: 4 }, (_, i) => contest(`c${i}`, 100, 0, 100));
    const { context: large } = election(many, [college('members')]);
    const choices = Object.fromEntries(many.map(({ id }) => [id, []]));
    expect(() => prepareBallot({ ...request, context: large, choices })).toThrow(
      expect.objectContaining({ code: 'too-large', where: 'entry' }),
    );
  });
});

describe('a context', () => {
  const { setting } = election();

  test.each([
    ['the identity', toBase64Url(new Uint8Array(32))],
    ['no element', toBase64Url(new Uint8Array(32).fill(255))],
    ['too short', hashOf('key').slice(1, 41)],
    ['not base64url', '!'],
  ])('refuses a key that is %s', (_, key) => {
    expect(() => ballotContext({ ...setting, key })).toThrow(
      expect.objectContaining({ code: 'bad-point', where: 'key' }),
    );
  });

  test('refuses a ctx that is not base64url', () => {
    expect(() => ballotContext({ ...setting, ctx: '!' })).toThrow(
      expect.objectContaining({ code: 'bad-form', where: 'ctx' }),
    );
  });
});
