/** From a token to a credential: docs/protocol.md §3; HKDF by Wycheproof's vectors. */
import { hkdf } from '@noble/hashes/hkdf.js';
import { hmac } from '@noble/hashes/hmac.js';
import { sha512 } from '@noble/hashes/sha2.js';
import { describe, expect, test } from 'vitest';
import { deriveCredential } from '../../src/ballot/credential.ts';
import { concat, fromBase64Url, fromHex, toBase64Url, toHex } from '../../src/crypto/bytes.ts';
import { encodeElement, G, multiplyPublic } from '../../src/crypto/group.ts';
import { scalarFromWide } from '../../src/crypto/scalar.ts';
import vectors from '../vectors/wycheproof/hkdf_sha512_test.json' with { type: 'json' };
import { hashOf } from './election.ts';

describe('HKDF-SHA-512 by Wycheproof', () => {
  const tests = vectors.testGroups.flatMap((group) => group.tests);

  test.each(tests)('$tcId: $comment, $result', ({ ikm, salt, info, size, okm, result }) => {
    const derive = (): string => toHex(hkdf(sha512, fromHex(ikm), fromHex(salt), fromHex(info), size));
    if (result === 'valid') expect(derive()).toBe(okm);
    else expect(derive).toThrow();
  });

  test('all of the vectors are there', () => {
    expect(tests).toHaveLength(vectors.numberOfTests);
  });
});

describe('a credential', () => {
  const token = { secret: fromHex('000102030405060708090a0b0c0d0e0f'), issuer: 0 };
  const election = hashOf('election');

  test('is HKDF of the token, worked out from RFC 5869 and the document', () => {
    const info = concat(
      new TextEncoder().encode('teller/v1/credential'),
      Uint8Array.of(0, 0, 0, 7),
      new TextEncoder().encode('members'),
      Uint8Array.of(0, 0, 0, 1, 0),
    );
    // One block: T(1) = HMAC(PRK, info ‖ 0x01) has all of the 64 bytes.
    const wide = hmac(
      sha512,
      hmac(sha512, fromBase64Url(election), token.secret),
      concat(info, Uint8Array.of(1)),
    );
    const { x, P } = deriveCredential(token, election, 'members');
    expect(x).toBe(scalarFromWide(wide));
    expect(P).toBe(toBase64Url(encodeElement(multiplyPublic(G, x))));
  });

  test('is another for another token, election, college or issuer', () => {
    const all = [
      deriveCredential(token, election, 'members'),
      deriveCredential({ ...token, secret: new Uint8Array(16) }, election, 'members'),
      deriveCredential(token, hashOf('another'), 'members'),
      deriveCredential(token, election, 'delegates'),
      deriveCredential({ ...token, issuer: 1 }, election, 'members'),
    ];
    expect(new Set(all.map(({ P }) => P)).size).toBe(5);
    expect(new Set(all.map(({ x }) => x)).size).toBe(5);
  });

  test('needs an election that is base64url', () => {
    expect(() => deriveCredential(token, 'no hash', 'members')).toThrow(
      expect.objectContaining({ code: 'bad-form', where: 'election' }),
    );
  });
});
