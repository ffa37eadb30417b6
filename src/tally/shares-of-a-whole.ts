/**
 * Votes of several colleges on one scale, in exact integers (docs/protocol.md §10): plain sums, or, where colleges
 * have shares, Σ share·part/base over one common denominator.
 */
import type { Share } from '../ballot/rules.ts';

/** What one college brings: its parts, of a base. */
export interface Contribution {
  readonly share: Share | null;
  readonly base: bigint;
  readonly parts: readonly bigint[];
}

/** parts[i]/whole is what part i has of everything; the numbers themselves are over an arbitrary denominator. */
export interface Combined {
  readonly parts: readonly bigint[];
  readonly whole: bigint;
  /** What one vote of each contribution is on this scale. */
  readonly units: readonly bigint[];
}

/** A college in which the base is 0 has no say: the shares of the others are the whole. */
export function combine(contributions: readonly Contribution[], length: number): Combined {
  const denominator = contributions.reduce(
    (product, { share, base }) =>
      share === null || base === 0n ? product : product * BigInt(share.q) * base,
    1n,
  );
  const units = contributions.map(({ share, base }) => {
    if (base === 0n) return 0n;
    return share === null ? 1n : (denominator / (BigInt(share.q) * base)) * BigInt(share.p);
  });
  const parts = Array.from({ length }, () => 0n);
  let whole = 0n;
  for (const [i, { base, parts: own }] of contributions.entries()) {
    const unit = units[i] ?? 0n;
    whole += unit * base;
    for (let j = 0; j < length; j += 1) parts[j] = (parts[j] ?? 0n) + unit * (own[j] ?? 0n);
  }
  return { parts, whole, units };
}

/** part/whole against p/q; a part of 0 reaches nothing. */
export function reaches(
  { compare, p, q }: { readonly compare: 'more-than' | 'at-least'; readonly p: number; readonly q: number },
  part: bigint,
  whole: bigint,
): boolean {
  const [reached, needed] = [part * BigInt(q), BigInt(p) * whole];
  return part > 0n && (compare === 'more-than' ? reached > needed : reached >= needed);
}
