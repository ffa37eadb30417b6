/** The roll and the chains of ballots, as compact as they are kept, against plain maps. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toBase64Url } from '../../src/crypto/bytes.ts';
import { BallotChains } from '../../src/record/ballot-chains.ts';
import { RollIndex } from '../../src/record/roll-index.ts';

const line = (P: string, college = 'members', weight = 1) => ({
  P,
  college,
  weight,
  bodies: [],
  name: null,
  chosen: null,
  mandates: null,
  substitutes: [],
});

describe('the roll', () => {
  const key = fc.uint8Array({ minLength: 32, maxLength: 32 });

  test('finds every voter by key and by number, and nobody else', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(key, { minLength: 1, maxLength: 50, selector: toBase64Url }),
        key,
        (all, other) => {
          const lines = all
            .toSorted((a, b) => Buffer.compare(a, b))
            .map((P, i) =>
              line(
                toBase64Url(P),
                i % 3 === 0 ? 'delegates' : 'members',
                i === 0 ? Number.MAX_SAFE_INTEGER : i,
              ),
            );
          const roll = new RollIndex({ lines });
          expect(roll.size).toBe(lines.length);
          for (const [i, { P, college, weight }] of lines.entries()) {
            expect(roll.find(P)).toStrictEqual({ voter: i + 1, college, weight });
            expect(roll.at(i + 1)).toStrictEqual({ voter: i + 1, college, weight });
            expect(toBase64Url(roll.keyOf(i + 1) ?? new Uint8Array())).toBe(P);
          }
          const name = toBase64Url(other);
          expect(roll.find(name)?.voter).toBe(
            lines.some(({ P }) => P === name) ? lines.findIndex(({ P }) => P === name) + 1 : undefined,
          );
        },
      ),
    );
  });

  test('has no voter 0, n + 1 or ½', () => {
    const roll = new RollIndex({ lines: [line('A'.repeat(43))] });
    for (const voter of [0, 2, -1, 0.5]) {
      expect(roll.at(voter)).toBeUndefined();
    }
    expect(roll.keyOf(0)).toBeUndefined();
    expect(roll.keyOf(2)).toBeUndefined();
  });

  test('is sorted by the bytes of P, not by its digits, and has each once', () => {
    // In ASCII - is before A, in base64url its value is 62.
    const [low, high] = [line(`A${'A'.repeat(42)}`), line(`-${'A'.repeat(42)}`)];
    expect(new RollIndex({ lines: [low, high] }).find(high.P)?.voter).toBe(2);
    expect(() => new RollIndex({ lines: [high, low] })).toThrow('lines[1].P: not above the one before');
    expect(() => new RollIndex({ lines: [low, low] })).toThrow('lines[1].P: not above the one before');
  });
});

test('chains are what a list per voter would be', () => {
  const cast = fc.tuple(fc.integer({ min: 1, max: 5 }), fc.uint8Array({ minLength: 32, maxLength: 32 }));
  fc.assert(
    fc.property(fc.array(cast, { maxLength: 300 }), (casts) => {
      const chains = new BallotChains(5);
      for (const [i, [voter, fingerprint]] of casts.entries()) chains.append(voter, 7 * i, fingerprint);
      expect(chains.size).toBe(casts.length);
      for (let voter = 1; voter <= 5; voter += 1) {
        const own = casts
          .map(([of, fingerprint], i) => ({ of, index: 7 * i, fingerprint }))
          .filter(({ of }) => of === voter);
        expect(chains.head(voter)).toBe(own.at(-1)?.index);
        const kept = own.map(({ index, fingerprint }) => ({ index, fingerprint })).toReversed();
        expect([...chains.of(voter)]).toStrictEqual(kept);
      }
      for (const known of [0, 1, Math.floor(casts.length / 2), casts.length]) {
        const before = new Set(casts.slice(0, known).map(([voter]) => voter));
        const after = new Set(casts.slice(known).map(([voter]) => voter));
        expect(Array.from(chains.firstBallots(known), ({ voter }) => voter)).toStrictEqual(
          [...after].filter((voter) => !before.has(voter)),
        );
      }
    }),
    { numRuns: 30 },
  );
});
