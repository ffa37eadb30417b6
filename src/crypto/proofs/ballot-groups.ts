/**
 * Ballots of one shape side by side, with their challenges: what a batch (verify-ballots.ts) adds up. All input is
 * hostile, and public.
 */
import { type Bytes, concat } from '../bytes.ts';
import { CIPHERTEXT_BYTES } from '../elgamal.ts';
import { ELEMENT_BYTES } from '../group.ts';
import type { Kernel, SumPlan } from '../kernel/kernel.ts';
import { isScalar, SCALAR_BYTES } from '../scalar.ts';
import { ballotChallenges } from './ballot-challenges.ts';
import { ballotPlan } from './ballot-equations.ts';
import { ballotProofBytes, commitmentBytes } from './ballot-proof-codec.ts';
import { type BallotStatement, type Clause, countCiphertexts } from './ballot-statement.ts';

export interface ProvedStatement {
  readonly statement: BallotStatement;
  readonly proof: Bytes;
  /** Of its encodings, in the order of `ballotEncodings`: they save time, and are not trusted. */
  readonly hints?: Bytes | undefined;
}

/** What ballots with the same clauses and number of ciphertexts have in common. */
export interface Shape {
  readonly plan: SumPlan;
  /** The number of each clause's first equation; last, of equations. */
  readonly firsts: readonly number[];
  /** Length of K and of the proof. */
  readonly commitments: number;
  readonly proof: number;
}

/** Ballots of one shape side by side, well-formed but for their points, which are not decoded. */
export interface BallotRows {
  readonly shape: Shape;
  /** Their places among all. */
  readonly places: readonly number[];
  /** M of each. */
  readonly statements: Bytes;
  /** P, α₁, β₁, α₂, β₂ …, T, A, B, A, B … of each. */
  readonly encodings: Bytes;
  /** 1, e, and the scalars of the proof, of each; `challengeRows` writes the first two. */
  readonly scalars: Bytes;
  /** Of the encodings, hostile; zeros where there are none. Decoding writes those anew that do not serve. */
  readonly hints: Bytes;
}

/** Ballots with their challenges. */
export interface Group extends BallotRows {
  /** C of each, 64 bytes. */
  readonly hashedCommitments: Bytes;
}

/** Of M. */
const HASH_BYTES = 64;

/** Whether the 32 bytes at `at` are the one encoding of the identity. */
export function isIdentityEncoding(bytes: Bytes, at: number): boolean {
  for (let i = at; i < at + ELEMENT_BYTES; i += 1) if (bytes[i] !== 0) return false;
  return true;
}

/** Number 0 is that of the credential. */
function firstEquations(clauses: readonly Clause[]): number[] {
  let next = 1;
  return [...clauses.map(({ set }) => (next += 2 * set.length) - 2 * set.length), next];
}

/** @param ciphertexts their number, above every index of a clause. */
export function ballotShape(clauses: readonly Clause[], ciphertexts: number): Shape {
  return {
    plan: ballotPlan(clauses, ciphertexts),
    firsts: firstEquations(clauses),
    commitments: commitmentBytes(clauses),
    proof: ballotProofBytes(clauses),
  };
}

/** The shape of statements that can enter a batch; undefined for others. */
function shapeOf({ ciphertexts, clauses }: BallotStatement, hasKey: boolean): Shape | undefined {
  if (!hasKey && clauses.length > 0) return undefined;
  if (ciphertexts.length % CIPHERTEXT_BYTES !== 0) return undefined;
  const count = countCiphertexts(ciphertexts);
  if (clauses.some(({ terms }) => terms.some(([index]) => index >= count))) return undefined;
  return ballotShape(clauses, count);
}

/** Whether a ballot has its shape's lengths, no identity where none may be, and scalars below ℓ. */
function isWellFormed({ statement, proof }: ProvedStatement, shape: Shape): boolean {
  const { M, P, ciphertexts } = statement;
  if (proof.length !== shape.proof || M.length !== HASH_BYTES) return false;
  if (P.length !== ELEMENT_BYTES || isIdentityEncoding(P, 0)) return false;
  for (let at = 0; at < ciphertexts.length; at += CIPHERTEXT_BYTES) {
    if (isIdentityEncoding(ciphertexts, at)) return false;
  }
  for (let at = shape.commitments; at < proof.length; at += SCALAR_BYTES) {
    if (!isScalar(proof, at)) return false;
  }
  return true;
}

/** The encodings that verifying a ballot decodes: P, the ciphertexts, and K. Hints are for these, in this order. */
export function ballotEncodings({ statement, proof }: ProvedStatement): Bytes {
  return concat(statement.P, statement.ciphertexts, proof.subarray(0, commitmentBytes(statement.clauses)));
}

/** Side by side: what `of` gives for each ballot, `size` bytes; zeros where it gives nothing. */
function gather(
  ballots: readonly ProvedStatement[],
  size: number,
  of: (ballot: ProvedStatement) => Bytes | undefined,
): Bytes {
  const out = new Uint8Array(ballots.length * size);
  ballots.forEach((ballot, i) => {
    const bytes = of(ballot);
    if (bytes?.length === size) out.set(bytes, i * size);
  });
  return out;
}

/** The scalars of a proof are written from here on in a ballot's row of them. */
export const PROOF_SCALARS_AT = 2 * SCALAR_BYTES;

/** K of each, side by side. */
function commitmentsOf({ shape, places, encodings }: BallotRows): Bytes {
  const size = shape.plan.own * ELEMENT_BYTES;
  const out = new Uint8Array(places.length * shape.commitments);
  for (let i = 0; i < places.length; i += 1) {
    out.set(encodings.subarray((i + 1) * size - shape.commitments, (i + 1) * size), i * shape.commitments);
  }
  return out;
}

/** Writes the challenges of ballots. */
export function challengeRows(kernel: Kernel, rows: BallotRows): Group {
  const { shape, places, statements, scalars } = rows;
  const { hashedCommitments, challenges } = ballotChallenges(
    kernel,
    statements,
    commitmentsOf(rows),
    shape.commitments,
  );
  const size = shape.plan.scalars * SCALAR_BYTES;
  for (let i = 0; i < places.length; i += 1) {
    scalars[i * size] = 1;
    scalars.set(challenges.subarray(i * SCALAR_BYTES, (i + 1) * SCALAR_BYTES), i * size + SCALAR_BYTES);
  }
  return { ...rows, hashedCommitments };
}

/** Well-formed ballots of one shape as rows. */
function rowsOf(shape: Shape, ballots: readonly ProvedStatement[], places: readonly number[]): BallotRows {
  const size = shape.plan.own * ELEMENT_BYTES;
  const scalarsSize = shape.plan.scalars * SCALAR_BYTES;
  const scalars = new Uint8Array(ballots.length * scalarsSize);
  ballots.forEach(({ proof }, i) => {
    scalars.set(proof.subarray(shape.commitments), i * scalarsSize + PROOF_SCALARS_AT);
  });
  return {
    shape,
    places,
    statements: gather(ballots, HASH_BYTES, ({ statement }) => statement.M),
    encodings: gather(ballots, size, ballotEncodings),
    scalars,
    hints: gather(ballots, size, (ballot) => ballot.hints),
  };
}

/** The ballots that can enter a batch, if their points decode, by shape. */
export function groupBallots(kernel: Kernel, ballots: readonly ProvedStatement[], hasKey: boolean): Group[] {
  const shapes = new Map<string, { shape: Shape | undefined; places: number[] }>();
  ballots.forEach((ballot, place) => {
    const { ciphertexts, clauses } = ballot.statement;
    const name = `${ciphertexts.length} ${JSON.stringify(clauses)}`;
    const known = shapes.get(name) ?? { shape: shapeOf(ballot.statement, hasKey), places: [] };
    shapes.set(name, known);
    if (known.shape !== undefined && isWellFormed(ballot, known.shape)) known.places.push(place);
  });
  return [...shapes.values()].flatMap(({ shape, places }) =>
    shape === undefined || places.length === 0
      ? []
      : [
          challengeRows(
            kernel,
            rowsOf(
              shape,
              places.flatMap((place) => ballots[place] ?? []),
              places,
            ),
          ),
        ],
  );
}
