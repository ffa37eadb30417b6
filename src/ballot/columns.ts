/**
 * What is counted of a contest: docs/protocol.md §6.2. A column is a sum of a ballot's values; nothing finer is ever
 * decrypted. One for each option, then what stands beside them.
 */
import { type Bytes, concat, u32 } from '../crypto/bytes.ts';
import type { Clause } from '../crypto/proofs/ballot-statement.ts';
import type { Contest } from './manifest.ts';
import { bitsOf, valueCount } from './values.ts';

export type ColumnName =
  | { readonly kind: 'option'; readonly id: string }
  /** Ballots left blank. */
  | { readonly kind: 'blank' }
  /** Of the weights of split cards. */
  | { readonly kind: 'unused' }
  | { readonly kind: 'merged'; readonly id: string };

export interface Column {
  readonly name: ColumnName;
  /** Σ coefficient·value; of a merged motion 1 if that is above 0. Coefficients are above 0, and terms at least one. */
  readonly terms: Clause['terms'];
}

type Shaped = Pick<Contest, 'options' | 'shape'>;

const BLANK = { kind: 'blank' } as const;

/** Of each option in order, then of `last` if there is one. `termsOf` takes their numbers from 0. */
function columns(
  { options }: Shaped,
  last: ColumnName | null,
  termsOf: (place: number) => Column['terms'],
): Column[] {
  const names = [...options.map((id) => ({ kind: 'option', id }) as const), ...(last === null ? [] : [last])];
  return names.map((name, place) => ({ name, terms: termsOf(place) }));
}

/** @param weight of the ballots. */
export function contestColumns(contest: Shaped, weight: number): Column[] {
  const { options, shape } = contest;
  switch (shape.kind) {
    case 'choose':
      return columns(contest, shape.blank ? BLANK : null, (place) => [[place, 1]]);
    case 'score':
      return columns(contest, null, (place) => [[place, 1]]);
    case 'ranking': {
      const places = shape.points.length;
      return columns(contest, shape.blank ? BLANK : null, (i) =>
        i === options.length
          ? [[i * places, 1]]
          : shape.points.flatMap((points, j) => (points === 0 ? [] : [[i * places + j, points] as const])),
      );
    }
    case 'split': {
      const bits = bitsOf(weight);
      return columns(contest, { kind: 'unused' }, (i) =>
        Array.from({ length: bits }, (_, j) => [i * bits + j, 2 ** j] as const),
      );
    }
    case 'support':
      return [
        ...columns(contest, null, (place) => [[place, 1]]),
        ...shape.merged.map(
          ({ id, parts }): Column => ({
            name: { kind: 'merged', id },
            // A part that is no option, which the rules refuse, adds nothing.
            terms: parts.flatMap((part) =>
              options.includes(part) ? [[options.indexOf(part), 1] as const] : [],
            ),
          }),
        ),
      ];
  }
}

/** What each column counts: the same for every weight. */
export function columnNames(contest: Shaped): ColumnName[] {
  return contestColumns(contest, 1).map(({ name }) => name);
}

/** Of a card of 10^9, the heaviest. */
const MAX_BITS = 30;

/**
 * The columns of ballots with this many values: of split cards the number tells the digits of the weight, and those
 * the columns. Null if no ballot has that many.
 */
export function columnsOf(contest: Shaped, values: number): Column[] | null {
  const bits = contest.shape.kind === 'split' ? values / (contest.options.length + 1) : 1;
  if (!Number.isInteger(bits) || bits < 1 || bits > MAX_BITS) return null;
  const weight = 2 ** bits - 1;
  return valueCount(contest, weight) === values ? contestColumns(contest, weight) : null;
}

/** The most that one ballot can add to any column. */
export function largestEntry({ shape }: Pick<Contest, 'shape'>, weight: number): number {
  switch (shape.kind) {
    case 'score':
      return shape.max;
    case 'ranking':
      return Math.max(...shape.points);
    case 'split':
      return weight;
    case 'choose':
    case 'support':
      return 1;
  }
}

function encodeColumn({ name, terms }: Column): Bytes {
  return concat(
    Uint8Array.of(name.kind === 'merged' ? 1 : 0),
    u32(terms.length),
    ...terms.flatMap(([index, coefficient]) => [u32(index), u32(coefficient)]),
  );
}

export function encodeColumns(columns: readonly Column[]): Bytes {
  return concat(u32(columns.length), ...columns.map(encodeColumn));
}
