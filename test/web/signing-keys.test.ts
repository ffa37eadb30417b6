/** Keys of officers and observers at browsers: made, opened, restored, and taken for nothing else. */
import { expect, test } from 'vitest';
import { createKeyFile } from '../../src/trustee/key-file.ts';
import { SigningKeys } from '../../src/web/keys/signing-keys.ts';
import { MemoryStore } from '../trustee/trustee-election.ts';

async function copyFrom(store: MemoryStore, name: string): Promise<Uint8Array> {
  const bytes = await store.read(name);
  if (bytes === undefined) throw new Error(`there is no ${name}`);
  return bytes;
}

const passphrase = 'apricot ladder monsoon';
const OPENING = { passphrase, workFactor: 1 };

test('a key is stored under its public key, locked, and opens with its passphrase alone', async () => {
  const files = new MemoryStore();
  const keys = new SigningKeys(files, 'officer');
  const made = await keys.make(OPENING);
  expect([...files.documents.keys()]).toEqual([made.publicKey]);
  const stored = Buffer.from(await copyFrom(files, made.publicKey));
  expect(stored.toString('latin1')).toMatch(/^age-encryption\.org\/v1\n-> scrypt /);
  expect(stored.includes(Buffer.from(made.secret))).toBe(false);
  expect(await keys.open(made.publicKey, passphrase)).toEqual(made);
  await expect(keys.open(made.publicKey, 'apricot ladder')).rejects.toMatchObject({ code: 'bad-key-file' });
  await expect(keys.open('another', passphrase)).rejects.toMatchObject({ code: 'no-key-file' });
});

test('a copy brings the key to another browser', async () => {
  const here = new MemoryStore();
  const made = await new SigningKeys(here, 'officer').make(OPENING);
  const copy = await copyFrom(here, made.publicKey);
  const there = new SigningKeys(new MemoryStore(), 'officer');
  expect(await there.restore(copy, passphrase)).toEqual(made);
  expect(await there.open(made.publicKey, passphrase)).toEqual(made);
  await expect(there.restore(copy.slice(0, -1), passphrase)).rejects.toMatchObject({ code: 'bad-key-file' });
  await expect(there.restore(new Uint8Array(9), passphrase)).rejects.toThrow('no age file');
});

test('an observer’s key, or a trustee’s, is no officer’s', async () => {
  const elsewhere = new MemoryStore();
  const observers = new SigningKeys(elsewhere, 'observer');
  const copy = await copyFrom(elsewhere, (await observers.make(OPENING)).publicKey);
  const officers = new SigningKeys(new MemoryStore(), 'officer');
  await expect(officers.restore(copy, passphrase)).rejects.toMatchObject({ code: 'bad-key-file' });
  const store = new MemoryStore();
  await createKeyFile({ store, name: 'trustee', ...OPENING });
  const trustee = (await store.read('trustee')) ?? new Uint8Array();
  await expect(officers.restore(trustee, passphrase)).rejects.toMatchObject({ code: 'bad-key-file' });
});

test('a file under another key’s name is not taken for that key', async () => {
  const files = new MemoryStore();
  const keys = new SigningKeys(files, 'officer');
  const [one, other] = [await keys.make(OPENING), await keys.make(OPENING)];
  await files.write(one.publicKey, await copyFrom(files, other.publicKey));
  await expect(keys.open(one.publicKey, passphrase)).rejects.toMatchObject({ code: 'bad-key-file' });
});
