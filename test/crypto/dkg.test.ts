/**
 * Distributed key generation (docs/protocol.md §7): whole ceremonies, keys recomputed with plain @noble/curves
 * calls, and every way for a trustee to lie, blamed by name.
 */
import { ristretto255 } from '@noble/curves/ed25519.js';
import { sha512 } from '@noble/hashes/sha2.js';
import { randomBytes } from '@noble/hashes/utils.js';
import { describe, expect, test } from 'vitest';
import { type Bytes, concat, toHex, toUtf8, u32 } from '../../src/crypto/bytes.ts';
import {
  type Ceremony,
  commitHash,
  type Dealing,
  dealShares,
  encodeDealing,
  finishDealing,
  parseDealing,
  publicKeys,
  type Round1,
  startDealing,
  transcriptHash,
  verifyDealtShare,
  verifyReveal,
  verifyShareKey,
} from '../../src/crypto/dkg.ts';
import { encodeElement, G, multiplyPublic, negate, parseElement } from '../../src/crypto/group.ts';
import { provePossession, verifyPossession } from '../../src/crypto/proofs/possession.ts';
import {
  addScalars,
  encodeScalar,
  multiplyScalars,
  ONE,
  parseScalar,
  randomScalar,
  type Scalar,
  scalarOf,
  ZERO,
} from '../../src/crypto/scalar.ts';
import { lagrangeAtZero } from '../../src/crypto/shamir.ts';
import { hash256 } from '../../src/crypto/transcript.ts';

const { Point } = ristretto255;
const failing = (code: string, where: unknown) => expect.objectContaining({ code, where });
const identity = new Uint8Array(32);

function ceremonyOf(threshold: number, count: number): Ceremony {
  return { election: randomBytes(32), attempt: 1, count, threshold };
}

function startAll(ceremony: Ceremony): { dealings: Dealing[]; reveals: Round1[] } {
  const dealings = Array.from({ length: ceremony.count }, (_, at) => startDealing(ceremony, at + 1));
  return { dealings, reveals: dealings.map(({ round1 }) => round1) };
}

/** What trustee `to` receives. */
const received = (dealt: readonly (readonly Bytes[])[], to: number): Bytes[] =>
  dealt.map((shares) => shares[to - 1] ?? identity);

const at = <T>(list: readonly T[], index: number): T => {
  const item = list[index];
  if (item === undefined) throw new Error(`no item ${index}`);
  return item;
};

describe.each([
  [1, 1],
  [2, 3],
  [3, 5],
  [5, 9],
])('a ceremony of %i among %i', (threshold, count) => {
  const ceremony = ceremonyOf(threshold, count);
  const { dealings, reveals } = startAll(ceremony);
  const dealt = dealings.map((dealing) => dealShares(dealing, reveals));
  const finished = dealings.map((dealing) => finishDealing(dealing, reveals, received(dealt, dealing.i)));

  test('every reveal is accepted', () => {
    reveals.forEach((round1, k) => {
      expect(round1.commitments).toHaveLength(threshold);
      expect(() => verifyReveal(ceremony, k + 1, round1, commitHash(ceremony, k + 1, round1))).not.toThrow();
    });
  });

  test('all have the same keys, which plain @noble/curves calls give from the commitments', () => {
    for (const { key, shares } of finished) expect({ key, shares }).toEqual(publicKeys(reveals));
    const sum = (points: InstanceType<typeof Point>[]) => points.reduce((a, b) => a.add(b), Point.ZERO);
    const commitment = (i: number, k: number) => Point.fromBytes(at(at(reveals, i).commitments, k));
    const trustees = [...reveals.keys()];
    expect(toHex(at(finished, 0).key)).toBe(sum(trustees.map((i) => commitment(i, 0))).toHex());
    for (const j of trustees) {
      const terms = trustees.flatMap((i) =>
        Array.from({ length: threshold }, (_, k) => commitment(i, k).multiply(BigInt(j + 1) ** BigInt(k))),
      );
      expect(toHex(at(at(finished, 0).shares, j))).toBe(sum(terms).toHex());
      expect(toHex(at(at(finished, 0).shares, j))).toBe(Point.BASE.multiply(at(finished, j).share).toHex());
    }
  });

  test('any t shares make the secret of the key; one fewer do not', () => {
    const secretOf = (trustees: readonly number[]): Scalar => {
      const lambdas = lagrangeAtZero(trustees);
      const term = (i: number, k: number) => multiplyScalars(at(lambdas, k), at(finished, i - 1).share);
      return trustees.reduce<Scalar>((sum, i, k) => addScalars(sum, term(i, k)), ZERO);
    };
    const last = Array.from({ length: threshold }, (_, k) => count - k);
    expect(toHex(encodeElement(multiplyPublic(G, secretOf(last))))).toBe(toHex(at(finished, 0).key));
    if (threshold === 1) {
      expect(() => secretOf([])).toThrow('identifiers');
      return;
    }
    const fewer = secretOf(last.slice(1));
    expect(toHex(encodeElement(multiplyPublic(G, fewer)))).not.toBe(toHex(at(finished, 0).key));
  });

  test('a dealing restored from bytes gives the same messages and the same share', () => {
    for (const [k, dealing] of dealings.entries()) {
      const bytes = encodeDealing(dealing);
      expect(bytes).toHaveLength(4 + 32 * threshold + 64);
      const restored = parseDealing(ceremony, bytes);
      expect(restored).toEqual(dealing);
      expect(dealShares(restored, reveals)).toEqual(at(dealt, k));
      const again = finishDealing(parseDealing(ceremony, bytes), reveals, received(dealt, k + 1));
      expect(again).toEqual(at(finished, k));
    }
  });

  test('a share that was changed is blamed on its sender', () => {
    for (const sender of Array.from({ length: count }, (_, k) => k + 1).filter((i) => i !== count)) {
      const shares = received(dealt, count);
      shares[sender - 1] = encodeScalar(addScalars(parseScalar(at(shares, sender - 1)), ONE));
      expect(() => finishDealing(at(dealings, count - 1), reveals, shares)).toThrow(
        failing('bad-share', `shares[${sender}]`),
      );
    }
    const share = at(received(dealt, 1), 0);
    expect(() => verifyDealtShare(at(reveals, 0), 1, encodeScalar(ZERO), 'mine')).toThrow(
      failing('bad-share', 'mine'),
    );
    expect(verifyDealtShare(at(reveals, 0), 1, share)).toBe(parseScalar(share));
  });
});

describe('a share of the wrong form', () => {
  const ceremony = ceremonyOf(2, 3);
  const { dealings, reveals } = startAll(ceremony);
  const dealt = dealings.map((dealing) => dealShares(dealing, reveals));
  const shares = received(dealt, 1);
  const finishWith = (bad: Bytes) => () =>
    finishDealing(at(dealings, 0), reveals, [identity, at(shares, 1), bad]);

  test('missing, too short, not below ℓ, meant for another', () => {
    expect(() => finishDealing(at(dealings, 0), reveals, shares.slice(0, 2))).toThrow(
      failing('bad-length', 'shares[3]'),
    );
    expect(finishWith(new Uint8Array(31))).toThrow(failing('bad-length', 'shares[3]'));
    expect(finishWith(new Uint8Array(32).fill(0xff))).toThrow(failing('out-of-range', 'shares[3]'));
    expect(finishWith(at(received(dealt, 2), 2))).toThrow(failing('bad-share', 'shares[3]'));
  });

  test('its own place is not read', () => {
    expect(finishWith(at(shares, 2))()).toEqual(finishDealing(at(dealings, 0), reveals, shares));
  });

  test('a share of another ceremony does not belong to the key', () => {
    expect(() => verifyShareKey(publicKeys(reveals), 2, scalarOf(5))).toThrow(
      failing('bad-key', 'shares[2]'),
    );
    expect(() => verifyShareKey(publicKeys(reveals), 4, scalarOf(5))).toThrow(
      failing('bad-key', 'shares[4]'),
    );
  });
});

describe('a dealing that was damaged', () => {
  const ceremony = ceremonyOf(2, 3);
  const bytes = encodeDealing(startDealing(ceremony, 2));
  const changed = (offset: number, value: number) =>
    Uint8Array.from(bytes, (byte, k) => (k === offset ? value : byte));

  test('is refused', () => {
    expect(() => parseDealing(ceremony, bytes.subarray(1))).toThrow(failing('bad-length', 'dealing'));
    expect(() => parseDealing({ ...ceremony, threshold: 3 }, bytes)).toThrow(
      failing('bad-length', 'dealing'),
    );
    expect(() => parseDealing(ceremony, changed(3, 4))).toThrow(failing('out-of-range', 'i'));
    expect(() => parseDealing(ceremony, changed(3, 1))).toThrow(failing('bad-proof', 'dealing.proof'));
    expect(() => parseDealing(ceremony, changed(4, (bytes[4] ?? 0) ^ 1))).toThrow(
      failing('bad-proof', 'dealing.proof'),
    );
    expect(() => parseDealing(ceremony, changed(35, 0xff))).toThrow(
      failing('out-of-range', 'dealing.coefficients[0]'),
    );
  });
});

describe('thresholds and places', () => {
  test.each([
    [0, 1, 1],
    [2, 1, 1],
    [1.5, 3, 1],
    [2, 3, 0],
    [2, 3, 4],
  ])('%d of %d, trustee %d', (threshold, count, i) => {
    expect(() => startDealing(ceremonyOf(threshold, count), i)).toThrow(
      expect.objectContaining({ code: 'out-of-range' }),
    );
  });
});

describe('the proof of possession, byte by byte (docs/protocol.md §7)', () => {
  /** The equation of the document, with no code of FROST. */
  function holds(i: number, commitment: Bytes, proof: Bytes): boolean {
    const number = (bytes: Bytes): bigint => BigInt(`0x${toHex(Uint8Array.from(bytes).reverse())}`);
    const id = new Uint8Array(32);
    id[0] = i;
    const hash = sha512(
      concat(toUtf8('FROST-RISTRETTO255-SHA512-v1dkg'), id, commitment, proof.subarray(0, 32)),
    );
    const c = number(hash) % Point.Fn.ORDER;
    const right = Point.fromBytes(proof.subarray(0, 32)).add(Point.fromBytes(commitment).multiply(c));
    return Point.BASE.multiply(number(proof.subarray(32))).equals(right);
  }

  test.each([
    [1, 1],
    [2, 3],
  ])('of a ceremony of %i among %i', (threshold, count) => {
    for (const { i, round1 } of startAll(ceremonyOf(threshold, count)).dealings) {
      const commitment = at(round1.commitments, 0);
      expect(holds(i, commitment, round1.proof)).toBe(true);
      expect(holds(i + 1, commitment, round1.proof)).toBe(false);
      expect(() => verifyPossession(i, commitment, round1.proof)).not.toThrow();
      expect(() => verifyPossession(i + 1, commitment, round1.proof)).toThrow(failing('bad-proof', 'proof'));
    }
  });

  test('of our own, for the secret 5', () => {
    const proof = provePossession(3, scalarOf(5));
    const commitment = encodeElement(multiplyPublic(G, scalarOf(5)));
    expect(holds(3, commitment, proof)).toBe(true);
    expect(provePossession(3, scalarOf(5))).not.toEqual(proof);
    expect(() => verifyPossession(3, commitment, proof.subarray(1))).toThrow(failing('bad-length', 'proof'));
    expect(() => verifyPossession(3, identity, proof)).toThrow(failing('identity-refused', 'commitment'));
    const noR = concat(identity, proof.subarray(32));
    expect(() => verifyPossession(3, commitment, noR)).toThrow(failing('identity-refused', 'proof'));
    const bigZ = concat(proof.subarray(0, 32), new Uint8Array(32).fill(0xff));
    expect(() => verifyPossession(3, commitment, bigZ)).toThrow(failing('out-of-range', 'proof'));
  });
});

describe('a reveal', () => {
  const ceremony = ceremonyOf(3, 5);
  const { round1 } = startDealing(ceremony, 2);
  const reveal =
    (changed: Round1, under: Ceremony = ceremony, i = 2) =>
    () =>
      verifyReveal(under, i, changed, commitHash(ceremony, 2, round1));

  test('binds election, attempt, place, n and t', () => {
    const bytes = concat(...round1.commitments, round1.proof);
    const { election } = ceremony;
    expect(commitHash(ceremony, 2, round1)).toEqual(
      hash256('teller/v1/ceremony-commit', election, u32(1), u32(2), u32(5), u32(3), bytes),
    );
    const others: Ceremony[] = [
      { ...ceremony, election: randomBytes(32) },
      { ...ceremony, attempt: 2 },
      { ...ceremony, count: 6 },
    ];
    for (const other of others) expect(reveal(round1, other)).toThrow(failing('bad-proof', 'reveals[2]'));
    expect(reveal(round1, ceremony, 3)).toThrow(failing('bad-proof', 'reveals[3].proof'));
  });

  test('has exactly t commitments', () => {
    const { commitments, proof } = round1;
    const more = [...commitments, encodeElement(G)];
    for (const list of [commitments.slice(0, 2), more, []]) {
      expect(reveal({ commitments: list, proof })).toThrow(failing('bad-length', 'reveals[2].commitments'));
    }
  });

  test('has no identity and no bad encoding', () => {
    for (const k of [0, 1, 2]) {
      const put = (bytes: Bytes): Round1 => ({
        commitments: round1.commitments.map((old, at) => (at === k ? bytes : old)),
        proof: round1.proof,
      });
      const where = `reveals[2].commitments[${k}]`;
      expect(reveal(put(identity))).toThrow(failing('identity-refused', where));
      expect(reveal(put(new Uint8Array(32).fill(0xff)))).toThrow(failing('bad-encoding', where));
      expect(reveal(put(new Uint8Array(31)))).toThrow(failing('bad-length', where));
    }
  });

  test('is what was committed to, in every byte', () => {
    const { commitments, proof } = round1;
    const swapped = [at(commitments, 0), at(commitments, 2), at(commitments, 1)];
    expect(reveal({ commitments: swapped, proof })).toThrow(failing('bad-proof', 'reveals[2]'));
    const another = startDealing(ceremony, 2).round1;
    expect(reveal(another)).toThrow(failing('bad-proof', 'reveals[2]'));
  });
});

describe('public keys', () => {
  const ceremony = ceremonyOf(2, 3);
  const { reveals } = startAll(ceremony);

  test('are refused when Y would be the identity', () => {
    const [first, second] = [at(reveals, 0), at(reveals, 1)];
    const cancelling = encodeElement(negate(parseElement(at(first.commitments, 0))));
    const bad = { ...second, commitments: [cancelling, at(second.commitments, 1)] };
    expect(() => publicKeys([first, bad])).toThrow(failing('identity-refused', 'key'));
  });

  test('are refused when a share key would be the identity', () => {
    const a = multiplyPublic(G, randomScalar());
    const reveal = { commitments: [encodeElement(a), encodeElement(negate(a))], proof: identity };
    expect(() => publicKeys([reveal])).toThrow(failing('identity-refused', 'shares[1]'));
  });

  test('need as many commitments from everybody', () => {
    const short = { ...at(reveals, 2), commitments: at(reveals, 2).commitments.slice(1) };
    expect(() => publicKeys([at(reveals, 0), at(reveals, 1), short])).toThrow(
      failing('bad-length', 'reveals[3]'),
    );
    expect(() => publicKeys([{ commitments: [], proof: identity }])).toThrow(
      failing('bad-length', 'reveals[1].commitments'),
    );
  });
});

test('the transcript hash covers election, attempt and every leaf in order', () => {
  const ceremony = ceremonyOf(2, 3);
  const leaves = [randomBytes(32), randomBytes(32)];
  const expected = hash256('teller/v1/ceremony-transcript', ceremony.election, u32(1), concat(...leaves));
  expect(transcriptHash(ceremony, leaves)).toEqual(expected);
  expect(transcriptHash(ceremony, leaves.toReversed())).not.toEqual(expected);
});
