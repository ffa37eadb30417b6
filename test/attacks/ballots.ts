/** What the attacks on ballots have in common: a small election, and a ballot taken apart and put together again. */
import type { BallotContext } from '../../src/ballot/ballot-context.ts';
import type { BallotEntry } from '../../src/ballot/ballot-entry.ts';
import { hashBallot } from '../../src/ballot/ballot-hash.ts';
import { ballotStatement, verifyBallots } from '../../src/ballot/check-ballot.ts';
import type { Choices } from '../../src/ballot/choices.ts';
import type { Credential } from '../../src/ballot/credential.ts';
import { BallotError } from '../../src/ballot/errors.ts';
import { type PreparedBallot, prepareBallot } from '../../src/ballot/prepare-ballot.ts';
import { type Bytes, concat, fromBase64Url, toBase64Url } from '../../src/crypto/bytes.ts';
import { ELEMENT_BYTES } from '../../src/crypto/group.ts';
import { type BallotStatement, countValues } from '../../src/crypto/proofs/ballot-statement.ts';
import { verifyBallotProof } from '../../src/crypto/proofs/verify-ballot.ts';
import type { RandomSource } from '../../src/crypto/scalar.ts';
import { college, contest, election } from '../ballot/election.ts';
import { encryptAny, proveAnything, random, signedAnew, type Told } from '../crypto/proofs/second-prover.ts';

/** One contest, exactly one of two. */
export const { context, secret, setting } = election([contest('motion', 2, 1, 1)], [college('members')]);
export const KEY_BYTES = context.keyBytes ?? new Uint8Array();

export function honest(
  voter: Credential,
  choices: Choices = { motion: ['option-1'] },
  own: BallotContext = context,
  source?: RandomSource,
): PreparedBallot {
  return prepareBallot({
    context: own,
    college: 'members',
    weight: 1,
    credential: voter,
    prev: { kind: 'none' },
    choices,
    ...(source && { random: source }),
  });
}

export function edited(entry: BallotEntry, body: Partial<BallotEntry['body']>): BallotEntry {
  return { ...entry, body: { ...entry.body, ...body } };
}

/** The ballot as the holder of its credential can send it: the credential clause holds for what is in it. */
export function signed({ x }: Credential, entry: BallotEntry): BallotEntry {
  const { statement, proof } = ballotStatement(entry, context);
  const size = ELEMENT_BYTES * (1 + 2 * countValues(statement.clauses));
  return edited(entry, { proof: toBase64Url(signedAnew(statement.M, x, proof, size)) });
}

/** The code with which a ballot is refused by the door and by the reference, which must say the same; or 'accepted'. */
export function verdict(entry: BallotEntry, own: BallotContext = context): string {
  try {
    const stated = ballotStatement(entry, own);
    const [problem] = verifyBallots([stated], own);
    const alone = reference(stated.statement, own.keyBytes, stated.proof);
    if ((problem === null) !== alone) throw new Error('batch and reference disagree');
    return problem?.code ?? 'accepted';
  } catch (error) {
    if (error instanceof BallotError) return error.code;
    throw error;
  }
}

function reference(statement: BallotStatement, key: Bytes | null, proof: Bytes): boolean {
  try {
    verifyBallotProof(statement, key, proof);
    return true;
  } catch {
    return false;
  }
}

/**
 * A ballot of any values, whose author proves as well as can be that each is in the set it would like to have:
 * a set per option, and one for the sum, each as large as the true one. With `other`, the α or the β have another k
 * than the proof.
 */
export function cheating(
  voter: Credential,
  values: readonly bigint[],
  sets: readonly (readonly bigint[])[],
  sum: readonly bigint[],
  other?: 'kAlpha' | 'kBeta',
): BallotEntry {
  const rules = context.colleges.get('members')?.ofWeight(1);
  if (rules === undefined) throw new Error('no such college');
  const k = values.map(() => random());
  const others = values.map(() => random());
  const halves = values.map((v, j) => {
    const [kj, lj] = [k[j] ?? 0n, others[j] ?? 0n];
    const alpha = encryptAny(KEY_BYTES, v, other === 'kAlpha' ? lj : kj).subarray(0, 32);
    return concat(alpha, encryptAny(KEY_BYTES, v, other === 'kBeta' ? lj : kj).subarray(32));
  });
  const ciphertexts = concat(...halves);
  const { entry } = honest(voter);
  const contests = [{ id: 'motion', mode: 'secret' as const, ciphertexts: toBase64Url(ciphertexts) }];
  const M = hashBallot({ ...entry.body, contests }, {}, rules);
  const clauses = [
    ...sets.map((set, j) => ({ terms: [[j, 1]] as const, set })),
    { terms: values.map((_, j) => [j, 1] as const), set: sum },
  ];
  const proof = proveAnything({
    M,
    x: voter.x,
    Y: KEY_BYTES,
    k,
    values,
    clauses,
    ...(other && { [other]: others }),
  });
  return edited(entry, { contests, proof: toBase64Url(proof) });
}

/**
 * The ballot with a proof of its own that is right but for points of K, which are off by so much: the challenge is
 * drawn after that, so the equations of these points are false by as much, and no others.
 */
export function shifted(
  own: BallotContext,
  { x }: Credential,
  { entry, opening: { contests } }: PreparedBallot,
  shifts: NonNullable<Told['shifts']>,
): BallotEntry {
  const { M, clauses } = ballotStatement(entry, own).statement;
  const proof = proveAnything({
    M,
    x,
    Y: own.keyBytes ?? new Uint8Array(),
    k: contests.flatMap(({ k }) => k),
    values: contests.flatMap(({ values }) => values.map(BigInt)),
    clauses: clauses.map(({ terms, set }) => ({ terms, set: set.map(BigInt) })),
    shifts,
  });
  return edited(entry, { proof: toBase64Url(proof) });
}

/** The ciphertexts of the only contest. */
export function ciphertextsOf({ body }: BallotEntry): Bytes {
  const [voted] = body.contests;
  return voted?.mode === 'secret' ? fromBase64Url(voted.ciphertexts) : new Uint8Array();
}

export function withCiphertexts(entry: BallotEntry, ciphertexts: Bytes): BallotEntry {
  return edited(entry, {
    contests: [{ id: 'motion', mode: 'secret', ciphertexts: toBase64Url(ciphertexts) }],
  });
}
