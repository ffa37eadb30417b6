/**
 * Checking a ballot instead of casting it: docs/protocol.md §6.6. The booth opens the ballot to a second device,
 * which works out by itself what was encrypted; the log gets only that this ballot may never be cast.
 *
 * What is opened holds no nonce, response or OR-challenge: with C in their place, x cannot be computed from it.
 */
import { z } from 'zod';
import { CodecError, encodeCanonical, parseCanonical } from '../codec/canonical-json.ts';
import { base64urlOf, count, element, firstProblem, hash, id, positive } from '../codec/fields.ts';
import { type Bytes, fromBase64Url, toBase64Url } from '../crypto/bytes.ts';
import { ballotFingerprint } from '../crypto/proofs/ballot-statement.ts';
import { type CheckStatement, checkClause, proveCheck, verifyCheck } from '../crypto/proofs/check-proof.ts';
import type { CredentialClause } from '../crypto/proofs/credential-clause.ts';
import { encodeScalar, parseScalar, type RandomSource, ZERO } from '../crypto/scalar.ts';
import type { RollLine } from '../roll/roll-document.ts';
import { type BallotContext, type BallotRules, ballotRules } from './ballot-context.ts';
import { type CheckBody, type CheckEntry, previous } from './ballot-entry.ts';
import { statementOf } from './ballot-hash.ts';
import { MAX_VALUES } from './ballot-limits.ts';
import { type Choices, choiceOf } from './choices.ts';
import { checkValues } from './clauses.ts';
import type { Credential } from './credential.ts';
import { BallotError, decoding, settled } from './errors.ts';
import { type ContestOpening, type PreparedBallot, voteContests } from './prepare-ballot.ts';
import { checkRollLine } from './roll-line.ts';

const openedBallot = z.strictObject({
  v: z.literal(1),
  election: hash,
  ctx: hash,
  college: id,
  weight: positive,
  /** The voter number, as on the voter's letter. */
  voter: positive,
  P: element,
  prev: previous,
  /** Hash of the commitments, in place of them. */
  C: base64urlOf(64),
  contests: z
    .array(
      z.strictObject({ id, k: z.array(base64urlOf(32)).max(1000), values: z.array(count).max(MAX_VALUES) }),
    )
    .max(1000),
});
export type OpenedBallot = z.infer<typeof openedBallot>;

/** What the booth hands over. The ballot may not be cast from then on. */
export function openBallot({ entry, opening }: PreparedBallot, voter: number): OpenedBallot {
  const { ctx, college, weight, P, prev } = entry.body;
  const contests = opening.contests.map((contest) => ({
    id: contest.id,
    k: contest.k.map((k) => toBase64Url(encodeScalar(k))),
    values: [...contest.values],
  }));
  return {
    v: 1,
    election: entry.election,
    ctx,
    college,
    weight,
    voter,
    P,
    prev,
    C: toBase64Url(opening.C),
    contests,
  };
}

export function encodeOpenedBallot(opened: OpenedBallot): Bytes {
  return encodeCanonical(opened);
}

/** @throws BallotError `bad-form`. */
export function parseOpenedBallot(bytes: Bytes): OpenedBallot {
  try {
    const parsed = openedBallot.safeParse(parseCanonical(bytes));
    if (parsed.success) return parsed.data;
    const { path, message } = firstProblem(parsed.error);
    throw new BallotError('bad-form', path, message);
  } catch (error) {
    if (error instanceof CodecError) throw new BallotError('bad-form', 'opened', error.message);
    throw error;
  }
}

/** What the second device shows, for the voter to compare with what was meant, and with the booth's F. */
export interface ShownBallot {
  readonly voter: number;
  readonly choices: Choices;
  /** F, base64url. */
  readonly fingerprint: string;
}

function openings({ contests }: OpenedBallot, rules: BallotRules): ContestOpening[] {
  if (contests.length !== rules.contests.length) {
    throw new BallotError(
      'wrong-contests',
      'contests',
      `${contests.length} instead of ${rules.contests.length}`,
    );
  }
  return rules.contests.map(({ contest, clauses, values: count }, i) => {
    const { id: own, k, values } = contests[i] ?? { id: '', k: [], values: [] };
    const where = `contests[${i}]`;
    if (own !== contest.id)
      throw new BallotError('wrong-contests', `${where}.id`, `${own} instead of ${contest.id}`);
    if (values.length !== count) throw new BallotError('bad-form', `${where}.values`, `not ${count}`);
    if (k.length !== (rules.mode === 'secret' ? count : 0)) {
      throw new BallotError('bad-form', `${where}.k`, 'not as many as there are ciphertexts');
    }
    checkValues(clauses, values, `${where}.values`);
    return { id: own, k: k.map((text, j) => parseK(text, `${where}.k[${j}]`)), values };
  });
}

function parseK(text: string, where: string) {
  const k = decoding('bad-form', where, () => parseScalar(fromBase64Url(text, where), where));
  if (k === ZERO) throw new BallotError('bad-form', where, 'zero');
  return k;
}

/**
 * What a ballot holds, worked out from its opening alone.
 * @param context from the record, not from the booth.
 * @param line of the roll at the voter number that the voter's letter gives.
 * @throws BallotError `wrong-election`, `wrong-context`, `not-on-roll`, `wrong-college`, `wrong-weight`,
 * `wrong-contests`, `bad-form`, `bad-choice`.
 */
export function readOpenedBallot(
  opened: OpenedBallot,
  context: BallotContext,
  line: Pick<RollLine, 'P' | 'college' | 'weight'> | undefined,
): ShownBallot {
  if (opened.election !== context.election)
    throw new BallotError('wrong-election', 'election', 'not this one');
  if (opened.ctx !== context.ctx) throw new BallotError('wrong-context', 'ctx', 'not this opening');
  checkRollLine(opened, line);
  const { voter, ctx, college, weight, P, prev } = opened;
  const rules = ballotRules(context, opened);
  const contests = openings(opened, rules);
  const votes = voteContests(contests, rules.mode, context.keyElement);
  const { M } = statementOf(
    { ctx, college, weight, P, prev, part: { i: 1, of: 1 }, contests: votes },
    {},
    rules,
  );
  const choices = Object.fromEntries(
    rules.contests.map(({ contest }, i) => [
      contest.id,
      choiceOf(contest, weight, contests[i]?.values ?? [], `contests[${i}].values`),
    ]),
  );
  return { voter, choices, fingerprint: toBase64Url(ballotFingerprint(M, fromBase64Url(opened.C))) };
}

function checkStatement({ ctx, P, F }: Omit<CheckBody, 'proof'>): CheckStatement {
  return { ctx: fromBase64Url(ctx), P: fromBase64Url(P), F: fromBase64Url(F) };
}

/** The `check` entry: the ballot with this fingerprint was opened. */
export function proveCheckEntry(
  { election, ctx }: Pick<BallotContext, 'election' | 'ctx'>,
  { x, P }: Credential,
  fingerprint: string,
  random?: RandomSource,
): CheckEntry {
  const body = { ctx, P, F: fingerprint };
  const proof = toBase64Url(proveCheck(checkStatement(body), x, random));
  return { v: 1, type: 'check', election, ext: {}, body: { ...body, proof } };
}

/**
 * The equation that a check has to satisfy. That P is on the roll is for the caller to see.
 * @throws BallotError `wrong-election`, `wrong-context`, `bad-form`.
 */
export function statedCheck(
  { election, body }: CheckEntry,
  context: Pick<BallotContext, 'election' | 'ctx'>,
): CredentialClause {
  if (election !== context.election) throw new BallotError('wrong-election', 'election', 'not this one');
  if (body.ctx !== context.ctx) throw new BallotError('wrong-context', 'body.ctx', 'not this opening');
  return settled(() => checkClause(checkStatement(body), fromBase64Url(body.proof)));
}

/**
 * A check that has passed the entry's schema, alone: see `statedCheck`.
 * @throws BallotError `wrong-election`, `wrong-context`, `bad-form`, `bad-point`, `bad-proof`.
 */
export function verifyCheckEntry(entry: CheckEntry, context: Pick<BallotContext, 'election' | 'ctx'>): void {
  statedCheck(entry, context);
  settled(() => verifyCheck(checkStatement(entry.body), fromBase64Url(entry.body.proof)));
}
