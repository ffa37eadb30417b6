/** The small schemas of members' bundles judge as zod does: what the record holds, and what has been changed in it. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import * as small from '../../src/web/member/island/schema.ts';

/** The same schema made with either. */
function schemaOf(kit: typeof z) {
  const id = kit.string().regex(/^[a-z]{1,5}$/, 'an id');
  const hash = kit
    .string()
    .length(4)
    .refine((text) => text.startsWith('A'));
  return kit.strictObject({
    v: kit.literal(1),
    id,
    n: kit.int().min(0).max(9),
    flag: kit.boolean(),
    kind: kit.enum(['real', 'rehearsal']),
    hash: hash.nullable(),
    more: kit.exactOptional(kit.array(id).min(1)),
    nothing: kit.null(),
    list: kit
      .array(kit.strictObject({ id, n: kit.int() }))
      .min(1)
      .max(2),
    names: kit.record(id, kit.string().min(1).max(3)),
    shape: kit.discriminatedUnion('kind', [
      kit.strictObject({ kind: kit.literal('one'), max: kit.int() }),
      kit.strictObject({ kind: kit.literal('two'), parts: kit.array(id) }),
    ]),
  });
}

const GOOD = {
  v: 1,
  id: 'abc',
  n: 3,
  flag: true,
  kind: 'real',
  hash: 'AAAA',
  nothing: null,
  list: [{ id: 'x', n: -1 }],
  names: { a: 'one', b: 'two' },
  shape: { kind: 'two', parts: ['p'] },
};

const zodSchema = schemaOf(z);
const smallSchema = schemaOf(small as unknown as typeof z);
const bothJudge = (value: unknown): [boolean, boolean] => [
  zodSchema.safeParse(value).success,
  smallSchema.safeParse(value).success,
];

describe('as zod', () => {
  test('takes what is right', () => {
    expect(bothJudge(GOOD)).toEqual([true, true]);
    expect(bothJudge({ ...GOOD, hash: null, shape: { kind: 'one', max: 2 } })).toEqual([true, true]);
  });

  const values = fc.oneof(
    fc.constantFrom(
      null,
      undefined,
      true,
      0,
      -1,
      1,
      1.5,
      10,
      Number.NaN,
      2 ** 53,
      '',
      'abc',
      'AAAA',
      'BAAA',
      'one',
      'toolong',
    ),
    fc.constantFrom<unknown>(
      [],
      {},
      [{}],
      [
        { id: 'x', n: 1 },
        { id: 'y', n: 2 },
        { id: 'z', n: 3 },
      ],
    ),
    fc.constantFrom<unknown>(
      { kind: 'one' },
      { kind: 'one', max: 1, more: 2 },
      { kind: 'three' },
      { A: 'one' },
      { a: '' },
    ),
  );

  test('judges whatever stands in a field', () => {
    fc.assert(
      fc.property(fc.constantFrom(...Object.keys(GOOD), 'more'), values, (key, value) => {
        const [own, other] = bothJudge({ ...GOOD, [key]: value });
        expect(other).toBe(own);
      }),
      { numRuns: 500 },
    );
  });

  test('refuses unknown and missing keys, and what is no object', () => {
    const { n: _, ...without } = GOOD;
    for (const value of [without, { ...GOOD, another: 1 }, null, [], 'text', JSON.parse('{"__proto__":1}')]) {
      expect(bothJudge(value)).toEqual([false, false]);
    }
  });

  test('takes a key that may be missing, and never undefined in its place', () => {
    for (const [more, isFine] of [
      [['a'], true],
      [[], false],
      [undefined, false],
      [null, false],
    ] as const)
      expect(bothJudge({ ...GOOD, more })).toEqual([isFine, isFine]);
  });

  test('names the key that it does not know', () => {
    for (const schema of [zodSchema, smallSchema]) {
      const [issue] =
        schema.safeParse({ ...GOOD, shape: { kind: 'one', max: 1, more: 1 } }).error?.issues ?? [];
      expect(issue).toMatchObject({ code: 'unrecognized_keys', path: ['shape'], keys: ['more'] });
    }
  });
});
