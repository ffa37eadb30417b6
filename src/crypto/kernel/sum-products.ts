/** Sums of products modulo ℓ on plain bigints: `Kernel.sumProducts`. Public data only. */
import type { Bytes } from '../bytes.ts';
import { GROUP_ORDER } from '../scalar.ts';
import type { SumPlan, Sums } from './kernel.ts';
import { countItems, ENCODED_BYTES, WEIGHT_BYTES } from './lengths.ts';

/** Integers of `size` bytes, little-endian. */
function integers(bytes: Bytes, size: number): bigint[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  return Array.from({ length: bytes.length / size }, (_, i) => {
    let n = 0n;
    for (let at = size - 8; at >= 0; at -= 8) n = (n << 64n) | view.getBigUint64(i * size + at, true);
    return n;
  });
}

function encode(sums: readonly bigint[]): Bytes {
  const bytes = new Uint8Array(sums.length * ENCODED_BYTES);
  const view = new DataView(bytes.buffer);
  sums.forEach((sum, i) => {
    const rest = sum % GROUP_ORDER;
    const least = rest < 0n ? rest + GROUP_ORDER : rest;
    for (let word = 0; word < 4; word += 1) {
      view.setBigUint64(i * ENCODED_BYTES + 8 * word, least >> BigInt(64 * word), true);
    }
  });
  return bytes;
}

export function sumProducts(plan: SumPlan, weights: Bytes, scalars: Bytes): Sums {
  const count = countItems(plan, weights, scalars);
  const shared = Array.from({ length: plan.shared }, () => 0n);
  const own = Array.from({ length: plan.own * count }, () => 0n);
  const w = integers(weights, WEIGHT_BYTES);
  const s = integers(scalars, ENCODED_BYTES);
  for (let item = 0; item < count; item += 1) {
    for (const { sum, weight, scalar, factor } of plan.products) {
      const product = (w[item * plan.weights + weight] ?? 0n) * (s[item * plan.scalars + scalar] ?? 0n);
      const scaled = factor === 1 ? product : BigInt(factor) * product;
      const [sums, at] = sum < plan.shared ? [shared, sum] : [own, item * plan.own + sum - plan.shared];
      sums[at] = (sums[at] ?? 0n) + scaled;
    }
  }
  return { shared: encode(shared), own: encode(own) };
}
