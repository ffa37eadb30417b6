/**
 * Integers modulo ℓ = 2^252 + C, in limbs of 32 bits, little-endian: sums of products, reduced once at the end.
 * Variable time: public data only.
 */

// @ts-ignore: decorator
@inline const SCALAR: usize = 32;

/** ℓ. */
const ORDER = memory.data<u64>([0x5812631a5cf5d3ed, 0x14def9dea2f79cd6, 0, 0x1000000000000000]);
/** C = ℓ − 2^252, 125 bits. */
const LOW = memory.data<u64>([0x5812631a5cf5d3ed, 0x14def9dea2f79cd6]);

/** A sum in the making: 16 limbs, 512 bits. */
// @ts-ignore: decorator
@inline export const WIDE: usize = 64;
/** 2^(32·i) mod ℓ at 32·(i − 8), for the limbs 8 … 15. */
const POWERS = memory.data(256, 8);
/** C·2^32. */
const SHIFTED = memory.data(24, 8);

/** o += a·x for `n` limbs x. What leaves limb `end` is zero: the callers say why. */
function addMultiple(o: usize, a: u64, x: usize, n: i32, end: i32): void {
  let carry: u64 = 0;
  let i = 0;
  for (; i < n; i++) {
    // At most (2^32 − 1)² + 2·(2^32 − 1) = 2^64 − 1.
    const t = a * load<u32>(x + 4 * i) + load<u32>(o + 4 * i) + carry;
    store<u32>(o + 4 * i, <u32>t);
    carry = t >> 32;
  }
  for (; carry != 0 && i < end; i++) {
    const t = load<u32>(o + 4 * i) + carry;
    store<u32>(o + 4 * i, <u32>t);
    carry = t >> 32;
  }
}

/** o −= a·x, of 8 limbs. @returns whether it went below zero, and has 2^256 too much. */
function subtractMultiple(o: usize, a: u64, x: usize, n: i32): bool {
  let borrow: u64 = 0;
  for (let i = 0; i < 8; i++) {
    const t = (i < n ? a * load<u32>(x + 4 * i) : 0) + borrow;
    const own: u64 = load<u32>(o + 4 * i);
    store<u32>(o + 4 * i, <u32>(own - t));
    borrow = (t >> 32) + u64(own < (t & 0xffffffff));
  }
  return borrow != 0;
}

const REST = memory.data(40, 8);

/** The nine limbs of REST, below 2^288, mod ℓ. */
function reduceRest(o: usize): void {
  // x = q·2^252 + r ≡ r − q·C, which is above −2^161 and below 2^252.
  const q = load<u64>(REST, 28) >> 28;
  store<u32>(REST, load<u32>(REST, 28) & 0x0fffffff, 28);
  const low = subtractMultiple(REST, q & 0xffffffff, LOW, 4);
  const high = subtractMultiple(REST, q >> 32, SHIFTED, 5);
  if (low || high) addMultiple(REST, 1, ORDER, 8, 8);
  memory.copy(o, REST, SCALAR);
}

/** 512 bits mod ℓ. */
export function reduceWide(o: usize, wide: usize): void {
  memory.copy(REST, wide, SCALAR);
  store<u32>(REST, 0, 32);
  // At most 2^256 + 8·2^32·ℓ < 2^288.
  for (let i = 0; i < 8; i++) addMultiple(REST, load<u32>(wide + 32 + 4 * i), POWERS + SCALAR * i, 8, 9);
  reduceRest(o);
}

/** Fills the tables; once, before anything else. */
export function initScalars(): void {
  memory.copy(SHIFTED + 4, LOW, 16);
  // 2^256 = 16·2^252 ≡ 16·ℓ − 16·C, and then each is the one before times 2^32.
  memory.fill(REST, 0, 40);
  store<u32>(REST, 1, 32);
  for (let i = 0; i < 8; i++) {
    reduceRest(POWERS + SCALAR * i);
    store<u32>(REST, 0);
    memory.copy(REST + 4, POWERS + SCALAR * i, SCALAR);
  }
}

const FACTOR = memory.data(24, 8);
const NEGATED = memory.data(32, 8);

/** sum += factor·w·s for a weight of 128 bits, an integer |factor| < 2^53 and a scalar: below 2^434. */
function addProduct(sum: usize, factor: f64, weight: usize, scalar: usize): void {
  let s = scalar;
  if (factor < 0) {
    memory.copy(NEGATED, ORDER, SCALAR);
    subtractMultiple(NEGATED, 1, scalar, 8);
    s = NEGATED;
  }
  const f = <u64>abs(factor);
  let w = weight;
  let limbs = 4;
  if (f != 1) {
    memory.fill(FACTOR, 0, 24);
    addMultiple(FACTOR, f & 0xffffffff, weight, 4, 6);
    addMultiple(FACTOR + 4, f >> 32, weight, 4, 5);
    w = FACTOR;
    limbs = 6;
  }
  for (let i = 0; i < limbs; i++) addMultiple(sum + 4 * i, load<u32>(w + 4 * i), s, 8, 16 - i);
}

/**
 * For each of n items, with weights and scalars of its own, sums of products. Step: u32 sum, u32 weight, u32 scalar,
 * u32 nothing, f64 factor. The first `shared` sums go on from item to item, and are written once, to `o`; behind
 * them the others of each item, 32 bytes each. `sums` has room for 64 bytes each. Fewer than 2^70 products.
 */
export function sumProducts(
  o: usize,
  n: i32,
  steps: usize,
  stepCount: i32,
  weights: usize,
  weightCount: i32,
  scalars: usize,
  scalarCount: i32,
  sums: usize,
  sumCount: i32,
  shared: i32,
): void {
  const stepEnd = steps + 24 * stepCount;
  const own = sums + WIDE * shared;
  let to = o + SCALAR * shared;
  memory.fill(sums, 0, WIDE * shared);
  for (let item = 0; item < n; item++) {
    memory.fill(own, 0, WIDE * (sumCount - shared));
    for (let step = steps; step < stepEnd; step += 24) {
      const weight = weights + 16 * load<u32>(step, 4);
      addProduct(sums + WIDE * load<u32>(step), load<f64>(step, 16), weight, scalars + SCALAR * load<u32>(step, 8));
    }
    for (let k = 0; k < sumCount - shared; k++, to += SCALAR) reduceWide(to, own + WIDE * k);
    weights += 16 * weightCount;
    scalars += SCALAR * scalarCount;
  }
  for (let k = 0; k < shared; k++) reduceWide(o + SCALAR * k, sums + WIDE * k);
}
