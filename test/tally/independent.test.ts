/**
 * The worked election (docs/protocol.md §12) counted again from its published files with nothing of this project:
 * @noble/curves for the group, node:crypto for hashes, and the document.
 */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ristretto255 } from '@noble/curves/ed25519.js';
import { expect, test } from 'vitest';

const { Point } = ristretto255;
type Point = InstanceType<typeof Point>;
const L = 2n ** 252n + 27742317777372353535851937790883648493n;
const RECORD = join(import.meta.dirname, '../vectors/election/record');

type Json = { [key: string]: Json } & Json[] & string & number;

const list = (value: Json | undefined, key: string): Json[] => (value?.[key] as Json[] | undefined) ?? [];
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

async function entries(): Promise<{ entry: Json; leaf: Buffer }[]> {
  const [name] = await readdir(join(RECORD, 'tile/entries/000.p'));
  const bundle = await readFile(join(RECORD, 'tile/entries/000.p', name ?? ''));
  const all = [];
  for (let at = 0; at < bundle.length; ) {
    const length = bundle.readUInt16BE(at);
    const bytes = bundle.subarray(at + 2, at + 2 + length);
    all.push({ entry: JSON.parse(bytes.toString()) as Json, leaf: leafHash(bytes) });
    at += 2 + length;
  }
  return all;
}

const blob = async (name: Json | undefined): Promise<Json> => {
  const bytes = await readFile(join(RECORD, 'blob', String(name?.['sha256'])));
  expect(createHash('sha256').update(bytes).digest('base64url')).toBe(name?.['sha256']);
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
  return {
    leaves: leaves.length,
    hash: hash('sha256', 'count-node', ...parts),
    sums: encode(total.map((point) => point.double())),
    total,
  };
}

test('aggregate, roots, counts, lot and outcome', async () => {
  const log = await entries();
  const only = (type: string) => log.filter(({ entry }) => entry['type'] === type);
  const body = (type: string, i = 0) => only(type)[i]?.entry['body'] as Json;
  const manifest = body('manifest');
  const roll = (await blob(body('roll')['blob']))['lines'] as Json[];
  const ctx = only('opening')[0]?.leaf ?? Buffer.alloc(0);

  // The last ballot of each voter that names the one before it (§6.5).
  const heads = new Map<string, { leaf: Buffer; body: Json }>();
  for (const { entry, leaf } of only('ballot')) {
    const ballot = entry['body'] as Json;
    const P = String(ballot['P']);
    const before = heads.get(P)?.leaf.toString('base64url');
    expect(ballot['prev']?.['leaf']).toBe(before);
    heads.set(P, { leaf, body: ballot });
  }

  const tally = await blob(body('tally')['blob']);
  const opened = await Promise.all(only('shares').map(({ entry }) => blob(entry['body']?.['blob'] as Json)));
  const identifiers = opened.map((shares) => BigInt(Number(shares['i'])));
  const lambdas = identifiers.map((i) =>
    identifiers.filter((j) => j !== i).reduce((product, j) => (product * j * inverse(j - i)) % L, 1n),
  );
  const result = body('result');
  const cells = [...list(tally, 'cells')];
  expect(cells.map((cell) => cell['id'])).toEqual(list(result, 'counts').map((count) => count['cell']));

  for (const [at, cell] of cells.entries()) {
    const [contest = '', college = '', weight = ''] = String(cell['id']).split('/');
    const voters = roll
      .map((line, i) => ({ line, voter: i + 1 }))
      .filter(({ line }) => line['college'] === college && line['weight'] === Number(weight));
    const options = list(
      list(manifest, 'contests').find((one) => one['id'] === contest),
      'options',
    );
    const voted = voters.map(({ line, voter }) => {
      const head = heads.get(String(line['P']));
      const own = (head?.body['contests'] as Json[] | undefined)?.find((one) => one['id'] === contest);
      return { voter, head, own };
    });
    const published = result['counts']?.[at]?.['counts'] as unknown as number[];
    expect(cell['ballots']).toBe(voted.filter(({ own }) => own).length);
    expect(cell['voters']).toBe(voters.length);
    if (cell['mode'] === 'recorded') {
      const counts = options.map((_, j) =>
        voted.reduce(
          (total, { own }) => total + Number((own?.['choices'] as Json[] | undefined)?.[j] ?? 0),
          0,
        ),
      );
      expect(counts).toEqual(cell['counts']);
      expect(counts).toEqual(published);
      continue;
    }
    const leaves = voted.map(({ voter, head, own }): Node => {
      const content = own ? bytesOf(String(own['ciphertexts'])) : Buffer.alloc(0);
      const total = own ? points(content) : options.flatMap(() => [Point.ZERO, Point.ZERO]);
      const parts = [ctx, Buffer.from(String(cell['id'])), u32(voter), u32(roll.length)];
      return {
        leaves: 1,
        hash: hash('sha256', 'count-leaf', ...parts, head?.leaf ?? Buffer.alloc(0), content),
        sums: encode(total.map((point) => point.double())),
        total,
      };
    });
    const root = tree(leaves);
    expect(root.hash.toString('base64url')).toBe(cell['root']);
    expect(encode(root.total).toString('base64url')).toBe(cell['sums']);

    // m·G = Σβ − Σ λ·D, for the published m.
    const D = opened.map((shares) => {
      const own = list(shares, 'cells').find((one) => one['id'] === cell['id']);
      return points(bytesOf(String(own?.['D'])));
    });
    options.forEach((_, j) => {
      const shared = D.reduce(
        (total, row, i) => total.add(times(row[j] ?? Point.ZERO, lambdas[i] ?? 0n)),
        Point.ZERO,
      );
      const mG = (root.total[2 * j + 1] ?? Point.ZERO).subtract(shared);
      expect(mG.equals(times(Point.BASE, BigInt(published[j] ?? -1)))).toBe(true);
    });
  }

  const lot = opened.reduce(
    (total, shares, i) =>
      total.add(times(Point.fromBytes(bytesOf(String(shares['lot']?.['D']))), lambdas[i] ?? 0n)),
    Point.ZERO,
  );
  const seed = hash('sha512-256', 'lot-seed', ctx, lot.toBytes());
  expect(seed.toString('base64url')).toBe(result['seed']);

  // The committee's two seats, by votes, the tie for the last by lot; the motion, by majorities of two colleges.
  const weighted = (contest: string, college: string) => {
    const own = list(result, 'counts').filter((one) =>
      String(one['cell']).startsWith(`${contest}/${college}/`),
    );
    const options = list(
      list(manifest, 'contests').find((one) => one['id'] === contest),
      'options',
    );
    return new Map(
      options.map((option, j) => [
        String(option),
        own.reduce(
          (total, one) => total + Number(String(one['cell']).split('/')[2]) * Number(list(one, 'counts')[j]),
          0,
        ),
      ]),
    );
  };
  const lotOf = (option: string) =>
    hash('sha256', 'lot-order', seed, Buffer.from('committee'), Buffer.from(option)).toString('hex');
  const committee = [...weighted('committee', 'delegates')].sort(([a, m], [b, n]) =>
    m === n ? (lotOf(a) < lotOf(b) ? -1 : 1) : n - m,
  );
  expect(result['outcome']?.[1]?.['elected']).toEqual(committee.slice(0, 2).map(([option]) => option));
  const [members, delegates] = ['members', 'delegates'].map((college) => weighted('motion', college));
  const majority = (votes: typeof members) => (votes?.get('for') ?? 0) > (votes?.get('against') ?? 0);
  expect(result['outcome']?.[0]).toMatchObject({
    carried: majority(members),
    divided: majority(members) !== majority(delegates),
  });
});
