/**
 * The worked elections (docs/protocol.md §12) counted again from their published files with nothing of this project:
 * @noble/curves for the group, node:crypto for hashes, and the document.
 */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ristretto255 } from '@noble/curves/ed25519.js';
import { describe, expect, test } from 'vitest';

const { Point } = ristretto255;
type Point = InstanceType<typeof Point>;
const L = 2n ** 252n + 27742317777372353535851937790883648493n;
const VECTORS = join(import.meta.dirname, '../vectors');

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** The value below some keys; null where there is none. */
const at = (value: Json | undefined, ...keys: (string | number)[]): Json =>
  keys.reduce<Json>((inner, key) => (inner as Record<string, Json> | null)?.[key] ?? null, value ?? null);
const list = (value: Json | undefined, ...keys: (string | number)[]): Json[] =>
  (at(value, ...keys) as Json[] | null) ?? [];
const text = (value: Json | undefined, ...keys: (string | number)[]): string =>
  (at(value, ...keys) as string | null) ?? '';
const bytesOf = (text: string) => Buffer.from(text, 'base64url');
const u32 = (n: number) => Buffer.from([n >>> 24, (n >>> 16) & 255, (n >>> 8) & 255, n & 255]);
const hash = (name: string, tag: string, ...parts: Uint8Array[]) => {
  const all = [Buffer.from(`teller/v1/${tag}`), ...parts];
  return createHash(name)
    .update(Buffer.concat(all.flatMap((part) => [u32(part.length), part])))
    .digest();
};
const leafHash = (bytes: Uint8Array) =>
  createHash('sha256')
    .update(Buffer.from([0]))
    .update(bytes)
    .digest();
const chunks = (bytes: Buffer, size: number) =>
  Array.from({ length: bytes.length / size }, (_, i) => bytes.subarray(i * size, (i + 1) * size));
const points = (bytes: Buffer): Point[] => chunks(bytes, 32).map((one) => Point.fromBytes(one));
const sum = (a: readonly Point[], b: readonly Point[]) => a.map((point, i) => point.add(b[i] ?? Point.ZERO));
const encode = (all: readonly Point[]) => Buffer.concat(all.map((point) => point.toBytes()));
const times = (point: Point, n: bigint) =>
  n % L === 0n ? Point.ZERO : point.multiplyUnsafe(((n % L) + L) % L);

/** a^(ℓ − 2). */
function inverse(a: bigint): bigint {
  let [result, base, exponent] = [1n, ((a % L) + L) % L, L - 2n];
  for (; exponent > 0n; exponent >>= 1n) {
    if (exponent & 1n) result = (result * base) % L;
    base = (base * base) % L;
  }
  return result;
}

async function entries(record: string): Promise<{ entry: Json; leaf: Buffer }[]> {
  const [name] = await readdir(join(record, 'tile/entries/000.p'));
  const bundle = await readFile(join(record, 'tile/entries/000.p', name ?? ''));
  const all = [];
  for (let at = 0; at < bundle.length; ) {
    const length = bundle.readUInt16BE(at);
    const bytes = bundle.subarray(at + 2, at + 2 + length);
    all.push({ entry: JSON.parse(bytes.toString()) as Json, leaf: leafHash(bytes) });
    at += 2 + length;
  }
  return all;
}

const readBlob = async (record: string, name: Json): Promise<Json> => {
  const bytes = await readFile(join(record, 'blob', text(name, 'sha256')));
  expect(createHash('sha256').update(bytes).digest('base64url')).toBe(text(name, 'sha256'));
  return JSON.parse(bytes.toString()) as Json;
};

interface Node {
  readonly leaves: number;
  readonly hash: Buffer;
  readonly sums: Buffer;
  readonly total: readonly Point[];
}

/** A secret cell's tree, §9.3, from the top. */
function tree(leaves: readonly Node[]): Node {
  const [only] = leaves;
  if (leaves.length === 1 && only) return only;
  let left = 1;
  while (left * 2 < leaves.length) left *= 2;
  const [l, r] = [tree(leaves.slice(0, left)), tree(leaves.slice(left))];
  const total = sum(l.total, r.total);
  const parts = [u32(l.leaves), l.hash, l.sums, u32(r.leaves), r.hash, r.sums];
  const sums = encode(total.map((point) => point.double()));
  return { leaves: leaves.length, hash: hash('sha256', 'count-node', ...parts), sums, total };
}

/** λ at 0 of each identifier. */
function lagrange(identifiers: readonly bigint[]): bigint[] {
  return identifiers.map((i) =>
    identifiers.filter((j) => j !== i).reduce((product, j) => (product * j * inverse(j - i)) % L, 1n),
  );
}

const combine = (shares: readonly Point[], lambdas: readonly bigint[]): Point =>
  shares.reduce((total, share, i) => total.add(times(share, lambdas[i] ?? 0n)), Point.ZERO);

interface Voted {
  readonly voter: number;
  readonly leaf: Buffer;
  /** What the ballot says in the contest. */
  readonly own: Json | undefined;
}

const NOTHING = Buffer.alloc(0);

type Terms = [index: number, coefficient: number][];
const indices = (count: number) => Array.from({ length: count }, (_, i) => i);

/** §6.2: what the columns of a ballot with this many values are sums of. */
function columnsOf(contest: Json, values: number): Terms[] {
  const m = list(contest, 'options').length;
  const points = list(contest, 'shape', 'points').map(Number);
  const k = points.length;
  const digits = values / (m + 1);
  const each: Terms[] = indices(values).map((i) => [[i, 1]]);
  switch (text(contest, 'shape', 'kind')) {
    case 'ranking': {
      const ofOptions = indices(m).map(
        (i): Terms => points.flatMap((n, j) => (n > 0 ? [[i * k + j, n] as [number, number]] : [])),
      );
      return [...ofOptions, ...each.slice(m * k)];
    }
    case 'split':
      return indices(m + 1).map((i) => indices(digits).map((j) => [i * digits + j, 2 ** j]));
    default:
      return each;
  }
}

async function readElection(folder: string) {
  const record = join(VECTORS, folder, 'record');
  const log = await entries(record);
  const only = (type: string) => log.filter(({ entry }) => at(entry, 'type') === type);
  const body = (type: string) => at(only(type)[0]?.entry, 'body');
  const blob = async (entry: Json) => await readBlob(record, at(entry, 'blob'));
  const ctx = only('opening')[0]?.leaf ?? NOTHING;
  const roll = list(await blob(body('roll')), 'lines');
  const tally = await blob(body('tally'));
  const shares = await Promise.all(only('shares').map(({ entry }) => blob(at(entry, 'body'))));
  const result = await blob(body('result'));
  const lambdas = lagrange(shares.map((one) => BigInt(Number(at(one, 'i')))));

  /** The last ballot of each voter; every ballot names the one before it (§6.5). */
  const counting = new Map<string, { leaf: Buffer; ballot: Json }>();
  for (const { entry, leaf } of only('ballot')) {
    const ballot = at(entry, 'body');
    const P = text(ballot, 'P');
    expect(text(ballot, 'prev', 'leaf')).toBe(counting.get(P)?.leaf.toString('base64url') ?? '');
    counting.set(P, { leaf, ballot });
  }

  const contestOf = (id: string): Json =>
    list(body('manifest'), 'contests').find((one) => text(one, 'id') === id) ?? null;

  /** The voters of a cell, in roll order. */
  function votersOf(cell: string): Voted[] {
    const [contest, college, weight] = cell.split('/');
    return roll.flatMap((line, place) => {
      const isOther = weight !== 'split' && at(line, 'weight') !== Number(weight);
      if (text(line, 'college') !== college || isOther) return [];
      const head = counting.get(text(line, 'P'));
      const own = list(head?.ballot, 'contests').find((one) => text(one, 'id') === contest);
      return [{ voter: place + 1, leaf: head?.leaf ?? NOTHING, own }];
    });
  }

  /** The leaf of a secret cell's tree. */
  function leafOf(cell: string, columns: number, { voter, leaf, own }: Voted): Node {
    const content = own === undefined ? NOTHING : bytesOf(text(own, 'ciphertexts'));
    const values = points(content);
    const contest = contestOf(cell.split('/')[0] ?? '');
    const total =
      own === undefined
        ? Array.from({ length: 2 * columns }, () => Point.ZERO)
        : columnsOf(contest, values.length / 2).flatMap((terms) =>
            [0, 1].map((half) =>
              terms.reduce(
                (all, [index, n]) => all.add(times(values[2 * index + half] ?? Point.ZERO, BigInt(n))),
                Point.ZERO,
              ),
            ),
          );
    const parts = [ctx, Buffer.from(cell), u32(voter), u32(roll.length), leaf, content];
    const sums = encode(total.map((point) => point.double()));
    return { leaves: 1, hash: hash('sha256', 'count-leaf', ...parts), sums, total };
  }

  /** The seed of the lot (§9.6). */
  const lot = combine(
    shares.map((one) => Point.fromBytes(bytesOf(text(one, 'lot', 'D')))),
    lambdas,
  );
  const seed = hash('sha512-256', 'lot-seed', ctx, lot.toBytes());
  return { body, tally, shares, result, lambdas, contestOf, votersOf, leafOf, seed };
}

describe.each(['election', 'shapes'])('%s', async (folder) => {
  const { body, tally, shares, result, lambdas, contestOf, votersOf, leafOf, seed } =
    await readElection(folder);
  const cells = list(tally, 'cells');

  test('ballots and voters of every cell', () => {
    for (const cell of cells) {
      const voted = votersOf(text(cell, 'id'));
      expect(at(cell, 'voters')).toBe(voted.length);
      expect(at(cell, 'ballots')).toBe(voted.filter(({ own }) => own !== undefined).length);
    }
  });

  test('counts of recorded cells', () => {
    const recorded = cells.filter((cell) => text(cell, 'mode') === 'recorded');
    expect(recorded).not.toHaveLength(0);
    for (const cell of recorded) {
      const contest = contestOf(text(cell, 'id').split('/')[0] ?? '');
      const counts = list(cell, 'counts').map(() => 0);
      for (const { own } of votersOf(text(cell, 'id'))) {
        const choices = list(own, 'choices').map(Number);
        columnsOf(contest, choices.length).forEach((terms, column) => {
          const added = terms.reduce((all, [index, n]) => all + n * (choices[index] ?? 0), 0);
          counts[column] = (counts[column] ?? 0) + added;
        });
      }
      expect(list(cell, 'counts')).toEqual(counts);
    }
  });

  test('roots, sums and counts of secret cells', () => {
    expect(cells.map((cell) => text(cell, 'id'))).toEqual(
      list(result, 'counts').map((count) => text(count, 'cell')),
    );
    cells.forEach((cell, place) => {
      if (text(cell, 'mode') !== 'secret') return;
      const id = text(cell, 'id');
      const columns = list(result, 'counts', place, 'counts').length;
      const root = tree(votersOf(id).map((voted) => leafOf(id, columns, voted)));
      expect(root.hash.toString('base64url')).toBe(text(cell, 'root'));
      expect(encode(root.total).toString('base64url')).toBe(text(cell, 'sums'));
      // m·G = Σβ − Σ λ·D, for the published m.
      const rows = shares.map((one) => {
        const own = list(one, 'cells').find((given) => text(given, 'id') === id);
        return points(bytesOf(text(own, 'D')));
      });
      indices(columns).forEach((j) => {
        const mask = combine(
          rows.map((row) => row[j] ?? Point.ZERO),
          lambdas,
        );
        const mG = (root.total[2 * j + 1] ?? Point.ZERO).subtract(mask);
        const m = Number(at(result, 'counts', place, 'counts', j));
        expect(mG.equals(times(Point.BASE, BigInt(m)))).toBe(true);
      });
    });
  });

  test('the seed of the lot', () => {
    expect(seed.toString('base64url')).toBe(text(body('result'), 'seed'));
  });
});

test('the outcome of the first', async () => {
  const { result, contestOf, seed } = await readElection('election');
  const optionsOf = (contest: string): string[] => list(contestOf(contest), 'options').map(String);
  const votes = (contest: string, college: string, option: string): number =>
    list(result, 'counts')
      .filter((one) => text(one, 'cell').startsWith(`${contest}/${college}/`))
      .reduce<number>((total, one) => {
        const weight = Number(text(one, 'cell').split('/')[2]);
        return total + weight * Number(at(one, 'counts', optionsOf(contest).indexOf(option)));
      }, 0);
  // Two seats by votes; a tie for the last by lot.
  const lotOf = (option: string) =>
    hash('sha256', 'lot-order', seed, Buffer.from('committee'), Buffer.from(option)).toString('hex');
  const committee = optionsOf('committee').toSorted((a, b) => {
    const difference = votes('committee', 'delegates', b) - votes('committee', 'delegates', a);
    return difference === 0 ? (lotOf(a) < lotOf(b) ? -1 : 1) : difference;
  });
  expect(list(result, 'outcome', 1, 'elected')).toEqual(committee.slice(0, 2));
  // Two majorities; where they differ, members prevail.
  const majority = (college: string) => votes('motion', college, 'for') > votes('motion', college, 'against');
  expect(at(result, 'outcome', 0)).toMatchObject({
    carried: majority('members'),
    divided: majority('members') !== majority('delegates'),
  });
});
