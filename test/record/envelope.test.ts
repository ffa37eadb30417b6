import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encodeCanonical, type Json } from '../../src/codec/canonical-json.ts';
import { toBase64Url, toUtf8 } from '../../src/crypto/bytes.ts';
import { sign } from '../../src/crypto/ed25519.ts';
import { type Entry, sharesDocument, UNSUPPORTED_TYPES } from '../../src/record/entries.ts';
import {
  electionName,
  encodeEntry,
  isSigned,
  parseDocument,
  parseEntry,
  signEntry,
  verifyEntrySignatures,
} from '../../src/record/envelope.ts';
import { isUnsupported, RecordError } from '../../src/record/errors.ts';
import { keyOf, manifestBody, TestElection } from './elections.ts';
import { electionUntil } from './honest-election.ts';

const { entries } = await electionUntil('result');
const manifest = manifestBody();

/** `code where` of the RecordError that an action throws. */
function errorOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    if (error instanceof RecordError) return `${error.code} ${error.where}`;
    throw error;
  }
  return 'none';
}

const parsed = entries.map((bytes) => ({ bytes, entry: parseEntry(bytes) }));
const oneOfEach = [...new Map(parsed.map((item) => [item.entry.type, item])).values()];

test('every entry of an election parses to what encodes to it', () => {
  expect(oneOfEach).toHaveLength(15);
  for (const { bytes, entry } of parsed) expect(encodeEntry(entry)).toStrictEqual(bytes);
});

test('the election is the leaf of the manifest', () => {
  expect(electionName(entries[0] ?? toUtf8(''))).toBe(new TestElection().state.election);
});

describe.each(oneOfEach.map(({ bytes, entry }) => [entry.type, bytes, entry] as const))(
  '%s',
  (_type, bytes, entry) => {
    const edit = (change: (json: Record<string, Json>) => void) => {
      const json = JSON.parse(JSON.stringify(entry)) as Record<string, Json>;
      change(json);
      return errorOf(() => parseEntry(encodeCanonical(json)));
    };

    test('has no key that may be missing', () => {
      for (const key of Object.keys(entry)) {
        const expected =
          key === 'type' || key === 'v' ? /^bad-field (type|v)$/ : new RegExp(`^bad-field ${key}$`);
        expect(edit((json) => Reflect.deleteProperty(json, key))).toMatch(expected);
      }
      for (const key of Object.keys(entry.body)) {
        expect(edit((json) => Reflect.deleteProperty(json['body'] as object, key))).toBe(
          `bad-field body.${key}`,
        );
      }
    });

    test('has no other key', () => {
      expect(edit((json) => (json['more'] = 1))).toBe('bad-field more');
      expect(edit((json) => ((json['body'] as Record<string, Json>)['more'] = 1))).toBe(
        'bad-field body.more',
      );
      expect(edit((json) => (json['ext'] = { more: 1 }))).toBe('bad-field ext.more');
    });

    test('has no field of another type', () => {
      for (const key of Object.keys(entry.body)) {
        const wrong = edit((json) => ((json['body'] as Record<string, Json>)[key] = { no: 'such' }));
        expect(wrong).toMatch(new RegExp(`^bad-field body\\.${key}(\\..*)?$`));
      }
    });

    test('has one spelling', () => {
      const text = new TextDecoder().decode(bytes);
      for (const other of [
        ` ${text}`,
        `${text}\n`,
        text.replace(':', ': '),
        `\uFEFF${text}`,
        `${text}${text}`,
        text.slice(0, -1),
      ]) {
        expect(errorOf(() => parseEntry(toUtf8(other)))).toBe('not-canonical entry');
      }
    });

    test('a changed byte is refused, or parses to what encodes to it', () => {
      fc.assert(
        fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, by) => {
          const changed = bytes.map((byte, i) => (i === at ? byte ^ by : byte));
          const error = errorOf(() => expect(encodeEntry(parseEntry(changed))).toStrictEqual(changed));
          expect(error).toMatch(/^(none|not-canonical |bad-field |unknown-type |unsupported )/);
        }),
      );
    });
  },
);

describe('what another version may know', () => {
  const roll = parseEntry(entries[7] ?? toUtf8(''));
  const code = (change: object) => errorOf(() => parseEntry(encodeCanonical({ ...roll, ...change })));

  test.each(UNSUPPORTED_TYPES)('%s', (type) => {
    expect(code({ type })).toBe('unsupported-type type');
    expect(code({ type, body: { anything: 1 } })).toBe('unsupported-type type');
  });

  test('a manifest’s version, suite, kind and features', () => {
    const inManifest = (body: object, v: unknown = 1) => code({ type: 'manifest', v, body });
    expect(inManifest({}, 2)).toBe('unsupported v');
    expect(inManifest({ suite: 'P256-SHA256', more: 1 })).toBe('unsupported body.suite');
    expect(inManifest({ kind: 'auction', more: 1 })).toBe('unsupported body.kind');
    expect(inManifest({ features: ['mixnet'], more: 1 })).toBe('unsupported body.features');
    expect(inManifest({ kind: 1, suite: 2, features: 3 }, '1')).toMatch(/^bad-field /);
  });

  test('unknown types and versions of other entries', () => {
    expect(code({ type: 'poem' })).toBe('unknown-type type');
    expect(code({ type: 'constructor' })).toBe('unknown-type type');
    expect(code({ v: 2 })).toBe('bad-field v');
    expect(code({ v: 2, type: 'poem' })).toBe('unknown-type type');
    expect(code({ v: '1' })).toBe('bad-field v');
    expect(code({ type: 1 })).toBe('bad-field type');
  });

  test('are told apart from what is wrong', () => {
    const caught = (change: object): unknown => {
      try {
        return parseEntry(encodeCanonical({ ...roll, ...change }));
      } catch (error) {
        return error;
      }
    };
    expect(isUnsupported(caught({ type: 'manifest', v: 2 }))).toBe(true);
    expect(isUnsupported(caught({ type: 'manifest' }))).toBe(false);
    expect(isUnsupported(caught({ v: 2 }))).toBe(false);
    expect(isUnsupported(caught({ type: 'poem' }))).toBe(false);
    expect(isUnsupported(new Error('v'))).toBe(false);
  });

  test.each(['null', '1', '[]', '"x"', '{}'])('%s is no entry', (json) => {
    expect(errorOf(() => parseEntry(toUtf8(json)))).toMatch(/^bad-field/);
  });
});

test('65,535 bytes and no more', () => {
  const tooLong = new Uint8Array(65_536).fill(0x20);
  expect(errorOf(() => parseEntry(tooLong))).toBe('too-long entry');
  expect(errorOf(() => parseEntry(tooLong.subarray(1)))).toBe('not-canonical entry');
  const long = { ...parsed[0]?.entry, type: 'x'.repeat(65_536) } as unknown as Entry;
  expect(errorOf(() => encodeEntry(long))).toBe('too-long entry');
});

test('what has no canonical form is not encoded', () => {
  expect(errorOf(() => encodeEntry({ ...parsed[0]?.entry, v: 0.5 } as unknown as Entry))).toBe(
    'not-canonical entry',
  );
});

test('a document is strict too', () => {
  expect(errorOf(() => parseDocument(sharesDocument, toUtf8('{"v":1}')))).toBe('bad-field tally');
  expect(errorOf(() => parseDocument(sharesDocument, toUtf8('{"v": 1}'), 'blob/x'))).toBe(
    'not-canonical blob/x',
  );
});

describe('role signatures (§5.1)', () => {
  const signed = parsed.map(({ entry }) => entry).filter(isSigned);

  test('all of an election hold, and none without its bytes', () => {
    expect(signed).toHaveLength(26);
    for (const entry of signed) {
      expect(
        errorOf(() => {
          verifyEntrySignatures(entry, manifest);
        }),
      ).toBe('none');
      const changed = { ...entry, ext: { more: 1 } } as unknown as typeof entry;
      expect(
        errorOf(() => {
          verifyEntrySignatures(changed, manifest);
        }),
      ).toBe('bad-signature sigs[0].sig');
    }
  });

  test('every role but the one named is refused', () => {
    for (const entry of signed) {
      const { sigs, ...unsigned } = entry;
      for (const role of ['officer', 'registrar', 'box', 'trustee'] as const) {
        const again = signEntry(unsigned, role, 1, keyOf(role, 1));
        const named = role === sigs[0]?.role;
        expect(
          errorOf(() => {
            verifyEntrySignatures(again, manifest);
          }),
        ).toMatch(named ? /^(none|wrong-signer sigs\[0\].i)$/ : /^wrong-signer sigs\[0\].role$/);
      }
    }
  });

  test('the tag keeps them from being signatures of anything else', () => {
    const [entry] = signed;
    expect(entry).toBeDefined();
    if (entry === undefined) return;
    const { sigs: _, ...unsigned } = entry;
    const sig = toBase64Url(sign(keyOf('officer', 1), encodeCanonical(unsigned)));
    expect(
      errorOf(() => {
        verifyEntrySignatures({ ...entry, sigs: [{ role: 'officer', i: 1, sig }] }, manifest);
      }),
    ).toBe('bad-signature sigs[0].sig');
  });

  test('a key of the manifest that is no point verifies nothing', () => {
    const [entry] = signed;
    const roles = { ...manifest.roles, officers: ['A'.repeat(43)] };
    expect(
      entry &&
        errorOf(() => {
          verifyEntrySignatures(entry, { ...manifest, roles });
        }),
    ).toBe('bad-signature sigs[0].sig');
  });
});
