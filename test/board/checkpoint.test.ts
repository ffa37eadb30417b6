import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  encodeCheckpoint,
  openCheckpoint,
  parseCheckpoint,
  signCheckpoint,
} from '../../src/board/checkpoint.ts';
import { addCosignature, openCosignatures } from '../../src/board/cosignature.ts';
import { EMPTY_ROOT, hashLeaf } from '../../src/board/merkle.ts';
import {
  COSIGNATURE,
  encodeNote,
  NOTE_SIGNATURE,
  parseNote,
  signText,
  verifierKey,
} from '../../src/board/note.ts';
import { type Bytes, concat, fromUtf8, toUtf8, u64 } from '../../src/crypto/bytes.ts';
import { generateSigningKey, publicKeyOf, sign } from '../../src/crypto/ed25519.ts';
import { expectRefusal, flipBit, refusal } from './trees.ts';

const ORIGIN = 'votes.example/2031';
const LOG = generateSigningKey();
const LOG_KEY = verifierKey(ORIGIN, NOTE_SIGNATURE, publicKeyOf(LOG));
const CHECKPOINT = { origin: ORIGIN, size: 20_852_163, root: hashLeaf(toUtf8('root')) };
const NOTE = signCheckpoint(CHECKPOINT, LOG);

function newWitness(name: string) {
  const key = generateSigningKey();
  return {
    key: verifierKey(name, COSIGNATURE, publicKeyOf(key)),
    cosign: (note: Bytes, time: number) => addCosignature(note, name, key, time),
    signingKey: key,
  };
}

describe('tlog-checkpoint', () => {
  test('the example of the specification, with its cosignature', () => {
    const note = toUtf8(
      'example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n' +
        '— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n' +
        '— witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==\n',
    );
    const { text, signatures } = parseNote(note);
    expect(parseCheckpoint(text)).toMatchObject({ origin: 'example.com/behind-the-sofa', size: 20_852_163 });
    expect(encodeCheckpoint(parseCheckpoint(text))).toBe(text);
    expect(signatures.map(({ signature }) => signature.length)).toEqual([64, 72]);
    expect(new DataView(signatures[1]?.signature.slice().buffer ?? new ArrayBuffer(8)).getBigUint64(0)).toBe(
      1_679_315_147n,
    );
  });

  test('signed and opened', () => {
    expect(openCheckpoint(NOTE, LOG_KEY)).toEqual(CHECKPOINT);
    const empty = { origin: ORIGIN, size: 0, root: EMPTY_ROOT };
    expect(openCheckpoint(signCheckpoint(empty, LOG), LOG_KEY)).toEqual(empty);
  });

  test('every size and root: written and read back', () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), fc.uint8Array({ minLength: 32, maxLength: 32 }), (size, root) => {
        fc.pre(size > 0);
        const checkpoint = { origin: 'Wahl „7“', size, root };
        expect(parseCheckpoint(encodeCheckpoint(checkpoint))).toEqual(checkpoint);
      }),
    );
  });

  test('any bit flipped: refused', () => {
    for (let bit = 0; bit < NOTE.length * 8; bit += 1) {
      refusal(() => openCheckpoint(flipBit(NOTE, bit), LOG_KEY));
    }
  });

  test('a checkpoint of another origin, though the log has signed it', () => {
    const text = encodeCheckpoint({ ...CHECKPOINT, origin: 'votes.example/2032' });
    const note = encodeNote({ text, signatures: [signText(text, ORIGIN, LOG)] });
    expectRefusal(() => openCheckpoint(note, LOG_KEY), 'wrong-origin', 'origin');
  });

  test('a checkpoint signed by another key', () => {
    const other = signCheckpoint(CHECKPOINT, generateSigningKey());
    expectRefusal(() => openCheckpoint(other, LOG_KEY), 'unsigned');
    const key = verifierKey(ORIGIN, COSIGNATURE, publicKeyOf(LOG));
    expectRefusal(() => openCheckpoint(NOTE, key), 'bad-key');
  });

  const ROOT = 'CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=';
  test.each([
    ['nothing', '', 'checkpoint'],
    ['two lines', 'log\n1\n', 'checkpoint'],
    ['no newline at the end', `log\n1\n${ROOT}`, 'checkpoint'],
    ['an extension line', `log\n1\n${ROOT}\nmore\n`, 'checkpoint'],
    ['an empty line', `log\n1\n${ROOT}\n\n`, 'checkpoint'],
    ['no origin', `\n1\n${ROOT}\n`, 'origin'],
    ['no size', `log\n\n${ROOT}\n`, 'size'],
    ['a leading zero', `log\n01\n${ROOT}\n`, 'size'],
    ['a sign', `log\n+1\n${ROOT}\n`, 'size'],
    ['an exponent', `log\n1e3\n${ROOT}\n`, 'size'],
    ['hexadecimal', `log\n0x1\n${ROOT}\n`, 'size'],
    ['a space', `log\n1 \n${ROOT}\n`, 'size'],
    ['other digits', `log\n١\n${ROOT}\n`, 'size'],
    ['twenty digits', `log\n10000000000000000000\n${ROOT}\n`, 'size'],
    ['a root in base64url', `log\n1\n${ROOT.replace('/', '_')}\n`, 'root'],
    ['a root without padding', `log\n1\n${ROOT.replace('=', '')}\n`, 'root'],
    ['a root with a bit to spare', `log\n1\n${ROOT.replace('I=', 'J=')}\n`, 'root'],
  ])('refused: %s', (_, text, where) => {
    expectRefusal(() => parseCheckpoint(text), 'bad-encoding', where);
  });

  test('values that no checkpoint has', () => {
    expectRefusal(() => parseCheckpoint(`log\n9007199254740992\n${ROOT}\n`), 'out-of-range', 'size');
    expectRefusal(() => parseCheckpoint('log\n1\nAAAA\n'), 'bad-length', 'root');
    expectRefusal(() => parseCheckpoint(`log\n0\n${ROOT}\n`), 'wrong-hash', 'root');
    expectRefusal(() => encodeCheckpoint({ ...CHECKPOINT, size: -1 }), 'out-of-range', 'size');
    expectRefusal(() => encodeCheckpoint({ ...CHECKPOINT, root: new Uint8Array(31) }), 'bad-length', 'root');
    expectRefusal(() => encodeCheckpoint({ ...CHECKPOINT, origin: '' }), 'bad-encoding', 'origin');
    expectRefusal(() => encodeCheckpoint({ ...CHECKPOINT, origin: 'a\nb' }), 'bad-encoding', 'origin');
    expectRefusal(() => encodeCheckpoint({ ...CHECKPOINT, origin: 'a\tb' }), 'bad-encoding', 'origin');
    expectRefusal(() => encodeCheckpoint({ ...CHECKPOINT, origin: '\ud800' }), 'bad-encoding', 'origin');
    expectRefusal(() => signCheckpoint({ ...CHECKPOINT, origin: 'a b' }, LOG), 'bad-encoding', 'name');
  });
});

describe('tlog-cosignature, Ed25519', () => {
  const [anna, ben] = [newWitness('witness.example/anna'), newWitness('witness.example/ben')];
  const both = ben.cosign(anna.cosign(NOTE, 1_679_315_147), 1_679_315_200);

  test('each witness with its time; the checkpoint still opens', () => {
    expect(openCosignatures(both, [ben.key, anna.key])).toEqual([
      { witness: anna.key, earliest: 1_679_315_147, latest: 1_679_315_147 },
      { witness: ben.key, earliest: 1_679_315_200, latest: 1_679_315_200 },
    ]);
    expect(openCosignatures(both, [ben.key])).toEqual([
      { witness: ben.key, earliest: 1_679_315_200, latest: 1_679_315_200 },
    ]);
    expect(openCosignatures(both, [newWitness('witness.example/anna').key])).toEqual([]);
    expect(openCosignatures(NOTE, [anna.key])).toEqual([]);
    expect(openCheckpoint(both, LOG_KEY)).toEqual(CHECKPOINT);
  });

  test('the signed message is byte for byte that of the specification', () => {
    const message = `cosignature/v1\ntime 1679315147\n${encodeCheckpoint(CHECKPOINT)}`;
    const expected = concat(u64(1_679_315_147), sign(anna.signingKey, toUtf8(message)));
    expect(parseNote(both).signatures[1]?.signature).toEqual(expected);
  });

  test('one witness twice is one witness, at its earliest time', () => {
    const twice = anna.cosign(anna.cosign(NOTE, 200), 100);
    expect(openCosignatures(twice, [anna.key])).toEqual([{ witness: anna.key, earliest: 100, latest: 200 }]);
  });

  test('any bit of the text or of the cosignature flipped: refused, or of no known witness', () => {
    const note = anna.cosign(NOTE, 1_679_315_147);
    for (let bit = 0; bit < note.length * 8; bit += 7) {
      let found: readonly unknown[] = [];
      try {
        found = openCosignatures(flipBit(note, bit), [anna.key]);
      } catch (error) {
        expect(error).toMatchObject({ name: 'BoardError' });
      }
      // The log's own line is nothing to the witness.
      const at = Math.floor(bit / 8);
      const inLogLine = at >= fromLogLine(note) && at < NOTE.length - 1;
      if (!inLogLine) expect(found).toEqual([]);
    }
  });

  test('a cosignature for another time, another checkpoint or of another length is an error', () => {
    const { text, signatures } = parseNote(anna.cosign(NOTE, 100));
    const [log, good] = signatures;
    if (log === undefined || good === undefined) throw new Error('two signatures');
    const withSignature = (signature: Bytes): Bytes =>
      encodeNote({ text, signatures: [log, { ...good, signature }] });
    const bad = [
      concat(u64(101), good.signature.subarray(8)),
      concat(u64(1n << 63n), good.signature.subarray(8)),
      good.signature.subarray(8),
      good.signature.subarray(0, 3),
      concat(good.signature, Uint8Array.of(0)),
    ];
    for (const signature of bad) {
      expectRefusal(
        () => openCosignatures(withSignature(signature), [anna.key]),
        'bad-signature',
        'signature line 2',
      );
    }
    const late = sign(anna.signingKey, toUtf8(`cosignature/v1\ntime ${2 ** 53}\n${text}`));
    const pastExact = withSignature(concat(u64(2n ** 53n), late));
    expectRefusal(() => openCosignatures(pastExact, [anna.key]), 'bad-signature', 'signature line 2');
    const grown = encodeCheckpoint({ ...CHECKPOINT, size: CHECKPOINT.size + 1 });
    const moved = encodeNote({ text: grown, signatures: [good] });
    expectRefusal(() => openCosignatures(moved, [anna.key]), 'bad-signature', 'signature line 1');
  });

  test('times and keys that cannot be', () => {
    expectRefusal(() => anna.cosign(NOTE, -1), 'out-of-range', 'timestamp');
    expectRefusal(() => anna.cosign(NOTE, 1.5), 'out-of-range', 'timestamp');
    expectRefusal(() => openCosignatures(NOTE, [LOG_KEY]), 'bad-key', ORIGIN);
  });
});

/** Where in a note's bytes its first signature line begins. */
function fromLogLine(note: Bytes): number {
  return toUtf8(fromUtf8(note).split('\n\n')[0] ?? '').length + 2;
}
