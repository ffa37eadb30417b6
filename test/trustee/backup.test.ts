/** Copies of a key file are proved, and any age tool opens them. */
import { Decrypter } from 'age-encryption';
import { expect, test } from 'vitest';
import { fromUtf8 } from '../../src/crypto/bytes.ts';
import { copyKeyFile, proveKeyFile } from '../../src/trustee/backup.ts';
import { loadKeyFile, type Safe, saveKeyFile } from '../../src/trustee/key-file.ts';
import { step } from '../../src/trustee/trustee.ts';
import { MemoryStore, TrusteeElection } from './trustee-election.ts';

const start = () => TrusteeElection.start({ threshold: 2, count: 3 });
const elsewhere = ({ passphrase }: Safe): Safe => ({
  store: new MemoryStore(),
  name: 'copy.age',
  passphrase,
  workFactor: 1,
});

test('a copy has the share that was confirmed, and the election goes on from it', async () => {
  const election = await start();
  const trustee = election.trustee(1);
  expect(await proveKeyFile(trustee.safe)).toMatchObject({ hasShare: false, election: null });
  await election.run();
  const copy = elsewhere(trustee.safe);
  const proved = await copyKeyFile(trustee.safe, copy);
  expect(proved).toEqual({
    key: election.state.manifest.trustees?.keys[0],
    election: election.state.election,
    attempt: 1,
    hasShare: true,
  });
  // The machine is gone.
  await election.open();
  await election.vote();
  await election.publishTally();
  const restored = elsewhere(trustee.safe);
  expect(await copyKeyFile(copy, restored)).toEqual(proved);
  await election.run([{ ...trustee, safe: restored }, election.trustee(2)]);
  expect(election.state.shares.map(({ body }) => body.i)).toEqual([1, 2]);
});

test('any age tool opens it with the passphrase', async () => {
  const election = await start();
  await election.run();
  const { safe } = election.trustee(2);
  const decrypter = new Decrypter();
  decrypter.addPassphrase(safe.passphrase);
  const bytes = await decrypter.decrypt((await safe.store.read(safe.name)) ?? new Uint8Array());
  const document = JSON.parse(fromUtf8(bytes)) as { share: string; election: string };
  expect(document.election).toBe(election.state.election);
  expect(document.share).toBe((await loadKeyFile(safe)).share);
});

test('a copy that cannot be proved is refused, and none replaces another', async () => {
  const election = await start();
  await election.run();
  const { safe } = election.trustee(1);
  const copy = elsewhere(safe);
  await copyKeyFile(safe, copy);
  await expect(copyKeyFile(safe, copy)).rejects.toMatchObject({ code: 'key-file-exists', where: 'copy.age' });
  await expect(proveKeyFile({ ...copy, passphrase: 'another one' })).rejects.toMatchObject({
    code: 'bad-key-file',
  });
  const file = await loadKeyFile(safe);
  for (const share of [null, (await loadKeyFile(election.trustee(2).safe)).share]) {
    await saveKeyFile(safe, { ...file, share });
    await expect(copyKeyFile(safe, elsewhere(safe))).rejects.toMatchObject({ code: 'bad-key-file' });
  }
  class Torn extends MemoryStore {
    override async write(name: string, bytes: Uint8Array): Promise<void> {
      await super.write(name, bytes.subarray(1));
    }
  }
  await saveKeyFile(safe, file);
  const torn = { ...elsewhere(safe), store: new Torn() };
  await expect(copyKeyFile(safe, torn)).rejects.toMatchObject({ code: 'bad-key-file', where: 'copy.age' });
  expect((await step(election.trustee(1))).kind).toBe('waiting');
});
