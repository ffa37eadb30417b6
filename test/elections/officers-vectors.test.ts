/** docs/protocol.md §12: the committed election of which two officers sign parts (§5.1), and what one of them alone tries. */
import { expect, test } from 'vitest';
import { encodeCanonical } from '../../src/codec/canonical-json.ts';
import { concat, fromBase64Url, fromHex, toHex, toUtf8 } from '../../src/crypto/bytes.ts';
import { parsePublicKey, verify } from '../../src/crypto/ed25519.ts';
import { TAGS } from '../../src/crypto/tags.ts';
import { verifyRecord } from '../../src/tally/verify/verify-record.ts';
import { expectFailures } from './expect-vectors.ts';
import { type Anchor, type Failing, vectorFiles } from './vector-files.ts';

const { source, vector, entries } = vectorFiles('officers');

interface Signed {
  readonly index: number;
  readonly kind: string;
  readonly bytes: string;
  readonly signers: {
    readonly role: 'officer' | 'registrar';
    readonly i: number;
    readonly key: string;
    readonly sig: string;
  }[];
}

test('the recount', async () => {
  const { ok, anchored, result, checks } = await verifyRecord(source, {
    anchor: await vector<Anchor>('anchor.json'),
  });
  expect({ ok, anchored, result, checks }).toEqual(await vector('recount.json'));
  expect(ok && anchored).toBe(true);
});

test('two officers sign the same bytes of whatever the manifest says, and those alone', async () => {
  const { manifest, all } = await entries();
  const signed = await vector<Signed[]>('signatures.json');
  expect(manifest.roles.second?.toSorted()).toEqual(signed.map(({ kind }) => kind).toSorted());
  const several = all.filter(({ entry }) => 'sigs' in entry && entry.sigs.length > 1);
  expect(several.map(({ index }) => index)).toEqual(signed.map(({ index }) => index));
  for (const { index, kind, bytes, signers } of signed) {
    const entry = all[index]?.entry;
    if (entry === undefined || !('sigs' in entry)) throw new Error('not signed');
    const { sigs, ...unsigned } = entry;
    expect(toHex(concat(toUtf8(TAGS.entrySignature), encodeCanonical(unsigned)))).toBe(bytes);
    expect(signers.map(({ role, i, sig }) => ({ role, i, sig }))).toEqual(sigs);
    expect(signers.map(({ role, i }) => `${role} ${i}`)).toEqual([
      ...(kind === 'replacement' ? ['registrar 1'] : []),
      'officer 1',
      'officer 2',
    ]);
    for (const { role, i, key, sig } of signers) {
      expect(manifest.roles[`${role}s`][i - 1]).toBe(key);
      expect(verify(parsePublicKey(fromBase64Url(key)), fromHex(bytes), fromBase64Url(sig))).toBe(true);
    }
  }
});

test('every patch makes its check fail', async () => {
  const failing = await vector<Failing[]>('failing.json');
  expect(new Set(failing.map(({ fails }) => fails))).toEqual(new Set(['authority', 'grammar']));
  await expectFailures('officers');
});
