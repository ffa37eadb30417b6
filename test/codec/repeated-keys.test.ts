import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { repeatedKey } from '../../src/codec/repeated-keys.ts';

describe('a key that stands twice', () => {
  test.each([
    ['at the top', '{"a":1,"a":2}', 'a'],
    ['with the same value', '{"a":1,"a":1}', 'a'],
    ['with others between', '{"a":1,"b":{"a":2},"a":2}', 'a'],
    ['in an object of an object', '{"a":{"b":1,"b":2}}', 'a.b'],
    ['in an object of a list', '[{"a":1},[0,0],{"a":[{"b":1},{"c":0,"b":1,"c":0}]}]', '[2].a[1].c'],
    ['spelt otherwise', '{"a":1,"\\u0061":2}', 'a'],
    ['with white space', '{ "a" : 1 ,\n"a"\t:2}', 'a'],
    ['that is empty', '{"":1,"":2}', ''],
    ['that has signs in it', '{"}],{\\"\\\\":1,"}],{\\"\\\\":2}', '}],{"\\'],
    ['that objects have', '{"__proto__":1,"__proto__":2}', '__proto__'],
  ])('%s', (_, text, path) => {
    expect(() => JSON.parse(text) as unknown).not.toThrow();
    expect(repeatedKey(text)).toEqual({ path, message: 'stands twice' });
  });

  test.each([
    ['in two objects', '[{"a":1},{"a":2}]'],
    ['as a key and a value', '{"a":"a","b":["a","a"]}'],
    ['in a string', '{"a":"{\\"b\\":1,\\"b\\":2}"}'],
    ['in other capitals', '{"a":1,"A":2}'],
    ['behind a value that ends in a backslash', '{"a":"\\\\","b":"\\\\"}'],
  ])('not %s', (_, text) => {
    expect(() => JSON.parse(text) as unknown).not.toThrow();
    expect(repeatedKey(text)).toBeNull();
  });

  test('is found wherever it is put', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), fc.string(), fc.boolean(), (value, key, pretty) => {
        const text = JSON.stringify(value, null, pretty ? 2 : undefined);
        expect(repeatedKey(text)).toBeNull();
        const name = JSON.stringify(key);
        const again = `{"list":[0,{${name}:${text},"x${name.slice(1)}:1,${name}:2}]}`;
        expect(repeatedKey(again)).toEqual({ path: `list[1].${key}`, message: 'stands twice' });
      }),
    );
  });
});

test('what is no JSON is left to the parser', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'{}[]",:\\ a1'.split('')) }), (text) => {
      let isJson = true;
      try {
        JSON.parse(text);
      } catch {
        isJson = false;
      }
      // Whatever it finds, it ends, and throws nothing.
      const found = repeatedKey(text);
      if (isJson && !text.includes(':')) expect(found).toBeNull();
    }),
  );
  for (const text of ['', '"', '"\\', '{"a', '}}]]', '{"\\x":1,"\\x":2}'])
    expect(() => repeatedKey(text)).not.toThrow();
});

test('what is nested too deeply is not read', () => {
  const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);
  expect(repeatedKey(nested(100))).toBeNull();
  expect(repeatedKey(nested(101))).toEqual({ path: '', message: 'nested too deeply' });
  expect(repeatedKey('['.repeat(1_000_000))).toEqual({ path: '', message: 'nested too deeply' });
});

test('an object of very many keys is not read', () => {
  const wide = (keys: number): string =>
    JSON.stringify({ a: Object.fromEntries(Array.from({ length: keys }, (_, i) => [`k${i}`, i])) });
  expect(repeatedKey(wide(1000))).toBeNull();
  expect(repeatedKey(wide(1001))).toEqual({ path: 'a.k1000', message: 'stands beside too many others' });
});
