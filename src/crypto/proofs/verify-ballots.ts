/**
 * Verifying many ballots at once: every equation of docs/protocol.md §6.3, each times a random weight, adds up
 * to one multi-scalar multiplication. If an equation is false, the sum is the identity with probability 2^−128.
 * All input is hostile, and public.
 *
 * Where not all hold, the credentials are looked at first, since anybody can make a ballot under anybody's P, and then
 * the clauses of those that are left. A ballot at fault is found and told by sums too: the reference costs more.
 */
import { randomBytes } from '@noble/hashes/utils.js';
import { type Bytes, concat } from '../bytes.ts';
import { CryptoError } from '../errors.ts';
import { ELEMENT_BYTES, encodeElement, G, parseNonIdentity } from '../group.ts';
import type { EncodedTerms, Kernel, SumOfEncoded, SumPlan } from '../kernel/kernel.ts';
import { addScalars, encodeScalar, parseScalar, type RandomSource, SCALAR_BYTES, ZERO } from '../scalar.ts';
import { equationsOf } from './ballot-equations.ts';
import { type Group, groupBallots, type ProvedStatement, type Shape } from './ballot-groups.ts';
import { verifyBallotProof } from './verify-ballot.ts';

/** Those of a group from `start` to before `end`. */
interface Part {
  readonly group: Group;
  readonly start: number;
  readonly end: number;
}

const WEIGHT_BYTES = 16;

/** Weights of 128 bits, of the verifier's own choosing, once the ballots are fixed. */
function drawWeights(count: number, random: RandomSource): Bytes {
  const bytes = new Uint8Array(WEIGHT_BYTES * count);
  for (let at = 0; at < bytes.length; at += MOST_RANDOM_BYTES) {
    bytes.set(random(Math.min(MOST_RANDOM_BYTES, bytes.length - at)), at);
  }
  return bytes;
}

/** What getRandomValues gives at most. */
const MOST_RANDOM_BYTES = 65_536;

/** What the equations of ballots are checked with. */
interface Check {
  readonly kernel: Kernel;
  /** The encodings of G and Y, with room for their hints. */
  readonly bases: Omit<EncodedTerms, 'scalars'>;
  readonly random: RandomSource;
}

/** Some of the equations of ballots of a shape. */
type Equations = (shape: Shape) => SumPlan;

const ALL: Equations = ({ plan }) => plan;
const CREDENTIAL: Equations = ({ plan }) => equationsOf(plan, 0, 1);
const CLAUSES: Equations = ({ plan }) => equationsOf(plan, 1, plan.weights);

/** Of these equations of every ballot, each times a weight; or which terms have no points. */
function sumOf({ kernel, bases, random }: Check, parts: readonly Part[], equations: Equations): SumOfEncoded {
  const terms: EncodedTerms[] = [];
  let [ofG, ofY] = [ZERO, ZERO];
  for (const { group, start, end } of parts) {
    const plan = equations(group.shape);
    const rowsOf = (bytes: Bytes, size: number): Bytes => bytes.subarray(start * size, end * size);
    const weights = drawWeights((end - start) * plan.weights, random);
    const { shared, own } = kernel.sumProducts(
      plan,
      weights,
      rowsOf(group.scalars, plan.scalars * SCALAR_BYTES),
    );
    ofG = addScalars(ofG, parseScalar(shared.subarray(0, SCALAR_BYTES)));
    ofY = addScalars(ofY, parseScalar(shared.subarray(SCALAR_BYTES)));
    const size = plan.own * ELEMENT_BYTES;
    terms.push({
      encodings: rowsOf(group.encodings, size),
      scalars: own,
      hints: rowsOf(group.hints, size),
    });
  }
  return kernel.sumEncoded([{ ...bases, scalars: concat(encodeScalar(ofG), encodeScalar(ofY)) }, ...terms]);
}

/** Whether a sum is the identity. */
function isNothing(kernel: Kernel, sum: SumOfEncoded): boolean {
  return sum.ok && kernel.isIdentity(sum.sum);
}

/** Whether these equations of every ballot hold. */
function allHold(check: Check, parts: readonly Part[], equations: Equations): boolean {
  return isNothing(check.kernel, sumOf(check, parts, equations));
}

/** The ballots that terms of the sum of parts belong to, each as a part of its own. G and Y come first. */
function ballotsOf(parts: readonly Part[], terms: readonly number[]): Part[] {
  const ballots: Part[] = [];
  let first = 2;
  for (const { group, start, end } of parts) {
    const { own } = group.shape.plan;
    const after = first + (end - start) * own;
    const rows = terms
      .filter((term) => term >= first && term < after)
      .map((term) => start + Math.floor((term - first) / own));
    for (const row of new Set(rows)) ballots.push({ group, start: row, end: row + 1 });
    first = after;
  }
  return ballots;
}

/** A part that does not hold is cut into so many: at worst, each of 4,096 ballots is in five sums. */
const FAN = 8;

const countOf = (parts: readonly Part[]): number =>
  parts.reduce((sum, { start, end }) => sum + end - start, 0);

/** Up to eight of about equally many ballots. */
function cut(parts: readonly Part[]): Part[][] {
  const size = Math.ceil(countOf(parts) / FAN);
  const cuts: Part[][] = [];
  let room = 0;
  for (const { group, start, end } of parts) {
    for (let at = start; at < end; ) {
      if (room === 0) cuts.push([]);
      room = room || size;
      const to = Math.min(end, at + room);
      cuts.at(-1)?.push({ group, start: at, end: to });
      room -= to - at;
      at = to;
    }
  }
  return cuts;
}

/** Each ballot of which these equations do not hold, as a part of its own. */
function suspects(check: Check, parts: readonly Part[], equations: Equations): readonly Part[] {
  const count = countOf(parts);
  if (count === 0 || allHold(check, parts, equations)) return [];
  return count === 1 ? parts : cut(parts).flatMap((some) => suspects(check, some, equations));
}

/** The parts without these ballots. */
function without(parts: readonly Part[], ballots: readonly Part[]): Part[] {
  return parts.flatMap(({ group, start, end }) => {
    const left: Part[] = [];
    let from = start;
    for (const ballot of ballots.filter((one) => one.group === group)) {
      left.push({ group, start: from, end: ballot.start });
      from = ballot.end;
    }
    return [...left, { group, start: from, end }].filter((part) => part.start < part.end);
  });
}

/** The first clause that does not hold, of one ballot whose clauses do not all hold. */
function firstFalse(check: Check, ballot: Part): number {
  const { firsts } = ballot.group.shape;
  let [low, high] = [0, firsts.length - 1];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    const lower: Equations = ({ plan }) => equationsOf(plan, firsts[low] ?? 0, firsts[middle] ?? 0);
    if (allHold(check, [ballot], lower)) low = middle;
    else high = middle;
  }
  return low;
}

/** Of ballots, by place. */
export interface Faults {
  /** What does not hold, as the reference names it. */
  readonly faults: ReadonlyMap<number, CryptoError>;
  /** Those with a point that cannot be decoded: nothing else is known of them. */
  readonly unread: ReadonlySet<number>;
}

/**
 * The ballots of rows that do not hold.
 * @param key Y, 32 bytes; null if no ballot has clauses.
 * @throws CryptoError if `key` itself is bad.
 */
export function findFaults(
  kernel: Kernel,
  key: Bytes | null,
  groups: readonly Group[],
  random: RandomSource = randomBytes,
): Faults {
  if (key !== null) parseNonIdentity(key, 'key');
  const encodings = concat(encodeElement(G), key ?? new Uint8Array(ELEMENT_BYTES));
  const check: Check = { kernel, bases: { encodings, hints: new Uint8Array(encodings.length) }, random };
  const all = groups
    .map((group): Part => ({ group, start: 0, end: group.places.length }))
    .filter(({ end }) => end > 0);
  const placeOf = ({ group, start }: Part): number => group.places[start] ?? -1;
  const faults = new Map<number, CryptoError>();
  if (all.length === 0) return { faults, unread: new Set() };
  const sum = sumOf(check, all, ALL);
  const unread = sum.ok ? [] : ballotsOf(all, sum.bad);
  const parts = without(all, unread);
  const found: Faults = { faults, unread: new Set(unread.map(placeOf)) };
  if (isNothing(kernel, sum) || parts.length === 0 || (!sum.ok && allHold(check, parts, ALL))) return found;
  const name = (ballot: Part, where: string): void => {
    faults.set(placeOf(ballot), new CryptoError('bad-proof', where, 'does not verify'));
  };
  const strangers = suspects(check, parts, CREDENTIAL);
  for (const ballot of strangers) name(ballot, 'proof.credential');
  for (const ballot of suspects(check, without(parts, strangers), CLAUSES)) {
    name(ballot, `proof.clauses[${firstFalse(check, ballot)}]`);
  }
  return found;
}

/** What cannot enter a batch: the reference says why, before it comes to a clause. */
function settle({ statement, proof }: ProvedStatement, key: Bytes | null): CryptoError | null {
  try {
    verifyBallotProof(statement, key, proof);
    return null;
  } catch (error) {
    if (error instanceof CryptoError) return error;
    throw error;
  }
}

/**
 * For each ballot null, or what `verifyBallotProof` says of it.
 * @param key Y, 32 bytes; null if no ballot has clauses.
 * @throws CryptoError if `key` itself is bad.
 */
export function verifyBallotProofs(
  kernel: Kernel,
  key: Bytes | null,
  ballots: readonly ProvedStatement[],
  random: RandomSource = randomBytes,
): (CryptoError | null)[] {
  const groups = groupBallots(kernel, ballots, key !== null);
  const inBatch = new Set(groups.flatMap(({ places }) => places));
  const { faults, unread } = findFaults(kernel, key, groups, random);
  return ballots.map((ballot, place) =>
    inBatch.has(place) && !unread.has(place) ? (faults.get(place) ?? null) : settle(ballot, key),
  );
}
