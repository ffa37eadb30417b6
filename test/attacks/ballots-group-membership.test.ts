/**
 * B3, missing group-membership checks (Belenios 3.3.0), and B13, edges of decoding: every place of a ballot at which
 * a point is read, with every encoding that RFC 9496 refuses, and with the identity.
 */
import { describe, expect, test } from 'vitest';
import { proveCheckEntry, verifyCheckEntry } from '../../src/ballot/ballot-check.ts';
import { ballotContext } from '../../src/ballot/ballot-context.ts';
import { ballotStatement, verifyCredentials } from '../../src/ballot/check-ballot.ts';
import { concat, fromBase64Url, toBase64Url } from '../../src/crypto/bytes.ts';
import { credential } from '../ballot/election.ts';
import { REFUSED_ENCODINGS } from '../crypto/hostile-inputs.ts';
import { replaced } from '../crypto/proofs/statements.ts';
import {
  ciphertextsOf,
  context,
  edited,
  honest,
  setting,
  signed,
  verdict,
  withCiphertexts,
} from './ballots.ts';

const voter = credential(context);
const ballot = honest(voter);
const { entry } = ballot;
const ciphertexts = ciphertextsOf(entry);
const proof = fromBase64Url(entry.body.proof);
const IDENTITY = new Uint8Array(32);

/** Every point of a ballot: P, (α, β) of two options, T, (A, B) of five values. */
const PLACES: readonly (readonly [string, (bytes: Uint8Array) => typeof entry])[] = [
  ['P', (bytes) => edited(entry, { P: toBase64Url(bytes) })],
  ...['α₁', 'β₁', 'α₂', 'β₂'].map(
    (name, i) =>
      [name, (bytes: Uint8Array) => withCiphertexts(entry, replaced(ciphertexts, 32 * i, bytes))] as const,
  ),
  ...Array.from(
    { length: 11 },
    (_, i) =>
      [
        i === 0 ? 'T' : `${i % 2 === 1 ? 'A' : 'B'} of value ${Math.ceil(i / 2)}`,
        (bytes: Uint8Array) => edited(entry, { proof: toBase64Url(replaced(proof, 32 * i, bytes)) }),
      ] as const,
  ),
];

const OF_CREDENTIAL = ['P', 'T'];

describe.each(PLACES)('%s', (name, put) => {
  // T and r are made anew, or the ballot would be refused as a stranger's.
  const sent = (bytes: Uint8Array) => (OF_CREDENTIAL.includes(name) ? put(bytes) : signed(voter, put(bytes)));

  test('refuses every encoding that RFC 9496 refuses', () => {
    for (const [, bytes] of REFUSED_ENCODINGS) expect(verdict(sent(bytes))).toBe('bad-point');
  });

  test('refuses the identity, by name where it could pass', () => {
    const named = name === 'P' || name.startsWith('α');
    expect(verdict(sent(IDENTITY))).toBe(named ? 'bad-point' : 'bad-proof');
  });
});

test('what somebody else put into a ballot is not even decoded', () => {
  const others = PLACES.filter(([name]) => !OF_CREDENTIAL.includes(name));
  for (const [, put] of others) {
    for (const [, bytes] of REFUSED_ENCODINGS) expect(verdict(put(bytes))).toBe('bad-proof');
  }
});

test('the door refuses a bad P or T before it looks at anything else', () => {
  for (const [, bytes] of REFUSED_ENCODINGS) {
    for (const [, put] of PLACES.filter(([name]) => OF_CREDENTIAL.includes(name))) {
      expect(verifyCredentials([ballotStatement(put(bytes), context).credential])).toMatchObject([
        { code: 'bad-point' },
      ]);
    }
  }
});

test('the election key', () => {
  for (const bytes of [IDENTITY, ...REFUSED_ENCODINGS.map(([, bad]) => bad)]) {
    expect(() => ballotContext({ ...setting, key: toBase64Url(bytes) })).toThrow(
      expect.objectContaining({ code: 'bad-point', where: 'key' }),
    );
  }
});

test('the points of a check', () => {
  const check = proveCheckEntry(context, voter, ballot.fingerprint);
  const rest = fromBase64Url(check.body.proof).subarray(32);
  for (const [, bytes] of REFUSED_ENCODINGS) {
    for (const change of [{ P: toBase64Url(bytes) }, { proof: toBase64Url(concat(bytes, rest)) }]) {
      expect(() => verifyCheckEntry({ ...check, body: { ...check.body, ...change } }, context)).toThrow(
        expect.objectContaining({ code: 'bad-point' }),
      );
    }
  }
});
