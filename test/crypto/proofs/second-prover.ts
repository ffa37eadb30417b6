/**
 * docs/protocol.md §6.3 and §6.4 once more, from the text and straight on @noble/curves: to compare with, and to
 * cheat with, since it proves any values over any sets, and takes its challenge from where it is told.
 */
import { expand_message_xmd } from '@noble/curves/abstract/hash-to-curve.js';
import { ristretto255 } from '@noble/curves/ed25519.js';
import { sha512, sha512_256 } from '@noble/hashes/sha2.js';

const { Point } = ristretto255;
type Point = InstanceType<typeof Point>;

export const L = Point.Fn.ORDER;
export const mod = (n: bigint): bigint => ((n % L) + L) % L;
export const times = (point: Point, n: bigint): Point => point.multiplyUnsafe(mod(n));
export const G = Point.BASE;
export const point = (bytes: Uint8Array): Point => Point.fromBytes(bytes);

const text = new TextEncoder();
const join = (...parts: Uint8Array[]): Uint8Array =>
  Uint8Array.from(parts.flatMap((part) => Array.from(part)));
const u32 = (n: number): Uint8Array => Uint8Array.of(n >>> 24, n >>> 16, n >>> 8, n);
const frame = (part: Uint8Array): Uint8Array => join(u32(part.length), part);
const littleEndian = (bytes: Uint8Array): bigint =>
  bytes.reduceRight((n, byte) => (n << 8n) | BigInt(byte), 0n);

export const random = (): bigint => mod(littleEndian(crypto.getRandomValues(new Uint8Array(64))));
export const scalarBytes = (n: bigint): Uint8Array =>
  Uint8Array.from({ length: 32 }, (_, i) => Number((mod(n) >> BigInt(8 * i)) & 255n));

export function hashC(K: Uint8Array): Uint8Array {
  return sha512(join(frame(text.encode('teller/v1/ballot-commitments')), frame(K)));
}

export function hashF(M: Uint8Array, C: Uint8Array): Uint8Array {
  return sha512_256(join(frame(text.encode('teller/v1/ballot-fingerprint')), frame(M), frame(C)));
}

/** e as the protocol has it. */
export function strongChallenge(M: Uint8Array, C: Uint8Array): bigint {
  return mod(
    littleEndian(expand_message_xmd(join(M, C), text.encode('teller/v1/ballot-challenge'), 64, sha512)),
  );
}

export interface Told {
  readonly M: Uint8Array;
  readonly x: bigint;
  readonly Y: Uint8Array;
  readonly k: readonly bigint[];
  /** Those of the α, or of the β, if they are others: the responses are still of k. */
  readonly kAlpha?: readonly bigint[];
  readonly kBeta?: readonly bigint[];
  readonly values: readonly bigint[];
  /** The sets that the prover would like to have. */
  readonly clauses: readonly {
    readonly terms: readonly (readonly [number, number])[];
    readonly set: readonly bigint[];
  }[];
  /** What is added to points of K, by their places, before the challenge is drawn: each equation is false by so much. */
  readonly shifts?: ReadonlyMap<number, Point>;
}

/** (k·G, v·G + k·Y), any v. */
export function encryptAny(Y: Uint8Array, v: bigint, k: bigint): Uint8Array {
  return join(
    times(G, k).toBytes(),
    times(G, v)
      .add(times(point(Y), k))
      .toBytes(),
  );
}

export function proveAnything(told: Told): Uint8Array {
  const { M, x, Y, k, kAlpha = k, kBeta = k, values, clauses, shifts } = told;
  const key = point(Y);
  const sum = (terms: readonly (readonly [number, number])[], of: readonly bigint[]): bigint =>
    mod(terms.reduce((total, [j, n]) => total + BigInt(n) * (of[j] ?? 0n), 0n));
  const w0 = random();
  const proving = clauses.map(({ terms, set }) => {
    const t = sum(terms, values);
    const kk = sum(terms, k);
    const real = Math.max(
      0,
      set.findIndex((v) => mod(v) === t),
    );
    return set.map((v, i) => {
      const [c, r, w] = [random(), random(), random()];
      if (i === real) return { c: undefined, w, r, kk, A: times(G, w), B: times(key, w) };
      const A = times(G, r - c * sum(terms, kAlpha));
      const B = times(key, r - c * sum(terms, kBeta)).subtract(times(G, c * (t - v)));
      return { c, w, r, kk, A, B };
    });
  });
  const sent = [times(G, w0), ...proving.flat().flatMap(({ A, B }) => [A, B])];
  const K = join(...sent.map((one, place) => one.add(shifts?.get(place) ?? Point.ZERO).toBytes()));
  const e = strongChallenge(M, hashC(K));
  const scalars = proving.flatMap((branches) => {
    const rest = mod(e - branches.reduce((total, { c = 0n }) => total + c, 0n));
    const challenges = branches.map(({ c = rest }) => c);
    const responses = branches.map(({ c, w, r, kk }) => (c === undefined ? w + rest * kk : r));
    return [...challenges.slice(0, -1), ...responses];
  });
  return join(K, ...[w0 + e * x, ...scalars].map(scalarBytes));
}

/** The proof with a new T and r, so that the credential clause holds for whatever else is in its `size` bytes of K. */
export function signedAnew(M: Uint8Array, x: bigint, proof: Uint8Array, size: number): Uint8Array {
  const w = random();
  const K = join(times(G, w).toBytes(), proof.subarray(32, size));
  return join(K, scalarBytes(w + strongChallenge(M, hashC(K)) * x), proof.subarray(size + 32));
}
