/** The trustee's key file: an age file under a passphrase, read back strictly, never overwritten by a new one. */
import { Encrypter } from 'age-encryption';
import { describe, expect, test } from 'vitest';
import { encodeCanonical } from '../../src/codec/canonical-json.ts';
import { type Bytes, fromUtf8, toUtf8 } from '../../src/crypto/bytes.ts';
import {
  createKeyFile,
  loadKeyFile,
  publicKeyIn,
  type Safe,
  saveKeyFile,
  withSigned,
} from '../../src/trustee/key-file.ts';
import { createTrustee } from '../../src/trustee/trustee.ts';
import { MemoryStore } from './trustee-election.ts';

const safe = (): Safe => ({
  store: new MemoryStore(),
  name: 'trustee.age',
  passphrase: 'a passphrase',
  workFactor: 1,
});

async function sealed(bytes: Bytes): Promise<Bytes> {
  const encrypter = new Encrypter();
  encrypter.setPassphrase('a passphrase');
  encrypter.setScryptWorkFactor(1);
  return await encrypter.encrypt(bytes);
}

describe('a key file', () => {
  test('comes back as it was saved', async () => {
    const place = safe();
    const file = withSigned(await createKeyFile(place), 'join', toUtf8('an entry'), [toUtf8('a file')]);
    await saveKeyFile(place, file);
    expect(await loadKeyFile(place)).toEqual(file);
  });

  test('is encrypted: neither key nor structure can be read', async () => {
    const place = safe();
    const file = await createKeyFile(place);
    const bytes = (await place.store.read(place.name)) ?? new Uint8Array();
    expect(fromUtf8(bytes.subarray(0, 22))).toBe('age-encryption.org/v1\n');
    const text = Buffer.from(bytes).toString('latin1');
    expect(text).not.toContain(file.signingKey);
    expect(text).not.toContain('signingKey');
  });

  test('is not opened by another passphrase', async () => {
    const place = safe();
    await createKeyFile(place);
    await expect(loadKeyFile({ ...place, passphrase: 'another' })).rejects.toMatchObject({
      code: 'bad-key-file',
      where: 'trustee.age',
    });
  });

  test('is never replaced by a new one', async () => {
    const place = safe();
    const key = await createTrustee(place);
    await expect(createTrustee(place)).rejects.toMatchObject({
      code: 'key-file-exists',
      where: 'trustee.age',
    });
    expect(publicKeyIn(await loadKeyFile(place))).toBe(key);
  });

  test('that is missing, torn or altered', async () => {
    const place = safe();
    await expect(loadKeyFile(place)).rejects.toMatchObject({ code: 'no-key-file' });
    const file = await createKeyFile(place);
    const bytes = (await place.store.read(place.name)) ?? new Uint8Array();
    const flipped = bytes.map((byte, at) => (at === bytes.length - 1 ? byte ^ 1 : byte));
    for (const bad of [new Uint8Array(), bytes.subarray(0, bytes.length / 2), flipped]) {
      await place.store.write(place.name, bad);
      await expect(loadKeyFile(place)).rejects.toMatchObject({ code: 'bad-key-file' });
    }
    const contents = [
      toUtf8('{}'),
      toUtf8('[1, 2]'),
      encodeCanonical({ ...file, extra: 1 }),
      encodeCanonical({ ...file, v: 2 }),
    ];
    for (const content of contents) {
      await place.store.write(place.name, await sealed(content));
      await expect(loadKeyFile(place)).rejects.toMatchObject({ code: 'bad-key-file' });
    }
    await place.store.write(place.name, await sealed(encodeCanonical(file)));
    expect(await loadKeyFile(place)).toEqual(file);
  });
});
