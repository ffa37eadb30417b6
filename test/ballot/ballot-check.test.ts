/** Checking a ballot instead of casting it: docs/protocol.md §6.6. */
import { describe, expect, test } from 'vitest';
import {
  encodeOpenedBallot,
  type OpenedBallot,
  openBallot,
  parseOpenedBallot,
  proveCheckEntry,
  readOpenedBallot,
  verifyCheckEntry,
} from '../../src/ballot/ballot-check.ts';
import { ballotStatement } from '../../src/ballot/check-ballot.ts';
import { prepareBallot } from '../../src/ballot/prepare-ballot.ts';
import { encodeCanonical, parseCanonical } from '../../src/codec/canonical-json.ts';
import { toBase64Url, toUtf8 } from '../../src/crypto/bytes.ts';
import { checkEntry } from '../../src/record/entries.ts';
import { credential, election, hashOf } from './election.ts';

const { context } = election();
const voter = credential(context);
const line = { P: voter.P, college: 'members', weight: 1 };
const CHOICES = { motion: ['option-2'], board: ['option-1', 'option-5'] };
const make = (choices = CHOICES) =>
  prepareBallot({
    context,
    college: 'members',
    weight: 1,
    credential: voter,
    prev: { kind: 'none' },
    choices,
  });
const ballot = make();
const opened = openBallot(ballot, 17);

describe('an opened ballot', () => {
  test('shows the second device the choices, the voter number and the fingerprint of the booth', () => {
    expect(readOpenedBallot(opened, context, line)).toEqual({
      voter: 17,
      choices: CHOICES,
      fingerprint: ballotStatement(ballot.entry, context).fingerprint,
    });
  });

  test('of a recorded college too', () => {
    const delegate = credential(context, 'delegates');
    const prepared = prepareBallot({
      context,
      college: 'delegates',
      weight: 25,
      credential: delegate,
      prev: { kind: 'ballot', leaf: hashOf('earlier') },
      choices: { board: ['option-3'] },
    });
    const shown = readOpenedBallot(openBallot(prepared, 3), context, {
      P: delegate.P,
      college: 'delegates',
      weight: 25,
    });
    expect(shown).toEqual({ voter: 3, choices: { board: ['option-3'] }, fingerprint: prepared.fingerprint });
  });

  test('is read back as it was written', () => {
    expect(parseOpenedBallot(encodeOpenedBallot(opened))).toEqual(opened);
  });

  test.each([
    ['not JSON', toUtf8('{'), 'opened'],
    ['not canonical', toUtf8(JSON.stringify(opened, null, 1)), 'opened'],
    ['with one key more', encodeCanonical({ ...opened, x: 'secret' }), 'x'],
    ['without a key', encodeCanonical({ ...opened, voter: null }), 'voter'],
  ])('is refused if it is %s', (_, bytes, where) => {
    expect(() => parseOpenedBallot(bytes)).toThrow(expect.objectContaining({ code: 'bad-form', where }));
  });

  const [motion, board] = opened.contests;
  if (motion === undefined || board === undefined) throw new Error('no contests');

  test.each<[string, Partial<OpenedBallot>, string, string]>([
    ['another election', { election: hashOf('x') }, 'wrong-election', 'election'],
    ['another opening', { ctx: hashOf('x') }, 'wrong-context', 'ctx'],
    ['another voter', { P: credential(context).P }, 'not-on-roll', 'body.P'],
    ['another weight', { weight: 2 }, 'wrong-weight', 'body.weight'],
    ['a contest less', { contests: [motion] }, 'wrong-contests', 'contests'],
    ['contests swapped', { contests: [board, motion] }, 'wrong-contests', 'contests[0].id'],
    ['a value less', { contests: [{ ...motion, values: [0, 1] }, board] }, 'bad-form', 'contests[0].values'],
    ['a k less', { contests: [{ ...motion, k: motion.k.slice(1) }, board] }, 'bad-form', 'contests[0].k'],
    [
      'a k of zero',
      { contests: [{ ...motion, k: motion.k.map(() => toBase64Url(new Uint8Array(32))) }, board] },
      'bad-form',
      'contests[0].k[0]',
    ],
    [
      'a k that is not reduced',
      { contests: [{ ...motion, k: motion.k.map(() => toBase64Url(new Uint8Array(32).fill(255))) }, board] },
      'bad-form',
      'contests[0].k[0]',
    ],
    [
      'a value of 2',
      { contests: [{ ...motion, values: [0, 2, 0] }, board] },
      'bad-choice',
      'contests[0].values',
    ],
  ])('is refused with %s', (_, change, code, where) => {
    expect(() => readOpenedBallot({ ...opened, ...change }, context, line)).toThrow(
      expect.objectContaining({ code, where }),
    );
  });

  test('is refused without a line on the roll', () => {
    expect(() => readOpenedBallot(opened, context, undefined)).toThrow(
      expect.objectContaining({ code: 'not-on-roll' }),
    );
  });

  test('that lies about the choice gives another fingerprint', () => {
    const lie = { ...opened, contests: [{ ...motion, values: [1, 0, 0] }, board] };
    const shown = readOpenedBallot(lie, context, line);
    expect(shown.choices['motion']).toEqual(['option-1']);
    expect(shown.fingerprint).not.toBe(ballot.fingerprint);
  });

  test.each<[string, Partial<OpenedBallot>]>([
    ['prev', { prev: { kind: 'ballot', leaf: hashOf('x') } }],
    ['C', { C: toBase64Url(new Uint8Array(64)) }],
  ])('that lies about %s too', (_, change) => {
    expect(readOpenedBallot({ ...opened, ...change }, context, line).fingerprint).not.toBe(
      ballot.fingerprint,
    );
  });
});

describe('a check entry', () => {
  const check = proveCheckEntry(context, voter, ballot.fingerprint);

  test('is an entry of the record, and holds', () => {
    expect(checkEntry.parse(parseCanonical(encodeCanonical(check)))).toEqual(check);
    expect(() => verifyCheckEntry(check, context)).not.toThrow();
  });

  test.each([
    ['election', { ...check, election: hashOf('x') }, 'wrong-election', 'election'],
    ['opening', { ...check, body: { ...check.body, ctx: hashOf('x') } }, 'wrong-context', 'body.ctx'],
    ['ballot', { ...check, body: { ...check.body, F: hashOf('x') } }, 'bad-proof', 'body.proof'],
    ['voter', { ...check, body: { ...check.body, P: credential(context).P } }, 'bad-proof', 'body.proof'],
    [
      'voter that is none',
      { ...check, body: { ...check.body, P: toBase64Url(new Uint8Array(32)) } },
      'bad-point',
      'body.P',
    ],
  ])('of another %s is refused', (_, entry, code, where) => {
    expect(() => verifyCheckEntry(entry, context)).toThrow(expect.objectContaining({ code, where }));
  });

  test('does not tell the choice: two checks of one voter differ in F and proof alone', () => {
    const other = proveCheckEntry(context, voter, make({ ...CHOICES, motion: ['option-1'] }).fingerprint);
    expect({ ...other, body: { ...other.body, F: '', proof: '' } }).toEqual({
      ...check,
      body: { ...check.body, F: '', proof: '' },
    });
  });
});
