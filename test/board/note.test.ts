import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hashLeaf } from '../../src/board/merkle.ts';
import {
  COSIGNATURE,
  encodeNote,
  encodeVerifierKey,
  NOTE_SIGNATURE,
  type NoteVerifier,
  noteVerifier,
  openNote,
  parseNote,
  parseVerifierKey,
  signText,
  verifierKey,
  verifySignatures,
} from '../../src/board/note.ts';
import { type Bytes, concat, fromBase64, toBase64, toUtf8 } from '../../src/crypto/bytes.ts';
import { generateSigningKey, parseSigningKey, publicKeyOf } from '../../src/crypto/ed25519.ts';
import { expectRefusal, flipBit, refusal } from './trees.ts';

interface Vectors {
  readonly vkey: string;
  readonly skey: string;
  readonly text: string;
  readonly signed: string;
  readonly signed_two: string;
  readonly bad_vkeys: string[];
  readonly record_hash: { readonly data: string; readonly rfc6962_leaf_hash_base64: string };
}

const VECTORS: Vectors = JSON.parse(
  readFileSync(new URL('../vectors/signed-note/note_vectors.json', import.meta.url), 'utf8'),
);
const PETER = noteVerifier(parseVerifierKey(VECTORS.vkey));
// The skey is PRIVATE+KEY+<name>+<id>+<base64 of type ‖ seed>.
const PETER_KEY = parseSigningKey(fromBase64(VECTORS.skey.split('+').slice(4).join('+')).subarray(1));

function newSigner(name: string): {
  verifier: NoteVerifier;
  sign: (text: string) => ReturnType<typeof signText>;
} {
  const key = generateSigningKey();
  return {
    verifier: noteVerifier(verifierKey(name, NOTE_SIGNATURE, publicKeyOf(key))),
    sign: (text) => signText(text, name, key),
  };
}

describe('golang.org/x/mod/sumdb/note vectors', () => {
  test('the note opens, whole and with a signature of an unknown key', () => {
    expect(openNote(toUtf8(VECTORS.signed), [PETER])).toBe(VECTORS.text);
    expect(openNote(toUtf8(VECTORS.signed_two), [PETER])).toBe(VECTORS.text);
    expect(verifySignatures(parseNote(toUtf8(VECTORS.signed_two)), [PETER])).toHaveLength(1);
  });

  test('signing makes the same bytes', () => {
    const signature = signText(VECTORS.text, 'PeterNeumann', PETER_KEY);
    expect(encodeNote({ text: VECTORS.text, signatures: [signature] })).toEqual(toUtf8(VECTORS.signed));
    expect(encodeNote(parseNote(toUtf8(VECTORS.signed_two)))).toEqual(toUtf8(VECTORS.signed_two));
  });

  test('verifier keys, good and bad', () => {
    expect(encodeVerifierKey(PETER.key)).toBe(VECTORS.vkey);
    expect(VECTORS.bad_vkeys).toHaveLength(2);
    for (const bad of VECTORS.bad_vkeys) refusal(() => parseVerifierKey(bad));
  });

  test('record hash', () => {
    const { data, rfc6962_leaf_hash_base64 } = VECTORS.record_hash;
    expect(toBase64(hashLeaf(toUtf8(data)))).toBe(rfc6962_leaf_hash_base64);
  });

  test('any bit of the note flipped: refused', () => {
    const note = toUtf8(VECTORS.signed);
    for (let bit = 0; bit < note.length * 8; bit += 1) {
      refusal(() => openNote(flipBit(note, bit), [PETER]));
    }
  });

  test('any byte dropped, doubled or cut off after: refused', () => {
    const note = toUtf8(VECTORS.signed);
    for (let at = 0; at < note.length; at += 1) {
      const [before, from, after] = [note.subarray(0, at), note.subarray(at), note.subarray(at + 1)];
      refusal(() => openNote(before, [PETER]));
      // One of two equal neighbours dropped is the other dropped; a doubled byte is caught likewise.
      refusal(() => openNote(concat(before, after), [PETER]));
      refusal(() => openNote(concat(before, from.subarray(0, 1), from), [PETER]));
    }
  });

  test('any byte changed in a note with a second, unknown signature: refused, or the signed text', () => {
    const note = toUtf8(VECTORS.signed_two);
    for (let at = 0; at < note.length; at += 1) {
      const changed = flipBit(note, at * 8 + (at % 8));
      try {
        expect(openNote(changed, [PETER])).toBe(VECTORS.text);
      } catch (error) {
        expect(error).toMatchObject({ name: 'BoardError' });
      }
    }
  });
});

test('the example of c2sp.org/signed-note', () => {
  const key = parseVerifierKey('example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k');
  const note =
    'This is an example message.\n\n' +
    '— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n';
  expect(openNote(toUtf8(note), [noteVerifier(key)])).toBe('This is an example message.\n');
});

describe('signatures', () => {
  const [anna, ben] = [newSigner('anna'), newSigner('ben')];
  const text = 'One.\n\nTwo, after an empty line: “ä”.\n';
  const note = (...signers: (typeof anna)[]): Bytes =>
    encodeNote({ text, signatures: signers.map(({ sign }) => sign(text)) });

  test('each known key is verified, in the order of the note', () => {
    const verified = verifySignatures(parseNote(note(ben, anna)), [anna.verifier, ben.verifier]);
    expect(verified.map(({ verifier }) => verifier.key.name)).toEqual(['ben', 'anna']);
    expect(openNote(note(ben, anna), [anna.verifier])).toBe(text);
  });

  test('a note that no known key has signed is refused', () => {
    expectRefusal(() => openNote(note(ben), [anna.verifier]), 'unsigned', 'note');
    expectRefusal(() => openNote(note(ben), []), 'unsigned', 'note');
  });

  test('the same name with another key is unknown, and so is the same key under another name', () => {
    const other = newSigner('anna');
    expectRefusal(() => openNote(note(other), [anna.verifier]), 'unsigned');
    const renamed = verifierKey('annabel', NOTE_SIGNATURE, anna.verifier.key.publicKey);
    expectRefusal(() => openNote(note(anna), [noteVerifier(renamed)]), 'unsigned');
  });

  test('a known key with a bad signature is an error, even beside a good one', () => {
    const good = anna.sign(text);
    const forged = { ...ben.sign(text), signature: ben.sign('another text\n').signature };
    const both = encodeNote({ text, signatures: [good, forged] });
    expectRefusal(() => openNote(both, [anna.verifier, ben.verifier]), 'bad-signature', 'signature line 2');
    expect(openNote(both, [anna.verifier])).toBe(text);
    const twice = encodeNote({ text, signatures: [good, { ...forged, name: good.name, id: good.id }] });
    expectRefusal(() => openNote(twice, [anna.verifier]), 'bad-signature', 'signature line 2');
    const short = encodeNote({ text, signatures: [{ ...good, signature: good.signature.subarray(0, 63) }] });
    expectRefusal(() => openNote(short, [anna.verifier]), 'bad-signature', 'signature line 1');
  });

  test('a signature of any length by an unknown key is passed over', () => {
    const long = { name: 'pq', id: '00112233', signature: new Uint8Array(4627) };
    expect(openNote(encodeNote({ text, signatures: [long, anna.sign(text)] }), [anna.verifier])).toBe(text);
  });

  test('sixteen signatures are read, a hundred and one are not', () => {
    const signature = anna.sign(text);
    const many = (n: number): Bytes =>
      encodeNote({ text, signatures: Array.from({ length: n }, () => signature) });
    expect(parseNote(many(16)).signatures).toHaveLength(16);
    expectRefusal(() => many(101), 'bad-length', 'note');
  });

  test('a key for cosignatures opens no note', () => {
    const key = verifierKey('anna', COSIGNATURE, anna.verifier.key.publicKey);
    expectRefusal(() => noteVerifier(key), 'bad-key', 'anna');
  });
});

describe('forms that are refused', () => {
  const SIG = VECTORS.signed.slice(VECTORS.text.length + 1);

  test.each([
    ['nothing', ''],
    ['no text', SIG],
    ['no signature', 'a\n\n'],
    ['no empty line', `a\n${SIG}`],
    ['no newline at the end', `a\n\n${SIG.trimEnd()}`],
    ['an empty line at the end', `a\n\n${SIG}\n`],
    ['a carriage return', `a\r\n\n${SIG}`],
    ['a tab', `a\tb\n\n${SIG}`],
    ['a hyphen for the dash', `a\n\n-${SIG.slice(1)}`],
    ['two spaces', `a\n\n${SIG.replace(' ', '  ')}`],
    ['a space at the end', `a\n\n${SIG.trimEnd()} \n`],
    ['a plus in the name', `a\n\n${SIG.replace('Peter', 'Peter+')}`],
    ['a no-break space in the name', `a\n\n${SIG.replace('Peter', 'Peter\u{a0}')}`],
    ['no name', `a\n\n${SIG.replace('PeterNeumann ', '')}`],
    ['base64 without its padding', `a\n\n${SIG.replace('=', '')}`],
    ['base64 with a bit to spare', `a\n\n${SIG.replace('M=', 'N=')}`],
    ['base64url', `a\n\n${SIG.replace('/', '_')}`],
    ['a key ID alone', 'a\n\n— PeterNeumann x08goA==\n'],
  ])('%s', (_, note) => {
    expectRefusal(() => parseNote(toUtf8(note)), 'bad-encoding');
  });

  test('bytes that are not UTF-8, and a megabyte', () => {
    expectRefusal(
      () => parseNote(concat(Uint8Array.of(0xc3), toUtf8(VECTORS.signed))),
      'bad-encoding',
      'note',
    );
    expectRefusal(() => parseNote(new Uint8Array(1_000_001)), 'bad-length', 'note');
  });

  test('any bytes at all: a note or a BoardError', () => {
    const near = fc
      .array(fc.constantFrom('\n', '\n\n', '— ', 'name ', 'x08goA==', '+', 'é', SIG))
      .map((s) => s.join(''));
    fc.assert(
      fc.property(fc.oneof(near, fc.string({ unit: 'binary' })), (text) => {
        const bytes = toUtf8(text);
        let note: ReturnType<typeof parseNote>;
        try {
          note = parseNote(bytes);
        } catch (error) {
          expect(error).toMatchObject({ name: 'BoardError' });
          return;
        }
        expect(encodeNote(note)).toEqual(bytes);
      }),
      { numRuns: 500 },
    );
  });

  test('a note that would not read back is not written', () => {
    const signature = signText('a\n', 'PeterNeumann', PETER_KEY);
    expectRefusal(() => encodeNote({ text: 'a', signatures: [signature] }), 'bad-encoding');
    expectRefusal(() => encodeNote({ text: 'a\n', signatures: [] }), 'bad-encoding');
    expectRefusal(() => encodeNote({ text: '\ud800\n', signatures: [signature] }), 'bad-encoding');
    expectRefusal(
      () => encodeNote({ text: 'a\n', signatures: [{ ...signature, name: 'a\nb' }] }),
      'bad-encoding',
    );
    expectRefusal(
      () => encodeNote({ text: 'a\n', signatures: [{ ...signature, id: 'xyz' }] }),
      'bad-encoding',
    );
    expectRefusal(() => signText('\ud800\n', 'PeterNeumann', PETER_KEY), 'bad-encoding', 'text');
  });
});

describe('verifier keys', () => {
  test('any name and either type: written and read back', () => {
    const name = fc.stringMatching(/^[a-z0-9./äß-]+$/);
    fc.assert(
      fc.property(name, fc.constantFrom(NOTE_SIGNATURE, COSIGNATURE), (name, type) => {
        const key = verifierKey(name, type, publicKeyOf(generateSigningKey()));
        expect(parseVerifierKey(encodeVerifierKey(key))).toEqual(key);
      }),
      { numRuns: 20 },
    );
  });

  test('the ID depends on the name, the type and the key', () => {
    const [a, b] = [publicKeyOf(generateSigningKey()), publicKeyOf(generateSigningKey())];
    const ids = [
      verifierKey('n', NOTE_SIGNATURE, a),
      verifierKey('n', COSIGNATURE, a),
      verifierKey('m', NOTE_SIGNATURE, a),
      verifierKey('n', NOTE_SIGNATURE, b),
    ].map(({ id }) => id);
    expect(new Set(ids).size).toBe(4);
  });

  const [name = '', id = '', base64 = ''] = VECTORS.vkey.split('+');
  test.each([
    ['nothing', '', 'bad-encoding'],
    ['two parts', `${name}+${id}`, 'bad-encoding'],
    ['no name', `+${id}+${base64}`, 'bad-encoding'],
    ['a space in the name', `Peter Neumann+${id}+${base64}`, 'bad-encoding'],
    ['a newline at the end', `${VECTORS.vkey}\n`, 'bad-encoding'],
    ['another ID', `${name}+c74f20a4+${base64}`, 'bad-key'],
    ['its ID in upper case', `${name}+${id.toUpperCase()}+${base64}`, 'bad-key'],
    ['no key', `${name}+${id}+`, 'bad-key'],
    ['a key of 31 bytes', `${name}+${id}+${toBase64(Uint8Array.of(1, ...new Uint8Array(31)))}`, 'bad-key'],
    [
      'a key of small order',
      `${name}+${id}+${toBase64(Uint8Array.of(1, 1, ...new Uint8Array(31)))}`,
      'bad-key',
    ],
    ['an unknown type', `${name}+${id}+${toBase64(Uint8Array.of(2, ...new Uint8Array(32)))}`, 'bad-key'],
  ] as const)('refused: %s', (_, text, code) => {
    expectRefusal(() => parseVerifierKey(text, 'logKey'), code, 'logKey');
  });
});
