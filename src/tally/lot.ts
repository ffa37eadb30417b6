/** Drawing lots (docs/protocol.md §9.6). */
import { type Bytes, toHex, toUtf8 } from '../crypto/bytes.ts';
import { TAGS } from '../crypto/tags.ts';
import { hash256 } from '../crypto/transcript.ts';

/** The options by H256(lot-order, seed, what is decided, option), ascending. */
export function drawLot(options: readonly string[], decided: string, seed: Bytes): string[] {
  return options
    .map((option) => ({
      option,
      lot: toHex(hash256(TAGS.lotOrder, seed, toUtf8(decided), toUtf8(option))),
    }))
    .sort((a, b) => (a.lot < b.lot ? -1 : 1))
    .map(({ option }) => option);
}
