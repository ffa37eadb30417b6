/** The age files in which trustees deal their shares: for one recipient and one address. */
import { Encrypter, generateX25519Identity, identityToRecipient } from 'age-encryption';
import { describe, expect, test } from 'vitest';
import { encodeCanonical, type Json } from '../../src/codec/canonical-json.ts';
import { type Bytes, toBase64Url, toUtf8 } from '../../src/crypto/bytes.ts';
import { decryptShare, encryptShare } from '../../src/record/share-file.ts';

const address = { election: toBase64Url(new Uint8Array(32).fill(7)), attempt: 1, from: 2, to: 3 };
const share = new Uint8Array(32).fill(9);
const identity = await generateX25519Identity();
const recipient = await identityToRecipient(identity);
const blamed = { code: 'bad-share', where: 'trustees[2]' };

async function sealed(content: Bytes): Promise<Bytes> {
  const encrypter = new Encrypter();
  encrypter.addRecipient(recipient);
  return await encrypter.encrypt(content);
}

describe('a share file', () => {
  test('gives its recipient the share', async () => {
    const file = await encryptShare(address, share, recipient);
    expect(await decryptShare(address, file, identity)).toEqual(share);
    expect(file.length).toBeLessThan(10_000);
  });

  test('is the document of §7', async () => {
    const file = await sealed(encodeCanonical({ v: 1, ...address, share: toBase64Url(share) }));
    expect(await decryptShare(address, file, identity)).toEqual(share);
  });

  test('for another recipient, cut or altered, is its sender’s fault', async () => {
    const file = await encryptShare(address, share, recipient);
    await expect(decryptShare(address, file, await generateX25519Identity())).rejects.toMatchObject(blamed);
    for (const bad of [new Uint8Array(), file.subarray(0, -1), file.map((b, at) => (at > 180 ? b ^ 1 : b))]) {
      await expect(decryptShare(address, bad, identity)).rejects.toMatchObject(blamed);
    }
  });

  test('of another election, attempt, sender or recipient', async () => {
    const others = [
      { ...address, election: toBase64Url(new Uint8Array(32)) },
      { ...address, attempt: 2 },
      { ...address, from: 1 },
      { ...address, to: 1 },
    ];
    for (const other of others) {
      const file = await encryptShare(other, share, recipient);
      await expect(decryptShare(address, file, identity)).rejects.toMatchObject(blamed);
    }
  });

  test('with any other document in it', async () => {
    const good = { v: 1, ...address, share: toBase64Url(share) };
    const documents: Json[] = [{}, { ...good, v: 2 }, { ...good, more: 1 }, { ...good, share: 'AA' }, [good]];
    for (const content of [
      toUtf8('not JSON'),
      toUtf8(JSON.stringify(good, null, 1)),
      ...documents.map(encodeCanonical),
    ]) {
      await expect(decryptShare(address, await sealed(content), identity)).rejects.toMatchObject(blamed);
    }
  });

  test('cannot be made for what is no recipient', async () => {
    for (const bad of ['', 'age1', `age1${'q'.repeat(58)}`, recipient.toUpperCase()]) {
      await expect(encryptShare(address, share, bad)).rejects.toMatchObject({
        code: 'bad-recipient',
        where: 'trustees[3]',
      });
    }
  });
});
