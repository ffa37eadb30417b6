/** The voters of a simulated election, from the seed alone: credentials, who votes, and for what. FOR SIMULATION ONLY. */
import { type Bytes, toBase64Url } from '../crypto/bytes.ts';
import { ELEMENT_BYTES } from '../crypto/group.ts';
import type { Kernel } from '../crypto/kernel/kernel.ts';
import { addScalars, multiplyScalars, type Scalar, scalarOf } from '../crypto/scalar.ts';
import type { SimulatedVote } from './make-ballots.ts';
import { Progression, seededScalar } from './progression.ts';
import { CONTEST, optionNames, type SimulatedContest } from './simulated-election.ts';

const BATCH = 512;

export interface SimulatedVoters {
  readonly seed: string;
  readonly members: number;
  /** Per cent. */
  readonly turnout: number;
  readonly contest: SimulatedContest;
}

/** A number in [0, 1) for member i and a purpose (the finaliser of MurmurHash3). */
function chance(i: number, purpose: number): number {
  let h = Math.imul(i + 1, 0x9e3779b1) ^ Math.imul(purpose + 1, 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return ((h ^ (h >>> 16)) >>> 0) / 2 ** 32;
}

/** Member i, from 0, votes. */
export function votes({ turnout }: SimulatedVoters, i: number): boolean {
  return chance(i, 0) < turnout / 100;
}

/** The credentials x_i = x_0 + i·d. */
export class Credentials {
  readonly #kernel: Kernel;
  readonly #first: Scalar;
  readonly #step: Scalar;
  readonly #progression: Progression;

  constructor(kernel: Kernel, seed: string) {
    this.#kernel = kernel;
    this.#first = seededScalar(seed, 'credentials');
    this.#step = seededScalar(seed, 'between credentials');
    this.#progression = new Progression(kernel, [kernel.generator], this.#step, BATCH);
  }

  /** x of the members from `start` on. */
  secrets(start: number, count: number): Scalar[] {
    return this.#progression.scalars(this.#secret(start), count);
  }

  #secret(i: number): Scalar {
    return addScalars(this.#first, multiplyScalars(this.#step, scalarOf(i)));
  }

  /** P of the members from `start` on, 32 bytes each. */
  publicKeys(start: number, count: number): Bytes {
    const keys = new Uint8Array(count * ELEMENT_BYTES);
    for (let at = 0; at < count; at += BATCH) {
      const halves = this.#progression.halves(this.#secret(start + at), Math.min(BATCH, count - at));
      for (const points of halves) keys.set(this.#kernel.encodeDoubles(points), at * ELEMENT_BYTES);
    }
    return keys;
  }
}

/** The first votes of those of the members from `start` on that vote. */
export function votesOf(
  credentials: Credentials,
  voters: SimulatedVoters,
  start: number,
  count: number,
): SimulatedVote[] {
  const keys = credentials.publicKeys(start, count);
  const names = optionNames(voters.contest);
  return credentials.secrets(start, count).flatMap((x, n) => {
    const i = start + n;
    if (!votes(voters, i)) return [];
    const { most } = voters.contest;
    const many = most === 1 ? 1 : Math.floor(chance(i, 1) * (most + 1));
    const from = Math.floor(chance(i, 2) * names.length);
    const chosen = names.filter((_, at) => (at - from + names.length) % names.length < many);
    const P = toBase64Url(keys.subarray(n * ELEMENT_BYTES, (n + 1) * ELEMENT_BYTES));
    return [{ x, P, weight: 1, prev: { kind: 'none' }, choices: { [CONTEST]: chosen } }];
  });
}
