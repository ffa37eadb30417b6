/**
 * The ballots of a log, checked and added up, and nothing else of it: no roll, no chains, no count tree. What a
 * recount spends most of its time on, as benchmarks measure it.
 */
import type { CheckedBallots } from '../../ballot/regular-ballots.ts';
import type { Bytes } from '../../crypto/bytes.ts';
import { CIPHERTEXT_BYTES } from '../../crypto/elgamal.ts';
import { ELEMENT_BYTES } from '../../crypto/group.ts';
import type { Kernel, Points } from '../../crypto/kernel/kernel.ts';
import { wasmKernel } from '../../crypto/kernel/wasm.ts';
import { type CheckedEntries, type EntryChecker, packEntries } from './check-entries.ts';

export interface BallotRecount {
  /** How many were valid, and how many entries were anything else. */
  readonly valid: number;
  readonly refused: number;
  /** By college, Σα₁‖Σβ₁‖Σα₂‖… of all contests over the valid ballots. */
  readonly sums: ReadonlyMap<string, Bytes>;
  /** Of each entry, for another recount; [] unless they were asked for. */
  readonly hints: readonly Bytes[];
}

const CHUNK = 1024;

/** Σ of rows of points, `size` points each, by halves. */
function sumRows(kernel: Kernel, rows: Points, size: number): Points {
  let rest = rows;
  while (rest.length > size) {
    const half = size * Math.floor(rest.length / size / 2);
    const sum = kernel.add(kernel.slice(rest, 0, half), kernel.slice(rest, half, 2 * half));
    rest = 2 * half === rest.length ? sum : kernel.concat([sum, kernel.slice(rest, 2 * half, rest.length)]);
  }
  return rest;
}

/** Some columns of rows of `size` bytes. */
function columns(rows: Bytes, size: number, start: number, end: number, keep: readonly number[]): Bytes {
  const out = new Uint8Array(keep.length * (end - start));
  keep.forEach((row, i) => out.set(rows.subarray(row * size + start, row * size + end), i * (end - start)));
  return out;
}

class Sums {
  readonly #kernel: Kernel;
  readonly #sums = new Map<string, Points>();

  constructor(kernel: Kernel) {
    this.#kernel = kernel;
  }

  /** @returns how many of the group's ballots are valid. */
  add({ forms, faults, places, contests, encodings, encodingsSize, hints }: CheckedBallots): number {
    const bad = new Set(faults.map(({ row }) => row));
    const good = Array.from(places.keys()).filter((row) => !bad.has(row));
    const college = forms[0]?.college ?? '';
    const end = contests.at(-1)?.end ?? ELEMENT_BYTES;
    const own = (bytes: Bytes): Bytes => columns(bytes, encodingsSize, ELEMENT_BYTES, end, good);
    const size = (2 * (end - ELEMENT_BYTES)) / CIPHERTEXT_BYTES;
    const { points } = this.#kernel.decode(own(encodings), own(hints));
    const before = this.#sums.get(college) ?? this.#kernel.identities(size);
    this.#sums.set(college, sumRows(this.#kernel, this.#kernel.concat([before, points]), size));
    return good.length;
  }

  encode(): Map<string, Bytes> {
    return new Map(Array.from(this.#sums, ([college, sum]) => [college, this.#kernel.encode(sum)]));
  }
}

/** The hints of each entry. */
function hintsOf({ entries, groups }: CheckedEntries): Bytes[] {
  const hints = Array.from({ length: entries.starts.length - 1 }, () => new Uint8Array());
  for (const group of groups) {
    const size = group.encodingsSize;
    group.places.forEach((place, row) => {
      hints[place] = group.hints.slice(row * size, (row + 1) * size);
    });
  }
  return hints;
}

/**
 * @param entries published ballots of secret colleges in which all weights have one form: others are refused.
 * @param hints of each entry, from an earlier recount.
 * @param keepHints whether to return them.
 * @throws whatever the checker throws.
 */
export async function recountBallots({
  entries,
  checker,
  kernel = wasmKernel,
  hints,
  keepHints = false,
}: {
  readonly entries: Iterable<Bytes> | AsyncIterable<Bytes>;
  readonly checker: EntryChecker;
  readonly kernel?: Kernel;
  readonly hints?: readonly Bytes[] | undefined;
  readonly keepHints?: boolean;
}): Promise<BallotRecount> {
  const sums = new Sums(kernel);
  const made: Bytes[] = [];
  const asked: Promise<CheckedEntries>[] = [];
  let chunk: Bytes[] = [];
  let [taken, valid] = [0, 0];
  const settle = async (): Promise<void> => {
    const checked = await asked.shift();
    for (const group of checked?.groups ?? []) valid += sums.add(group);
    if (keepHints && checked !== undefined) for (const own of hintsOf(checked)) made.push(own);
  };
  const ask = async (): Promise<void> => {
    const checked = checker.check(packEntries(chunk, hints?.slice(taken - chunk.length, taken)));
    checked.catch(() => undefined);
    asked.push(checked);
    chunk = [];
    while (asked.length > checker.width) await settle();
  };
  for await (const bytes of entries) {
    chunk.push(bytes);
    taken += 1;
    if (chunk.length === CHUNK) await ask();
  }
  if (chunk.length > 0) await ask();
  while (asked.length > 0) await settle();
  return { valid, refused: taken - valid, sums: sums.encode(), hints: made };
}
