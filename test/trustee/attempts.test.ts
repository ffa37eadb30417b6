/** Attempts at the ceremony that come to nothing, and what is made anew after them (docs/protocol.md §7.3). */
import { describe, expect, test } from 'vitest';
import { fromBase64Url, toBase64Url } from '../../src/crypto/bytes.ts';
import { encodeScalar, ONE } from '../../src/crypto/scalar.ts';
import type { Step } from '../../src/record/ceremony.ts';
import { loadKeyFile, saveKeyFile } from '../../src/trustee/key-file.ts';
import { step } from '../../src/trustee/trustee.ts';
import { areWords, ceremonyWords } from '../../src/trustee/words.ts';
import { MemoryStore, TrusteeElection } from './trustee-election.ts';

const start = () => TrusteeElection.start({ threshold: 2, count: 3 });
const voided = (election: TrusteeElection) =>
  election.append('void', 'officer', {
    attempt: election.state.ceremony.attempt,
    reason: 'a trustee is gone',
  });

/** From the ceremony to the shares. */
async function finish(election: TrusteeElection): Promise<void> {
  await election.open();
  await election.vote();
  await election.publishTally();
  await election.run();
  expect(election.state.shares).toHaveLength(3);
}

describe('a trustee is gone', () => {
  test.each(['join', 'commit', 'reveal', 'dealt'] as const)('after two have sent their %s', async (type) => {
    const election = await start();
    const two = election.trustees.slice(0, 2);
    const before = { join: null, commit: 'join', reveal: 'commit', dealt: 'reveal' } as const;
    if (before[type] !== null) await election.runUntil(before[type]);
    const waiting = await election.run(two);
    expect(waiting).toEqual(Array(2).fill(expect.objectContaining({ for: type, awaited: [3] })));
    await voided(election);
    expect(await election.run(two)).toMatchObject(
      two.map(() => ({ for: 'join', attempt: 2, voided: 'a trustee is gone', awaited: [3] })),
    );
    if (type !== 'dealt') return;
    await election.run();
    await finish(election);
    expect(election.state.opening?.body.attempt).toBe(2);
  });

  test('nothing of an attempt is used again, or kept', async () => {
    const election = await start();
    await election.runUntil('dealt');
    const old = await loadKeyFile(election.trustee(1).safe);
    await voided(election);
    await election.runUntil('dealt');
    const file = await loadKeyFile(election.trustee(1).safe);
    expect(file.attempt).toBe(2);
    expect(file.signingKey).toBe(old.signingKey);
    expect(file.identity).not.toBe(old.identity);
    expect(file.dealing).not.toBe(old.dealing);
    expect(file.signed.map(({ type }) => type)).toEqual(['join', 'commit', 'reveal', 'dealt']);
    const [first] = election.state.voided;
    const steps: readonly Step[] = ['join', 'commit', 'reveal'];
    for (const type of steps) {
      const bodies = [first, election.state.ceremony].flatMap((attempt) =>
        (attempt?.[type] ?? []).map(({ body }) => JSON.stringify({ ...body, attempt: 0, i: 0 })),
      );
      expect(new Set(bodies).size).toBe(6);
    }
  });

  test('an entry that was signed for a void attempt is never sent', async () => {
    const election = await start();
    const trustee = election.trustee(1);
    const unreachable = {
      ...trustee,
      box: {
        record: election.box.record,
        submit: () => Promise.reject(new Error('unreachable')),
        deliver: () => Promise.resolve(),
        mail: () => Promise.resolve(undefined),
      },
    };
    await expect(step(unreachable)).rejects.toThrow('unreachable');
    await voided(election);
    await election.run();
    expect(election.state.ceremony.confirm).toHaveLength(3);
    expect([...(election.box.submitted.get('join of 1') ?? [])]).toHaveLength(1);
  });

  test('an attempt that all have confirmed can be voided before the opening', async () => {
    const election = await start();
    await election.run();
    const key = election.state.ceremony.confirmable?.key;
    await voided(election);
    await election.run();
    expect(election.state.ceremony.confirmable?.key).not.toBe(key);
  });
});

describe('an old copy of the key file', () => {
  test('from before the ceremony waits for the next attempt', async () => {
    const election = await start();
    const { safe } = election.trustee(3);
    const copy = await safe.store.read(safe.name);
    await election.runUntil('reveal');
    await safe.store.write(safe.name, copy ?? new Uint8Array());
    await expect(step(election.trustee(3))).rejects.toMatchObject({ code: 'foreign-entry', where: 'join' });
    await voided(election);
    await election.run();
    expect(election.state.ceremony.confirm).toHaveLength(3);
  });

  test('from before the agreement signs no second one that the record would show', async () => {
    const election = await start();
    await election.run();
    await election.open();
    const { safe } = election.trustee(1);
    const copy = await safe.store.read(safe.name);
    await election.vote();
    await election.publishTally();
    await step(election.trustee(1));
    await safe.store.write(safe.name, copy ?? new Uint8Array());
    await expect(step(election.trustee(1))).rejects.toMatchObject({
      code: 'foreign-entry',
      where: 'agreement',
      message: expect.stringContaining('old copy'),
    });
  });
});

describe('the words', () => {
  test('are asked for before the key is confirmed, and until they have been compared', async () => {
    const election = await start();
    await election.runUntil('dealt');
    await election.run(election.trustees.slice(1));
    const asked: (readonly string[])[] = [];
    let answer = false;
    const trustee = {
      ...election.trustee(1),
      compare: (words: readonly string[]) => {
        asked.push(words);
        return Promise.resolve(answer);
      },
    };
    const { confirmable } = election.state.ceremony;
    if (confirmable === null) await step(trustee);
    const words = ceremonyWords(election.state.ceremony.confirmable ?? { key: '', transcript: '' });
    expect(await step(trustee)).toMatchObject({ kind: 'waiting', for: 'words', words });
    answer = true;
    expect(await step(trustee)).toEqual({ kind: 'sent', step: 'confirm' });
    expect(asked.at(-1)).toEqual(words);
    expect(words).toHaveLength(12);
  });

  test('differ: nothing is signed', async () => {
    const election = await start();
    await election.runUntil('dealt');
    await election.run(election.trustees.slice(1));
    const different = { ...election.trustee(1), compare: () => Promise.reject(new Error('they differ')) };
    if (election.state.ceremony.confirmable === null) await step(different);
    await expect(step(different)).rejects.toThrow('they differ');
    expect(election.state.ceremony.confirm.map(({ body }) => body.i)).not.toContain(1);
  });

  test('are of transcript and key, in any spelling', () => {
    const zeros = toBase64Url(new Uint8Array(32));
    const ones = toBase64Url(new Uint8Array(32).fill(1));
    const words = ceremonyWords({ transcript: zeros, key: zeros });
    expect(ceremonyWords({ transcript: zeros, key: ones })).not.toEqual(words);
    expect(ceremonyWords({ transcript: ones, key: zeros })).not.toEqual(words);
    expect(areWords(`  ${words.join(',\n').toUpperCase()} `, words)).toBe(true);
    expect(areWords(words.slice(1).join(' '), words)).toBe(false);
    expect(areWords('', words)).toBe(false);
  });
});

describe('a store that does not keep what it is given', () => {
  class Forgetful extends MemoryStore {
    spoil: (bytes: Uint8Array) => Uint8Array = (bytes) => bytes;

    override async write(name: string, bytes: Uint8Array): Promise<void> {
      await super.write(name, this.spoil(bytes));
    }
  }

  test.each([
    ['cuts it', (bytes: Uint8Array) => bytes.subarray(0, -1)],
    ['keeps the one before', undefined],
  ])('and %s: the key is not confirmed', async (_, spoil) => {
    const store = new Forgetful();
    const election = await TrusteeElection.start({ threshold: 2, count: 3 }, [store]);
    await election.runUntil('dealt');
    await election.run(election.trustees.slice(1));
    const before = store.documents.get('trustee-1.age') ?? new Uint8Array();
    if (election.state.ceremony.confirmable === null) await step(election.trustee(1));
    const dealt = store.documents.get('trustee-1.age') ?? before;
    store.spoil = spoil ?? (() => dealt);
    await expect(step(election.trustee(1))).rejects.toMatchObject({ code: 'bad-key-file' });
    expect(election.state.ceremony.confirm.map(({ body }) => body.i)).not.toContain(1);
  });

  test('a key file with another polynomial deals nothing', async () => {
    const election = await start();
    await election.runUntil('reveal');
    const { safe } = election.trustee(1);
    const file = await loadKeyFile(safe);
    // u32(i) ‖ two coefficients ‖ proof: the proof is of the first alone.
    const dealing = fromBase64Url(file.dealing ?? '');
    dealing.set(encodeScalar(ONE), 4 + 32);
    await saveKeyFile(safe, { ...file, dealing: toBase64Url(dealing) });
    for (const trustee of election.trustees.slice(1)) await step(trustee);
    const rejection = { code: 'bad-key-file', message: expect.stringContaining('another secret polynomial') };
    await expect(step(election.trustee(1))).rejects.toMatchObject(rejection);
    expect(election.state.ceremony.dealt.map(({ body }) => body.i)).not.toContain(1);
  });

  test('a key file whose share is another one is found before anything is agreed to', async () => {
    const election = await start();
    await election.run();
    await election.open();
    await election.vote();
    await election.publishTally();
    const { safe } = election.trustee(1);
    const file = await loadKeyFile(safe);
    const share = fromBase64Url(file.share ?? '').map((byte, at) => (at === 0 ? byte ^ 1 : byte));
    await saveKeyFile(safe, { ...file, share: toBase64Url(share) });
    await expect(step(election.trustee(1))).rejects.toMatchObject({ code: 'bad-key-file' });
    expect(election.state.agreements).toHaveLength(0);
  });
});
