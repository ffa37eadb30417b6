/** The values of a ballot in one contest, one ciphertext or plain number each: docs/protocol.md §6.2. */
import type { Contest } from './manifest.ts';

/** The number of binary digits of a weight: the least n with weight < 2^n. */
export function bitsOf(weight: number): number {
  let bits = 0;
  while (2 ** bits <= weight) bits += 1;
  return bits;
}

/** How many values a ballot of this weight has. */
export function valueCount({ options, shape }: Pick<Contest, 'options' | 'shape'>, weight: number): number {
  switch (shape.kind) {
    case 'choose':
      return options.length + (shape.blank ? 1 : 0);
    case 'ranking':
      return options.length * shape.points.length + (shape.blank ? 1 : 0);
    case 'split':
      return (options.length + 1) * bitsOf(weight);
    case 'score':
    case 'support':
      return options.length;
  }
}
