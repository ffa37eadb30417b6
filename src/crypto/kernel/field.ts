/**
 * The field of p = 2^255 − 19 elements on plain bigints, in variable time: public data only.
 *
 * A field element is any bigint congruent to it, negative ones too. Every operation is exact on integers,
 * so a value that grows beyond 256 bits costs time, never correctness. `canonical` gives the one
 * representative in 0 … p − 1, which comparison, parity and encoding need.
 */

export const P = 2n ** 255n - 19n;
const LOW_256 = 2n ** 256n - 1n;

/** 2^256 ≡ 38 (mod p). Two folds bring a product of 260-bit factors below 2^256 + 2^20. */
export function mul(a: bigint, b: bigint): bigint {
  const wide = a * b;
  const narrow = (wide & LOW_256) + 38n * (wide >> 256n);
  return (narrow & LOW_256) + 38n * (narrow >> 256n);
}

export function canonical(a: bigint): bigint {
  const rest = a % P;
  return rest < 0n ? rest + P : rest;
}

/** "Negative" in the sense of RFC 9496 section 4.1: the canonical representative is odd. */
export function isNegative(a: bigint): boolean {
  return (canonical(a) & 1n) === 1n;
}

export function isZero(a: bigint): boolean {
  return a % P === 0n;
}

/** a^(2^times). */
function squareTimes(a: bigint, times: number): bigint {
  let power = a;
  for (let i = 0; i < times; i += 1) power = mul(power, power);
  return power;
}

/** a^(2^252 − 3), where (p − 5)/8 = 2^252 − 3. Here aN stands for a^(2^N − 1). */
function powerP58(a: bigint): bigint {
  const a2 = mul(squareTimes(a, 1), a);
  const a4 = mul(squareTimes(a2, 2), a2);
  const a5 = mul(squareTimes(a4, 1), a);
  const a10 = mul(squareTimes(a5, 5), a5);
  const a20 = mul(squareTimes(a10, 10), a10);
  const a40 = mul(squareTimes(a20, 20), a20);
  const a80 = mul(squareTimes(a40, 40), a40);
  const a160 = mul(squareTimes(a80, 80), a80);
  const a240 = mul(squareTimes(a160, 80), a80);
  const a250 = mul(squareTimes(a240, 10), a10);
  return mul(squareTimes(a250, 2), a);
}

/** 1/a = a^(p − 2), and 0 for 0. p − 2 = 8·(2^252 − 3) + 3. */
export function invert(a: bigint): bigint {
  return mul(squareTimes(powerP58(a), 3), mul(a, mul(a, a)));
}

/** The inverses of all, 0 for 0, for one inversion (Montgomery's trick). */
export function invertAll(values: readonly bigint[]): bigint[] {
  let product = 1n;
  const before = values.map((value) => {
    if (isZero(value)) return undefined;
    const earlier = product;
    product = mul(product, value);
    return earlier;
  });
  let rest = invert(product);
  const inverses = values.map(() => 0n);
  for (let i = values.length - 1; i >= 0; i -= 1) {
    const earlier = before[i];
    if (earlier === undefined) continue;
    inverses[i] = mul(rest, earlier);
    rest = mul(rest, values[i] ?? 0n);
  }
  return inverses;
}

/** √−1, the even one. */
export const SQRT_M1 = 0x2b8324804fc1df0b2b4d00993dfbd7a72f431806ad2fe478c4ee1b274a0ea0b0n;

/**
 * One of ±1/√a; undefined if a is zero or no square. With r = a^((p − 5)/8), r²·a = a^((p − 1)/4), which is
 * 1 or −1 for the squares and ±√−1 for the rest.
 */
export function invertSqrt(a: bigint): bigint | undefined {
  const root = powerP58(a);
  const check = canonical(mul(mul(root, root), a));
  if (check === 1n) return root;
  if (check === P - 1n) return mul(root, SQRT_M1);
  return undefined;
}
