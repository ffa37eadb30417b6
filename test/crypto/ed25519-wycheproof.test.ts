/** Ed25519 verification against Wycheproof: malleable, truncated and edge-case signatures. */
import { describe, expect, test } from 'vitest';
import { fromHex } from '../../src/crypto/bytes.ts';
import { parsePublicKey, verify } from '../../src/crypto/ed25519.ts';
import vectors from '../vectors/wycheproof/ed25519_test.json' with { type: 'json' };

describe.each(vectors.testGroups)('key $publicKey.pk', ({ publicKey, tests }) => {
  const key = parsePublicKey(fromHex(publicKey.pk));

  test.each(tests)('$tcId: $comment, $result', ({ msg, sig, result }) => {
    expect(verify(key, fromHex(msg), fromHex(sig))).toBe(result === 'valid');
  });
});

test('all of the vectors are there', () => {
  expect(vectors.testGroups.flatMap(({ tests }) => tests)).toHaveLength(vectors.numberOfTests);
});
