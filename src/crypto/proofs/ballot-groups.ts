/**
 * Ballots of one shape side by side, decoded, with their challenges: what a batch (verify-ballots.ts) adds up. All
 * input is hostile, and public.
 */
import { type Bytes, concat } from '../bytes.ts';
import { CIPHERTEXT_BYTES } from '../elgamal.ts';
import { ELEMENT_BYTES } from '../group.ts';
import type { Kernel, Points, SumPlan } from '../kernel/kernel.ts';
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

/** Ballots of one shape whose every point and scalar decodes, side by side. */
export interface Group {
  readonly shape: Shape;
  /** Their places among all. */
  readonly places: readonly number[];
  /** P, α₁, β₁, α₂, β₂ …, T, A, B, A, B … of each. */
  readonly points: Points;
  /** 1, e, and the scalars of the proof, of each. */
  readonly scalars: Bytes;
}

/** Of M. */
const HASH_BYTES = 64;

/** The one encoding of the identity. */
function isIdentityEncoding(bytes: Bytes, at: number): boolean {
  for (let i = at; i < at + ELEMENT_BYTES; i += 1) if (bytes[i] !== 0) return false;
  return true;
}

/** Number 0 is that of the credential. */
function firstEquations(clauses: readonly Clause[]): number[] {
  let next = 1;
  return [...clauses.map(({ set }) => (next += 2 * set.length) - 2 * set.length), next];
}

/** The shape of statements that can enter a batch; undefined for others. */
function shapeOf({ ciphertexts, clauses }: BallotStatement, hasKey: boolean): Shape | undefined {
  if (!hasKey && clauses.length > 0) return undefined;
  if (ciphertexts.length % CIPHERTEXT_BYTES !== 0) return undefined;
  const count = countCiphertexts(ciphertexts);
  if (clauses.some(({ terms }) => terms.some(([index]) => index >= count))) return undefined;
  return {
    plan: ballotPlan(clauses, count),
    firsts: firstEquations(clauses),
    commitments: commitmentBytes(clauses),
    proof: ballotProofBytes(clauses),
  };
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

/** Decodes well-formed ballots of one shape, and leaves out those that have a bad point. */
function decodeGroup(
  kernel: Kernel,
  shape: Shape,
  ballots: readonly ProvedStatement[],
  places: readonly number[],
): Group {
  const perBallot = shape.plan.own;
  const size = perBallot * ELEMENT_BYTES;
  const encodings = gather(ballots, size, ballotEncodings);
  const hints = ballots.some((ballot) => ballot.hints !== undefined)
    ? gather(ballots, size, (ballot) => ballot.hints)
    : undefined;
  const decoded = kernel.decode(encodings, hints);
  if (!decoded.ok) {
    const bad = new Set(decoded.bad.map((i) => Math.floor(i / perBallot)));
    const good = [...ballots.keys()].filter((i) => !bad.has(i));
    return decodeGroup(
      kernel,
      shape,
      good.flatMap((i) => ballots[i] ?? []),
      good.flatMap((i) => places[i] ?? []),
    );
  }
  const challenges = ballotChallenges(
    kernel,
    gather(ballots, HASH_BYTES, ({ statement }) => statement.M),
    gather(ballots, shape.commitments, ({ proof }) => proof.subarray(0, shape.commitments)),
    shape.commitments,
  );
  const scalarsSize = shape.plan.scalars * SCALAR_BYTES;
  const scalars = new Uint8Array(ballots.length * scalarsSize);
  ballots.forEach(({ proof }, i) => {
    const at = i * scalarsSize;
    scalars[at] = 1;
    scalars.set(challenges.subarray(i * SCALAR_BYTES, (i + 1) * SCALAR_BYTES), at + SCALAR_BYTES);
    scalars.set(proof.subarray(shape.commitments), at + 2 * SCALAR_BYTES);
  });
  return { shape, places, points: decoded.points, scalars };
}

/** The ballots that can enter a batch, by shape. */
export function decodeAll(kernel: Kernel, ballots: readonly ProvedStatement[], hasKey: boolean): Group[] {
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
          decodeGroup(
            kernel,
            shape,
            places.flatMap((place) => ballots[place] ?? []),
            places,
          ),
        ],
  );
}
