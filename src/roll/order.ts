/** The two orders that a roll is sorted by (docs/protocol.md §4.2). */
import type { Bytes } from '../crypto/bytes.ts';

/** Byte strings of one length, in lexicographic order. */
export function compareBytes(a: Bytes, b: Bytes): number {
  for (let i = 0; i < a.length; i += 1) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** Strings in the order of their UTF-16 code units. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
