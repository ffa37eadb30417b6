/** What makes a ballot valid, apart from its place in the log: docs/protocol.md §6.1 to §6.3. */
import { describe, expect, expectTypeOf, test } from 'vitest';
import type { BallotEntry, CheckEntry } from '../../src/ballot/ballot-entry.ts';
import { ballotStatement, verifyBallots, verifyCredentials } from '../../src/ballot/check-ballot.ts';
import { prepareBallot } from '../../src/ballot/prepare-ballot.ts';
import { checkRollLine } from '../../src/ballot/roll-line.ts';
import { fromBase64Url, toBase64Url } from '../../src/crypto/bytes.ts';
import type { EntryOf } from '../../src/record/entries.ts';
import { changed, credential, election, hashOf } from './election.ts';

const { context } = election();
const [voter, delegate] = [credential(context), credential(context, 'delegates')];
const common = { context, prev: { kind: 'none' } } as const;
const secret = prepareBallot({
  ...common,
  college: 'members',
  weight: 1,
  credential: voter,
  choices: { motion: ['option-2'], board: ['option-5', 'option-1'] },
}).entry;
const recorded = prepareBallot({
  ...common,
  college: 'delegates',
  weight: 25,
  credential: delegate,
  choices: { board: ['option-2'] },
}).entry;

const edited = (entry: BallotEntry, body: Partial<BallotEntry['body']>): BallotEntry => ({
  ...entry,
  body: { ...entry.body, ...body },
});
const [motion, board] = secret.body.contests;
const [plain] = recorded.body.contests;
if (motion?.mode !== 'secret' || board?.mode !== 'secret' || plain?.mode !== 'recorded')
  throw new Error('no contests');

test('the entries are those of the record', () => {
  expectTypeOf<BallotEntry>().toExtend<EntryOf<'ballot'>>();
  expectTypeOf<EntryOf<'ballot'>>().toExtend<BallotEntry>();
  expectTypeOf<EntryOf<'check'>>().toExtend<CheckEntry>();
  expectTypeOf<CheckEntry>().toExtend<EntryOf<'check'>>();
});

describe('the form of a ballot', () => {
  test.each<[string, BallotEntry, string, string]>([
    ['of another election', { ...secret, election: hashOf('other') }, 'wrong-election', 'election'],
    ['under another opening', edited(secret, { ctx: hashOf('other') }), 'wrong-context', 'body.ctx'],
    ['of no college', edited(secret, { college: 'nobody' }), 'wrong-college', 'body.college'],
    ['with a weight that the college has not', edited(secret, { weight: 25 }), 'wrong-weight', 'body.weight'],
    ['with a contest missing', edited(secret, { contests: [motion] }), 'wrong-contests', 'body.contests'],
    [
      'with a contest twice',
      edited(secret, { contests: [motion, board, board] }),
      'wrong-contests',
      'body.contests',
    ],
    [
      'with contests swapped',
      edited(secret, { contests: [board, motion] }),
      'wrong-contests',
      'body.contests[0].id',
    ],
    [
      'with plain choices in a secret college',
      edited(secret, { contests: [motion, plain] }),
      'wrong-contests',
      'body.contests[1].mode',
    ],
    [
      'encrypted in a recorded college',
      edited(recorded, { contests: [board] }),
      'wrong-contests',
      'body.contests[0].mode',
    ],
    [
      'with an option too few',
      edited(secret, {
        contests: [
          { ...motion, ciphertexts: toBase64Url(fromBase64Url(motion.ciphertexts).subarray(64)) },
          board,
        ],
      }),
      'bad-form',
      'body.contests[0].ciphertexts',
    ],
    [
      'with a choice too few',
      edited(recorded, { contests: [{ ...plain, choices: [0, 1] }] }),
      'bad-form',
      'body.contests[0].choices',
    ],
    [
      'with a proof too short',
      edited(secret, { proof: secret.body.proof.slice(128) }),
      'bad-form',
      'body.proof',
    ],
    [
      'with a proof in place of a credential',
      edited(recorded, { proof: secret.body.proof }),
      'bad-form',
      'body.proof',
    ],
    [
      'with 2 in the open',
      edited(recorded, { contests: [{ ...plain, choices: [0, 2, 0, 0, 0] }] }),
      'bad-choice',
      'body.contests[0].choices',
    ],
    [
      'with four of three in the open',
      edited(recorded, { contests: [{ ...plain, choices: [1, 1, 1, 1, 0] }] }),
      'bad-choice',
      'body.contests[0].choices',
    ],
    [
      'with a scalar that is not reduced',
      edited(secret, { proof: toBase64Url(fromBase64Url(secret.body.proof).fill(255, -32)) }),
      'bad-form',
      'body.proof',
    ],
  ])('%s', (_, entry, code, where) => {
    expect(() => ballotStatement(entry, context)).toThrow(expect.objectContaining({ code, where }));
  });
});

describe('the roll', () => {
  const line = { P: voter.P, college: 'members', weight: 1 };

  test('agrees', () => {
    expect(() => checkRollLine(secret.body, line)).not.toThrow();
  });

  test.each([
    ['has no such credential', undefined, 'not-on-roll', 'body.P'],
    ['has another one there', { ...line, P: delegate.P }, 'not-on-roll', 'body.P'],
    ['says another college', { ...line, college: 'delegates' }, 'wrong-college', 'body.college'],
    ['says another weight', { ...line, weight: 25 }, 'wrong-weight', 'body.weight'],
  ])('%s', (_, roll, code, where) => {
    expect(() => checkRollLine(secret.body, roll)).toThrow(expect.objectContaining({ code, where }));
  });
});

describe('every field is bound', () => {
  const proof = fromBase64Url(secret.body.proof);
  const other = prepareBallot({
    ...common,
    college: 'members',
    weight: 1,
    credential: credential(context),
    choices: { motion: ['option-2'], board: ['option-5', 'option-1'] },
  }).entry.body.contests[0];
  if (other === undefined) throw new Error('no contest');

  test.each<[string, BallotEntry]>([
    ['prev a ballot', edited(secret, { prev: { kind: 'ballot', leaf: hashOf('leaf') } })],
    ['prev a replacement', edited(secret, { prev: { kind: 'replacement', leaf: hashOf('leaf') } })],
    ['another credential', edited(secret, { P: delegate.P })],
    ['a contest of another ballot', edited(secret, { contests: [other, board] })],
    ['another choice in the open', edited(recorded, { contests: [{ ...plain, choices: [1, 0, 0, 0, 0] }] })],
    ['another weight', edited(recorded, { weight: 1 })],
    [
      'another T',
      edited(secret, {
        proof: toBase64Url(Uint8Array.from([...fromBase64Url(voter.P), ...proof.subarray(32)])),
      }),
    ],
  ])('%s', (_, entry) => {
    const stated = ballotStatement(entry, context);
    const refused = expect.objectContaining({ code: 'bad-proof', where: 'body.proof' });
    expect(verifyCredentials([stated.credential])).toEqual([refused]);
    expect(verifyBallots([stated], context)).toEqual([refused]);
  });

  test('the credential clause does not see what is wrong with a response further on', () => {
    const stated = ballotStatement(
      edited(secret, { proof: toBase64Url(changed(proof, proof.length - 32)) }),
      context,
    );
    expect(verifyCredentials([stated.credential])).toEqual([null]);
    expect(verifyBallots([stated], context)).toMatchObject([{ code: 'bad-proof', where: 'body.proof' }]);
  });

  test('the same ballot in another election, college and opening that differ in nothing else', () => {
    const { context: other } = election(undefined, undefined, 'other');
    const moved = edited({ ...secret, election: other.election }, { ctx: other.ctx });
    const stated = ballotStatement(moved, {
      ...other,
      keyBytes: context.keyBytes,
      keyElement: context.keyElement,
    });
    expect(verifyCredentials([stated.credential])).toMatchObject([{ code: 'bad-proof' }]);
  });
});

test('a point that is none is named by its field', () => {
  const none = toBase64Url(new Uint8Array(32).fill(255));
  const stranger = ballotStatement(edited(secret, { P: none }), context);
  expect(verifyBallots([stranger], context)).toMatchObject([{ code: 'bad-point', where: 'body.P' }]);
  const stated = ballotStatement(secret, context);
  // M is the same, so that the credential clause holds.
  const ciphertexts = stated.statement.ciphertexts.slice().fill(255, 0, 32);
  const other = { ...stated, statement: { ...stated.statement, ciphertexts } };
  expect(verifyBallots([other], context)).toMatchObject([{ code: 'bad-point', where: 'body.contests' }]);
});

test('what is stated can be sent to a worker and verified there', () => {
  const stated = ballotStatement(secret, context);
  expect(structuredClone(stated)).toEqual(stated);
  expect(verifyBallots([structuredClone(stated)], context)).toEqual([null]);
});
