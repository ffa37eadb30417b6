/**
 * Valid ballots by the thousand (docs/protocol.md §6), for benchmarks and demonstrations. FOR SIMULATION ONLY: what
 * is secret in a real ballot is drawn without care and goes through the kernel, so these ballots hide nothing. What
 * comes out is an ordinary ballot that no verifier can tell from another.
 */
import { type BallotContext, type BallotRules, ballotRules } from '../ballot/ballot-context.ts';
import type { BallotEntry, Previous, VotedContest } from '../ballot/ballot-entry.ts';
import { hashBallot } from '../ballot/ballot-hash.ts';
import { type Choices, valuesOf as contestValues } from '../ballot/choices.ts';
import { shiftClauses } from '../ballot/clauses.ts';
import { encodeCanonical } from '../codec/canonical-json.ts';
import { type Bytes, concat, toBase64Url } from '../crypto/bytes.ts';
import { CIPHERTEXT_BYTES } from '../crypto/elgamal.ts';
import type { Kernel, Points } from '../crypto/kernel/kernel.ts';
import { publicHash512 } from '../crypto/kernel/public-hash.ts';
import { ballotChallenges } from '../crypto/proofs/ballot-challenges.ts';
import { ballotProofBytes, commitmentBytes } from '../crypto/proofs/ballot-proof-codec.ts';
import { type Clause, sumOfTerms } from '../crypto/proofs/ballot-statement.ts';
import {
  addScalars,
  invertScalar,
  multiplyScalars,
  negateScalar,
  parseScalar,
  SCALAR_BYTES,
  type Scalar,
  scalarOf,
  subtractScalars,
  ZERO,
} from '../crypto/scalar.ts';
import { halfMultiple, Progression, seededScalar, writeScalar } from './progression.ts';

export interface SimulatedVote {
  /** The secret of the credential, and P in base64url. */
  readonly x: Scalar;
  readonly P: string;
  readonly weight: number;
  readonly prev: Previous;
  readonly choices: Choices;
}

export interface SimulatedBallot {
  /** As published. */
  readonly bytes: Bytes;
  /** α₁‖β₁‖… of all contests. */
  readonly ciphertexts: Bytes;
}

/** Ballots whose points are computed together. */
const BATCH = 128;

/** What is alike in all ballots of a college. */
interface Form {
  readonly name: string;
  readonly rules: BallotRules;
  /** Of all contests together. */
  readonly clauses: readonly Clause[];
  readonly options: number;
  /** Scalars that a ballot draws. */
  readonly drawn: number;
}

/** One value of a clause on its way to c and r. */
interface Branch {
  readonly a: Scalar;
  /** Null for the true value. */
  readonly c: Scalar | null;
}

interface Draft {
  readonly vote: SimulatedVote;
  readonly w: Scalar;
  readonly clauses: readonly { readonly kSum: Scalar; readonly branches: readonly Branch[] }[];
}

function formOf(context: BallotContext, college: string, weight: number): Form {
  const rules = ballotRules(context, { college, weight });
  if (rules.mode !== 'secret') throw new RangeError(`${college} votes on the record`);
  let options = 0;
  const clauses = rules.contests.flatMap(({ values, clauses: own }) => {
    options += values;
    return shiftClauses(own, options - values);
  });
  const drawn = 1 + options + clauses.reduce((sum, { set }) => sum + 2 * set.length - 1, 0);
  return { name: college, rules, clauses, options, drawn };
}

function valuesOf({ rules }: Form, weight: number, choices: Choices): Scalar[] {
  return rules.contests.flatMap(({ contest }) =>
    contestValues(contest, weight, choices[contest.id] ?? []).map((value) => scalarOf(value)),
  );
}

/** The points of a batch, halved, in the order in which ballots have them. Sums of two are added up together. */
class PointList {
  readonly #kernel: Kernel;
  readonly #points: (Points | null)[] = [];
  readonly #left: Points[] = [];
  readonly #right: Points[] = [];

  constructor(kernel: Kernel) {
    this.#kernel = kernel;
  }

  push(point: Points, and?: Points): void {
    this.#points.push(and === undefined ? point : null);
    if (and === undefined) return;
    this.#left.push(point);
    this.#right.push(and);
  }

  /** The encodings of the points themselves. */
  encode(): Bytes {
    const kernel = this.#kernel;
    const sums = kernel.add(kernel.concat(this.#left), kernel.concat(this.#right));
    let next = 0;
    const points = this.#points.map((point) => point ?? kernel.slice(sums, next, (next += 1)));
    return kernel.encodeDoubles(kernel.concat(points));
  }
}

export class BallotMaker {
  readonly #kernel: Kernel;
  readonly #context: BallotContext;
  readonly #seed: string;
  readonly #step: Scalar;
  readonly #forms = new Map<string, { form: Form; nonces: Progression }>();
  /** v·G/2, by v. */
  readonly #multiples = new Map<Scalar, Points>();
  /** 1/d, by d. */
  readonly #inverses = new Map<Scalar, Scalar>();

  /** @param seed the same one for the same nonces: another for every maker whose ballots are not to look alike. */
  constructor(kernel: Kernel, context: BallotContext, seed: string) {
    this.#kernel = kernel;
    this.#context = context;
    this.#seed = seed;
    this.#step = seededScalar(seed, 'step');
  }

  /**
   * A ballot for each vote, in order.
   * @param first a number that tells these votes from all others of the seed.
   * @throws RangeError for a recorded college; CryptoError for choices that its clauses do not allow.
   */
  make(college: string, votes: readonly SimulatedVote[], first: number): SimulatedBallot[] {
    const { form, nonces } = this.#formOf(college, votes[0]?.weight ?? 1);
    const made: SimulatedBallot[] = [];
    for (let at = 0; at < votes.length; at += BATCH) {
      const start = seededScalar(this.#seed, `${college}/${first + at}`);
      made.push(...this.#makeBatch(form, nonces, votes.slice(at, at + BATCH), start));
    }
    return made;
  }

  #formOf(college: string, weight: number): { form: Form; nonces: Progression } {
    const known = this.#forms.get(college);
    if (known !== undefined) return known;
    const form = formOf(this.#context, college, weight);
    const { keyBytes } = this.#context;
    if (keyBytes === null) throw new RangeError('a secret college without an election key');
    const bases = [this.#kernel.generator, this.#kernel.decode(keyBytes).points];
    const made = { form, nonces: new Progression(this.#kernel, bases, this.#step, BATCH * form.drawn) };
    this.#forms.set(college, made);
    return made;
  }

  /** v·G/2. */
  #multiple(v: Scalar): Points {
    const known = this.#multiples.get(v) ?? halfMultiple(this.#kernel, this.#kernel.generator, v);
    this.#multiples.set(v, known);
    return known;
  }

  #inverse(d: Scalar): Scalar {
    const known = this.#inverses.get(d) ?? invertScalar(d);
    this.#inverses.set(d, known);
    return known;
  }

  #makeBatch(
    form: Form,
    nonces: Progression,
    votes: readonly SimulatedVote[],
    start: Scalar,
  ): SimulatedBallot[] {
    const kernel = this.#kernel;
    const count = votes.length * form.drawn;
    const scalars = nonces.scalars(start, count);
    const [ofG, ofY] = nonces.halves(start, count);
    if (ofG === undefined || ofY === undefined) return [];
    const points = new PointList(kernel);
    let next = 0;
    const draw = () => {
      const at = next++;
      return {
        s: scalars[at] ?? ZERO,
        G: () => kernel.slice(ofG, at, at + 1),
        Y: () => kernel.slice(ofY, at, at + 1),
      };
    };
    const drafts = votes.map((vote): Draft => {
      const values = valuesOf(form, vote.weight, vote.choices);
      // (α, β) = (k·G, v·G + k·Y)
      const k = values.map((v) => {
        const drawn = draw();
        points.push(drawn.G());
        points.push(drawn.Y(), v === ZERO ? undefined : this.#multiple(v));
        return drawn.s;
      });
      const w = draw();
      points.push(w.G());
      const clauses = form.clauses.map((clause) => {
        const t = sumOfTerms(clause, values);
        const branches = clause.set.map((value): Branch => {
          const a = draw();
          points.push(a.G());
          const v = scalarOf(value);
          if (v === t) {
            points.push(a.Y());
            return { a: a.s, c: null };
          }
          // B = a·Y − c·(t − v)·G = a·Y + u·G with u = c·(v − t)
          const u = draw();
          points.push(a.Y(), u.G());
          return { a: a.s, c: multiplyScalars(u.s, this.#inverse(subtractScalars(v, t))) };
        });
        return { kSum: sumOfTerms(clause, k), branches };
      });
      return { vote, w: w.s, clauses };
    });
    return this.#finish(form, drafts, points.encode());
  }

  /** @param encodings α₁‖β₁‖…, then K, of each. */
  #finish(form: Form, drafts: readonly Draft[], encodings: Bytes): SimulatedBallot[] {
    const ciphertexts = form.options * CIPHERTEXT_BYTES;
    const commitments = commitmentBytes(form.clauses);
    const size = ciphertexts + commitments;
    const at = (i: number, from: number, to: number) => encodings.subarray(i * size + from, i * size + to);
    const bodies = drafts.map(({ vote }, i) => this.#bodyOf(form, vote, at(i, 0, ciphertexts)));
    const statements = concat(...bodies.map((body) => hashBallot(body, {}, form.rules, publicHash512)));
    const K = drafts.map((_, i) => at(i, ciphertexts, size));
    const { challenges } = ballotChallenges(this.#kernel, statements, concat(...K), commitments);
    return drafts.map((draft, i) => {
      const e = parseScalar(challenges.subarray(i * SCALAR_BYTES, (i + 1) * SCALAR_BYTES));
      const proof = new Uint8Array(ballotProofBytes(form.clauses));
      proof.set(K[i] ?? new Uint8Array());
      writeResponses(proof, commitments, draft, e);
      const body = { ...(bodies[i] ?? this.#bodyOf(form, draft.vote, concat())), proof: toBase64Url(proof) };
      const entry: BallotEntry = { v: 1, type: 'ballot', election: this.#context.election, body, ext: {} };
      return { bytes: encodeCanonical(entry), ciphertexts: at(i, 0, ciphertexts) };
    });
  }

  #bodyOf({ name, rules }: Form, { P, weight, prev }: SimulatedVote, ciphertexts: Bytes) {
    let next = 0;
    const contests = rules.contests.map(({ contest, values }): VotedContest => {
      const own = values * CIPHERTEXT_BYTES;
      const bytes = ciphertexts.subarray(next, (next += own));
      return { id: contest.id, mode: 'secret', ciphertexts: toBase64Url(bytes) };
    });
    const part = { i: 1, of: 1 } as const;
    return { ctx: this.#context.ctx, college: name, weight, P, prev, part, contests };
  }
}

/** r, and of every clause the c of each value but the last and the r of each. */
function writeResponses(proof: Bytes, from: number, { vote, w, clauses }: Draft, e: Scalar): void {
  let at = from;
  const write = (scalar: Scalar): void => {
    writeScalar(proof, at, scalar);
    at += SCALAR_BYTES;
  };
  write(addScalars(w, multiplyScalars(e, vote.x)));
  for (const { kSum, branches } of clauses) {
    const others = branches.reduce((sum, { c }) => addScalars(sum, c ?? ZERO), ZERO);
    const own = addScalars(e, negateScalar(others));
    const challenges = branches.map(({ c }) => c ?? own);
    challenges.slice(0, -1).forEach(write);
    branches.forEach(({ a }, j) => write(addScalars(a, multiplyScalars(challenges[j] ?? ZERO, kSum))));
  }
}
