/**
 * Threshold decryption (docs/protocol.md §9.5, §9.6): shares, their proof, and what t of them decrypt. Attack T1
 * (a lost key) and T2 (a bad share, Belenios 3.3.0) as far as cryptography goes.
 */
import { ristretto255, ristretto255_hasher } from '@noble/curves/ed25519.js';
import { randomBytes } from '@noble/hashes/utils.js';
import { describe, expect, test } from 'vitest';
import { type Bytes, concat, toHex, toUtf8, u32 } from '../../src/crypto/bytes.ts';
import {
  type DecryptionShares,
  type DecryptionStatement,
  lotPoint,
  proveShares,
} from '../../src/crypto/decryption-shares.ts';
import { makeDiscreteLog } from '../../src/crypto/discrete-log.ts';
import { dealShares, finishDealing, startDealing } from '../../src/crypto/dkg.ts';
import { addCiphertexts, encodeCiphertext, encrypt } from '../../src/crypto/elgamal.ts';
import { encodeElement, G, multiplyPublic, negate, parseElement } from '../../src/crypto/group.ts';
import { bigintKernel as kernel } from '../../src/crypto/kernel/bigint.ts';
import { encodeScalar, hashToScalar, parseScalar, randomScalar, scalarOf } from '../../src/crypto/scalar.ts';
import { combineShares, lotSeed, verifyShares } from '../../src/crypto/threshold.ts';
import { framed, hash512_256 } from '../../src/crypto/transcript.ts';

const failing = (code: string, where: string) => expect.objectContaining({ code, where });
const at = <T>(list: readonly T[], index: number): T => {
  const item = list[index];
  if (item === undefined) throw new Error(`no item ${index}`);
  return item;
};

function ceremony(threshold: number, count: number) {
  const setting = { election: randomBytes(32), attempt: 1, count, threshold };
  const dealings = Array.from({ length: count }, (_, k) => startDealing(setting, k + 1));
  const reveals = dealings.map(({ round1 }) => round1);
  const dealt = dealings.map((dealing) => dealShares(dealing, reveals));
  return dealings.map((dealing, k) =>
    finishDealing(
      dealing,
      reveals,
      dealt.map((shares) => at(shares, k)),
    ),
  );
}

/** Two cells; option totals are sums of two ballots each. */
const TOTALS = [
  {
    id: 'motion/members/1',
    values: [
      [1, 0, 0],
      [0, 1, 3],
    ],
  },
  {
    id: 'seats/delegates/1',
    values: [
      [1, 2],
      [4, 8],
    ],
  },
];
const EXPECTED = [
  [1, 1, 3],
  [5, 10],
];

function sumsUnder(key: Bytes): { cells: { id: string; alphas: Bytes }[]; betas: Bytes[] } {
  const Y = parseElement(key);
  const sums = TOTALS.map(({ id, values: [first = [], second = []] }) => ({
    id,
    bytes: first.map((value, option) => {
      const right = encrypt(Y, second[option] ?? 0, randomScalar());
      return encodeCiphertext(addCiphertexts(encrypt(Y, value, randomScalar()), right));
    }),
  }));
  return {
    cells: sums.map(({ id, bytes }) => ({ id, alphas: concat(...bytes.map((c) => c.subarray(0, 32))) })),
    betas: sums.map(({ bytes }) => concat(...bytes.map((c) => c.subarray(32)))),
  };
}

const log = makeDiscreteLog(kernel, 64);
const countsOf = (cells: readonly Bytes[]) =>
  cells.map((bytes) =>
    Array.from({ length: bytes.length / 32 }, (_, k) => log.find(bytes.subarray(32 * k, 32 * k + 32), 100)),
  );

function election(threshold: number, count: number) {
  const trustees = ceremony(threshold, count);
  const { cells, betas } = sumsUnder(at(trustees, 0).key);
  const common = { ctx: randomBytes(32), tally: randomBytes(32), cells };
  const statement = (i: number): DecryptionStatement => ({
    ...common,
    i,
    shareKey: at(at(trustees, 0).shares, i - 1),
  });
  const prove = (i: number) => ({ i, shares: proveShares(statement(i), at(trustees, i - 1).share) });
  return { trustees, betas, statement, prove, common };
}

describe.each([
  [1, 1, [[1]]],
  [
    2,
    3,
    [
      [1, 2],
      [3, 1],
      [2, 3],
    ],
  ],
  [
    5,
    9,
    [
      [1, 2, 3, 4, 5],
      [9, 7, 5, 3, 1],
      [5, 6, 7, 8, 9],
    ],
  ],
])('T1: %i of %i', (threshold, count, groups) => {
  const { betas, statement, prove, common } = election(threshold, count);
  const all = Array.from({ length: count }, (_, k) => prove(k + 1));

  test('every share is accepted', () => {
    for (const { i, shares } of all) expect(() => verifyShares(kernel, statement(i), shares)).not.toThrow();
  });

  test('any t trustees decrypt the same counts and the same lot; the others may be lost', () => {
    const lots = groups.map((group) => {
      const decryption = combineShares(
        kernel,
        betas,
        group.map((i) => at(all, i - 1)),
      );
      expect(countsOf(decryption.cells)).toEqual(EXPECTED);
      return toHex(lotSeed(common.ctx, decryption.lot));
    });
    expect(new Set(lots).size).toBe(1);
  });

  test('t − 1 trustees, or more with one unknown, decrypt nothing', () => {
    const fewer = at(groups, 0)
      .slice(1)
      .map((i) => at(all, i - 1));
    if (fewer.length === 0) {
      expect(() => combineShares(kernel, betas, fewer)).toThrow(
        expect.objectContaining({ code: 'out-of-range', where: 'identifiers' }),
      );
      return;
    }
    const counts = countsOf(combineShares(kernel, betas, fewer).cells).flat();
    expect(counts.every((m) => m === undefined)).toBe(true);
  });
});

describe('the proof, by the document', () => {
  const { trustees, statement, prove, common } = election(2, 3);
  const { shares } = prove(2);
  const { Point } = ristretto255;
  const split = (bytes: Bytes) =>
    Array.from({ length: bytes.length / 32 }, (_, k) => bytes.subarray(32 * k, 32 * k + 32));

  test('every equation and the challenge, in plain @noble/curves calls', () => {
    const number = (bytes: Bytes) => BigInt(`0x${toHex(Uint8Array.from(bytes).reverse())}`);
    const A0 = ristretto255_hasher
      .hashToCurve(common.tally, { DST: toUtf8('teller/v1/lot-point') })
      .toBytes();
    expect(lotPoint(common.tally)).toEqual(A0);
    const rows = [
      { cell: 'lot', option: 0, A: A0, D: shares.lot.D, W: shares.lot.W },
      ...common.cells.flatMap(({ id, alphas }, c) =>
        split(alphas).map((A, option) => {
          const given = at(shares.cells, c);
          return { cell: id, option, A, D: at(split(given.D), option), W: at(split(given.W), option) };
        }),
      ),
    ];
    expect(rows).toHaveLength(6);
    const S = at(at(trustees, 0).shares, 1);
    const message = framed(
      common.ctx,
      u32(2),
      S,
      common.tally,
      shares.W,
      u32(6),
      ...rows.flatMap(({ cell, option, A, D, W }) => [toUtf8(cell), u32(option), A, D, W]),
    );
    const e = hashToScalar('teller/v1/shares-challenge', message);
    const equations = [{ A: Point.BASE.toBytes(), D: S, W: shares.W }, ...rows];
    for (const { A, D, W } of equations) {
      const left = Point.fromBytes(A).multiply(number(shares.z));
      expect(left.equals(Point.fromBytes(W).add(Point.fromBytes(D).multiply(e)))).toBe(true);
    }
  });

  test('the seed of the lot', () => {
    expect(lotSeed(common.ctx, shares.lot.D)).toEqual(
      hash512_256('teller/v1/lot-seed', common.ctx, shares.lot.D),
    );
  });

  test('is fresh every time', () => {
    const again = prove(2).shares;
    expect(again.W).not.toEqual(shares.W);
    expect(again.cells.map(({ D }) => D)).toEqual(shares.cells.map(({ D }) => D));
    expect(() => verifyShares(kernel, statement(2), again)).not.toThrow();
  });
});

describe('T2: a bad share is refused at its row', () => {
  const { statement, prove, common } = election(2, 3);
  const { shares } = prove(1);
  const G2 = encodeElement(multiplyPublic(G, scalarOf(2)));
  const put = (bytes: Bytes, row: number, element: Bytes): Bytes => {
    const changed = Uint8Array.from(bytes);
    changed.set(element, 32 * row);
    return changed;
  };
  const inCell = (cell: number, name: 'D' | 'W', row: number, element: Bytes): DecryptionShares => ({
    ...shares,
    cells: shares.cells.map((given, c) =>
      c === cell ? { ...given, [name]: put(given[name], row, element) } : given,
    ),
  });
  const verify =
    (changed: DecryptionShares, about: DecryptionStatement = statement(1)) =>
    () =>
      verifyShares(kernel, about, changed);

  test('any element changed changes the challenge', () => {
    expect(verify(shares)).not.toThrow();
    expect(verify(inCell(1, 'D', 1, G2))).toThrow(expect.objectContaining({ code: 'bad-proof' }));
    expect(verify(inCell(0, 'W', 2, G2))).toThrow(expect.objectContaining({ code: 'bad-proof' }));
    expect(verify({ ...shares, lot: { ...shares.lot, D: G2 } })).toThrow(
      expect.objectContaining({ code: 'bad-proof' }),
    );
    expect(verify({ ...shares, W: G2 })).toThrow(failing('bad-proof', 'W'));
    expect(verify({ ...shares, z: encodeScalar(scalarOf(5)) })).toThrow(failing('bad-proof', 'W'));
  });

  test('a trustee who lies in one row alone is found at that row', () => {
    const { trustees, statement: about } = election(2, 3);
    const secret = at(trustees, 0).share;
    const honest = proveShares(about(1), secret);
    const lie = lieIn(about(1), honest, secret);
    expect(() => verifyShares(kernel, about(1), lie)).toThrow(failing('bad-proof', 'cells[1][0]'));
  });

  test('another statement', () => {
    const about = statement(1);
    const alphas = put(at(common.cells, 0).alphas, 1, G2);
    const cells = [{ id: at(common.cells, 0).id, alphas }, at(common.cells, 1)];
    for (const changed of [
      { ...about, ctx: randomBytes(32) },
      { ...about, tally: randomBytes(32) },
      { ...about, i: 2 },
      { ...about, shareKey: statement(2).shareKey },
      { ...about, cells },
    ]) {
      expect(verify(shares, changed)).toThrow(expect.objectContaining({ code: 'bad-proof' }));
    }
    expect(verify(shares, { ...about, shareKey: new Uint8Array(32) })).toThrow(
      failing('identity-refused', 'shareKey'),
    );
  });

  test('cells that are missing, renamed, reordered or of another length', () => {
    const [first, second] = [at(shares.cells, 0), at(shares.cells, 1)];
    const withCells = (cells: DecryptionShares['cells']) => verify({ ...shares, cells });
    expect(withCells([first])).toThrow(failing('bad-length', 'cells'));
    expect(withCells([first, second, second])).toThrow(failing('bad-length', 'cells'));
    expect(withCells([second, first])).toThrow(failing('bad-share', 'cells[0].id'));
    expect(withCells([first, { ...second, id: 'other' }])).toThrow(failing('bad-share', 'cells[1].id'));
    expect(withCells([first, { ...second, D: second.D.subarray(32) }])).toThrow(
      failing('bad-length', 'cells[1].D'),
    );
    expect(withCells([{ ...first, W: concat(first.W, G2) }, second])).toThrow(
      failing('bad-length', 'cells[0].W'),
    );
    expect(verify({ ...shares, lot: { D: new Uint8Array(), W: G2 } })).toThrow(failing('bad-length', 'D'));
  });

  test('bad encodings are named', () => {
    const bad = new Uint8Array(32).fill(0xff);
    expect(verify(inCell(1, 'D', 1, bad))).toThrow(failing('bad-encoding', 'cells[1][1].D'));
    expect(verify(inCell(0, 'W', 0, bad))).toThrow(failing('bad-encoding', 'cells[0][0].W'));
    expect(verify({ ...shares, lot: { ...shares.lot, D: bad } })).toThrow(failing('bad-encoding', 'lot.D'));
    expect(verify({ ...shares, W: bad })).toThrow(failing('bad-encoding', 'W.W'));
    expect(verify({ ...shares, z: bad })).toThrow(failing('out-of-range', 'z'));
    expect(verify({ ...shares, z: new Uint8Array(31) })).toThrow(failing('bad-length', 'z'));
    const cells = [{ id: 'x', alphas: bad }];
    expect(() => proveShares({ ...statement(1), cells }, randomScalar())).toThrow(
      failing('bad-encoding', 'cells[0][0]'),
    );
  });
});

/** Honest but for row cells[1][0], where s + 1 is used, with a challenge that fits what is published. */
function lieIn(
  statement: DecryptionStatement,
  honest: DecryptionShares,
  secret: ReturnType<typeof randomScalar>,
): DecryptionShares {
  const { Point } = ristretto255;
  const A = Point.fromBytes(at(statement.cells, 1).alphas.subarray(0, 32));
  const D = Uint8Array.from(at(honest.cells, 1).D);
  D.set(Point.fromBytes(D.subarray(0, 32)).add(A).toBytes());
  const w = randomScalar();
  const times = (bases: Bytes) =>
    concat(
      ...Array.from({ length: bases.length / 32 }, (_, k) =>
        Point.fromBytes(bases.subarray(32 * k, 32 * k + 32))
          .multiply(w)
          .toBytes(),
      ),
    );
  const cells = honest.cells.map((cell, c) => ({
    ...cell,
    D: c === 1 ? D : cell.D,
    W: times(at(statement.cells, c).alphas),
  }));
  const W = Point.BASE.multiply(w).toBytes();
  const lot = { D: honest.lot.D, W: times(lotPoint(statement.tally)) };
  const rows = [
    { cell: 'lot', option: 0, A: lotPoint(statement.tally), ...lot },
    ...cells.flatMap(({ id, D, W }, c) =>
      Array.from({ length: D.length / 32 }, (_, option) => {
        const cut = (bytes: Bytes) => bytes.subarray(32 * option, 32 * option + 32);
        return { cell: id, option, A: cut(at(statement.cells, c).alphas), D: cut(D), W: cut(W) };
      }),
    ),
  ];
  const message = framed(
    statement.ctx,
    u32(statement.i),
    statement.shareKey,
    statement.tally,
    W,
    u32(rows.length),
    ...rows.flatMap((row) => [toUtf8(row.cell), u32(row.option), row.A, row.D, row.W]),
  );
  const e = hashToScalar('teller/v1/shares-challenge', message);
  return { W, lot, cells, z: encodeScalar(scalarOf(Point.Fn.create(w + e * secret))) };
}

describe('sums that happen to be the identity', () => {
  test('are decrypted like any other', () => {
    const { trustees, statement } = election(2, 3);
    const identity = new Uint8Array(32);
    const alpha = encodeElement(multiplyPublic(G, scalarOf(9)));
    const other = encodeElement(negate(parseElement(alpha)));
    const cells = [{ id: 'c', alphas: concat(identity, alpha, other) }];
    const made = [1, 3].map((i) => ({
      i,
      shares: proveShares({ ...statement(i), cells }, at(trustees, i - 1).share),
    }));
    for (const { i, shares } of made)
      expect(() => verifyShares(kernel, { ...statement(i), cells }, shares)).not.toThrow();
    const seven = encodeElement(multiplyPublic(G, scalarOf(7)));
    const { cells: decrypted } = combineShares(kernel, [concat(seven, seven, seven)], made);
    expect(at(countsOf(decrypted), 0)[0]).toBe(7);
  });

  test('an election without secret ballots still has a lot', () => {
    const { trustees, statement, common } = election(1, 1);
    const about = { ...statement(1), cells: [] };
    const shares = proveShares(about, at(trustees, 0).share);
    expect(() => verifyShares(kernel, about, shares)).not.toThrow();
    const expected = encodeElement(
      multiplyPublic(parseElement(lotPoint(common.tally)), at(trustees, 0).share),
    );
    expect(combineShares(kernel, [], [{ i: 1, shares }])).toEqual({ cells: [], lot: expected });
  });
});

describe('combining refuses', () => {
  const { betas, prove } = election(2, 3);
  const made = [prove(1), prove(2)];

  test('one trustee twice', () => {
    expect(() => combineShares(kernel, betas, [at(made, 0), at(made, 0)])).toThrow(
      failing('out-of-range', 'identifiers[0]'),
    );
  });

  test('sums of other cells, or that do not decode', () => {
    expect(() => combineShares(kernel, [...betas, at(betas, 0)], made)).toThrow(
      failing('bad-length', 'trustees[1].cells[2].D'),
    );
    const bad = new Uint8Array(96).fill(0xff);
    expect(() => combineShares(kernel, [bad, at(betas, 1)], made)).toThrow(
      failing('bad-encoding', 'betas[0]'),
    );
  });
});

if (process.env['SLOW'] === '1') {
  test('2,000 rows', () => {
    const { trustees, statement } = election(2, 3);
    const alphas = concat(
      ...Array.from({ length: 2000 }, () => encodeElement(multiplyPublic(G, randomScalar()))),
    );
    const about = { ...statement(2), cells: [{ id: 'many', alphas }] };
    const shares = proveShares(about, at(trustees, 1).share);
    expect(() => verifyShares(kernel, about, shares)).not.toThrow();
    const z = encodeScalar(scalarOf(parseScalar(shares.z) ^ 1n));
    expect(() => verifyShares(kernel, about, { ...shares, z })).toThrow(failing('bad-proof', 'W'));
  });
}
