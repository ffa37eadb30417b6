/**
 * Whether a ballot is valid, all but its place in the log: docs/protocol.md §6.1 to §6.3. Input is hostile.
 *
 * At the door, what costs most and what only the voter can cause comes last:
 * 1. `ballotStatement`: form, and the hashes;
 * 2. `checkRollLine` (roll-line.ts);
 * 3. prev, which the caller knows (§6.5);
 * 4. `verifyCredentials`, for many ballots at once: from here on it is the voter who sent it, and limits may count
 *    against them;
 * 5. `verifyBallots`: the rest, for many at once.
 */
import { type Bytes, fromBase64Url, toBase64Url } from '../crypto/bytes.ts';
import { CIPHERTEXT_BYTES } from '../crypto/elgamal.ts';
import type { Kernel } from '../crypto/kernel/kernel.ts';
import { publicHash512 } from '../crypto/kernel/public-hash.ts';
import { wasmKernel } from '../crypto/kernel/wasm.ts';
import { ballotProofBytes, parseBallotProof } from '../crypto/proofs/ballot-proof-codec.ts';
import {
  type BallotStatement,
  ballotFingerprint,
  hashCommitments,
} from '../crypto/proofs/ballot-statement.ts';
import {
  type CredentialClause,
  credentialClause,
  verifyCredentialClauses,
} from '../crypto/proofs/credential-clause.ts';
import { verifyBallotProofs } from '../crypto/proofs/verify-ballots.ts';
import { type BallotContext, type BallotRules, ballotRules, type ContestRules } from './ballot-context.ts';
import type { BallotBody, BallotEntry, VotedContest } from './ballot-entry.ts';
import { statementOf } from './ballot-hash.ts';
import { checkValues } from './clauses.ts';
import { BallotError, type BallotErrorCode, problemOf, settled } from './errors.ts';

/** A ballot of the right form, hashed but not yet proved. Plain data: it can be sent to a worker. */
export interface StatedBallot {
  readonly statement: BallotStatement;
  readonly proof: Bytes;
  /** The first clause of the proof: that whoever made the ballot holds P. */
  readonly credential: CredentialClause;
  /** Fingerprint F, base64url. */
  readonly fingerprint: string;
}

/** What is wrong with a ballot, as plain data; a BallotError is one. */
export interface BallotProblem {
  readonly code: BallotErrorCode;
  readonly where: string;
  readonly message: string;
}

/** For each ballot null, or what is wrong with it. Here, in a worker, or in many. */
export type BallotVerifier = (ballots: readonly StatedBallot[]) => Promise<readonly (BallotProblem | null)[]>;

/** As `BallotVerifier`, of nothing but the credential. */
export type CredentialVerifier = (
  credentials: readonly CredentialClause[],
) => Promise<readonly (BallotProblem | null)[]>;

function checkContest(
  voted: VotedContest,
  mode: BallotRules['mode'],
  rules: ContestRules,
  where: string,
): void {
  const { contest, clauses, values } = rules;
  if (voted.id !== contest.id) {
    throw new BallotError('wrong-contests', `${where}.id`, `${voted.id} instead of ${contest.id}`);
  }
  if (voted.mode !== mode) throw new BallotError('wrong-contests', `${where}.mode`, `not ${mode}`);
  const content = voted.mode === 'secret' ? 'ciphertexts' : 'choices';
  const count =
    voted.mode === 'secret'
      ? fromBase64Url(voted.ciphertexts).length / CIPHERTEXT_BYTES
      : voted.choices.length;
  if (count !== values) {
    throw new BallotError('bad-form', `${where}.${content}`, `${count} instead of ${values}`);
  }
  if (voted.mode === 'recorded') checkValues(clauses, voted.choices, `${where}.${content}`);
}

/** The body against the election and its college. */
function checkBody(body: BallotBody, context: BallotContext): BallotRules {
  if (body.ctx !== context.ctx) throw new BallotError('wrong-context', 'body.ctx', 'not this opening');
  const rules = ballotRules(context, body, 'body.');
  if (body.contests.length !== rules.contests.length) {
    const why = `${body.contests.length} instead of ${rules.contests.length}`;
    throw new BallotError('wrong-contests', 'body.contests', why);
  }
  body.contests.forEach((voted, i) => {
    const contestRules = rules.contests[i];
    if (contestRules !== undefined) checkContest(voted, rules.mode, contestRules, `body.contests[${i}]`);
  });
  return rules;
}

/**
 * A ballot that has passed the entry's schema: its form against the manifest, and its hashes. No group
 * operation; points are not decoded yet.
 * @throws BallotError `wrong-election`, `wrong-context`, `wrong-college`, `wrong-weight`, `wrong-contests`,
 * `bad-form`, `bad-choice` (recorded).
 */
export function ballotStatement(entry: BallotEntry, context: BallotContext): StatedBallot {
  const { body } = entry;
  if (entry.election !== context.election)
    throw new BallotError('wrong-election', 'election', 'not this one');
  const statement = statementOf(body, entry.ext, checkBody(body, context), publicHash512);
  const proof = fromBase64Url(body.proof);
  const expected = ballotProofBytes(statement.clauses);
  if (proof.length !== expected) {
    throw new BallotError('bad-form', 'body.proof', `${proof.length} bytes instead of ${expected}`);
  }
  const parsed = settled(() => parseBallotProof(proof, statement.clauses));
  const C = hashCommitments(parsed.commitments, publicHash512);
  let credential: CredentialClause | undefined;
  return {
    statement,
    proof,
    // A recount, which verifies everything at once, has no need of it.
    get credential() {
      return (credential ??= credentialClause(statement, parsed, C));
    },
    fingerprint: toBase64Url(ballotFingerprint(statement.M, C)),
  };
}

/** For each null if the holder of P made that very ballot, or what is wrong: `bad-proof`, `bad-point`. */
export function verifyCredentials(
  credentials: readonly CredentialClause[],
  kernel: Kernel = wasmKernel,
): (BallotProblem | null)[] {
  return verifyCredentialClauses(kernel, credentials).map((error) => error && problemOf(error));
}

/** For each ballot null, or what is wrong with it: `bad-proof`, `bad-point`, `bad-form`. */
export function verifyBallots(
  ballots: readonly StatedBallot[],
  { keyBytes }: Pick<BallotContext, 'keyBytes'>,
  kernel: Kernel = wasmKernel,
): (BallotProblem | null)[] {
  return verifyBallotProofs(kernel, keyBytes, ballots).map((error) => error && problemOf(error));
}
