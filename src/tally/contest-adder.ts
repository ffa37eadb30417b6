/**
 * How the ballots of a contest are added up: their values to columns (docs/protocol.md §6.2, §9.2), and the columns
 * of all of them. Ballots have been verified before, so a content has the values of its voter's weight.
 */
import { type Column, columnNames, columnsOf } from '../ballot/columns.ts';
import type { Contest } from '../ballot/manifest.ts';
import { type Bytes, concat } from '../crypto/bytes.ts';
import { CIPHERTEXT_BYTES } from '../crypto/elgamal.ts';
import type { Kernel, Points } from '../crypto/kernel/kernel.ts';
import { TallyError } from './errors.ts';
import {
  type Adder,
  CHOICE_BYTES,
  type ContentHints,
  choiceAdder,
  ciphertextAdder,
  parseChoices,
} from './sums.ts';

type Shaped = Pick<Contest, 'options' | 'shape'>;
type Columns = readonly Column[];

/** The columns of contents of a length; null for a length that no ballot of the contest has. */
function columnReader(contest: Shaped, valueBytes: number): (content: Bytes) => Columns | null {
  const known = new Map<number, Columns | null>();
  return ({ length }) => {
    const columns = known.get(length);
    if (columns !== undefined) return columns;
    const made = length % valueBytes === 0 ? columnsOf(contest, length / valueBytes) : null;
    known.set(length, made);
    return made;
  };
}

/** Each value is a column of its own: nothing is to be done. */
const isPlain = ({ shape }: Shaped): boolean => shape.kind === 'choose' || shape.kind === 'score';

const bit = (n: number, place: number): boolean => Math.floor(n / 2 ** place) % 2 === 1;

/**
 * Σ coefficient·P in every column, for ballots of equally many values at once: doubled and added, from the highest
 * digit of the coefficients down.
 * @param points α₁, β₁, α₂, β₂ … of each ballot.
 * @returns those of the columns of each ballot.
 */
function sumColumns(
  kernel: Kernel,
  points: Points,
  ballots: number,
  values: number,
  columns: Columns,
): Points[] {
  const rows = Array.from({ length: ballots }, (_, ballot) => ballot);
  const nothing = kernel.identities(2 * ballots);
  /** For every value its ciphertexts in all ballots. */
  const ofAll = Array.from({ length: values }, (_, index) =>
    kernel.concat(
      rows.map((ballot) =>
        kernel.slice(points, 2 * (ballot * values + index), 2 * (ballot * values + index + 1)),
      ),
    ),
  );
  const highest = Math.max(...columns.flatMap(({ terms }) => terms.map(([, n]) => n)));
  // Column by column, and in each ballot by ballot.
  let sums = kernel.identities(2 * ballots * columns.length);
  for (let place = Math.floor(Math.log2(highest)); place >= 0; place -= 1) {
    sums = kernel.add(sums, sums);
    const added = columns.map(({ terms }) => terms.flatMap(([index, n]) => (bit(n, place) ? [index] : [])));
    const most = Math.max(...added.map(({ length }) => length));
    for (let i = 0; i < most; i += 1) {
      const next = added.map((indices) => ofAll[indices[i] ?? values] ?? nothing);
      sums = kernel.add(sums, kernel.concat(next));
    }
  }
  return rows.map((ballot) =>
    kernel.concat(
      columns.map((_, column) => {
        const at = 2 * (column * ballots + ballot);
        return kernel.slice(sums, at, at + 2);
      }),
    ),
  );
}

/** Of secret ballots. @param hints where contents are read more than once. */
export function ciphertextColumns(kernel: Kernel, contest: Shaped, hints?: ContentHints): Adder<Points> {
  const adder = ciphertextAdder(kernel, columnNames(contest).length, hints);
  if (isPlain(contest)) return adder;
  const columnsOfContent = columnReader(contest, CIPHERTEXT_BYTES);

  /** Contents of one length. */
  const readAlike = (contents: readonly Bytes[], columns: Columns): Points[] => {
    const values = (contents[0]?.length ?? 0) / CIPHERTEXT_BYTES;
    const points = kernel.concat(ciphertextAdder(kernel, values, hints).parse(contents));
    return sumColumns(kernel, points, contents.length, values, columns);
  };

  return {
    ...adder,
    fits: (content) => columnsOfContent(content) !== null,
    read: (contents) => {
      const sums: Points[] = [];
      for (const alike of Map.groupBy(contents.keys(), (i) => contents[i]?.length).values()) {
        const own = alike.flatMap((i) => contents[i] ?? []);
        const columns = columnsOfContent(own[0] ?? concat());
        if (columns === null) throw wrongLength(alike[0] ?? 0);
        readAlike(own, columns).forEach((sum, i) => {
          sums[alike[i] ?? 0] = sum;
        });
      }
      return sums;
    },
  };
}

function wrongLength(place: number): TallyError {
  return new TallyError('bad-encoding', `contents[${place}]`, 'not the length of a ballot in this contest');
}

/** Of ballots on the record. */
export function choiceColumns(contest: Shaped): Adder<readonly bigint[]> {
  const adder = choiceAdder(columnNames(contest).length);
  if (isPlain(contest)) return adder;
  const columnsOfContent = columnReader(contest, CHOICE_BYTES);
  return {
    ...adder,
    fits: (content) => columnsOfContent(content) !== null,
    read: (contents) =>
      contents.map((content, place) => {
        const values = parseChoices(content, place);
        const columns = columnsOfContent(content);
        if (columns === null) throw wrongLength(place);
        return columns.map(({ name, terms }) => {
          const sum = terms.reduce((total, [index, n]) => total + BigInt(n) * (values[index] ?? 0n), 0n);
          return name.kind === 'merged' && sum > 0n ? 1n : sum;
        });
      }),
  };
}
