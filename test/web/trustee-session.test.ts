/** The client of the trustees' page without a browser: where it holds, and what it takes to go on. */
import { describe, expect, test } from 'vitest';
import { toUtf8 } from '../../src/crypto/bytes.ts';
import { bigintKernel } from '../../src/crypto/kernel/bigint.ts';
import type { Safe } from '../../src/trustee/key-file.ts';
import { createTrustee } from '../../src/trustee/trustee.ts';
import type { KeyFiles } from '../../src/web/keys/browser-store.ts';
import { firstDifference } from '../../src/web/trustee/island/compare-words.ts';
import { failureOf, openingFailureOf } from '../../src/web/trustee/island/failures.ts';
import { Refused, Unreachable } from '../../src/web/trustee/island/fetch-ballot-box.ts';
import { FileError, makeKeyFile, restoreKeyFile } from '../../src/web/trustee/island/key-files.ts';
import { Session } from '../../src/web/trustee/island/session.ts';
import { STEPS, sentenceFor, stepOf, trustees } from '../../src/web/trustee/island/stages.ts';
import { MemoryStore, recount, TrusteeElection } from '../trustee/trustee-election.ts';

class MemoryFiles extends MemoryStore implements KeyFiles {
  names(): Promise<string[]> {
    return Promise.resolve([...this.documents.keys()]);
  }
}

const OPENING = { passphrase: 'apricot ladder monsoon', workFactor: 1 };

/** Three trustees, the first of them at a page. */
class Ceremony {
  readonly election: TrusteeElection;
  readonly safe: Safe;

  private constructor(election: TrusteeElection, safe: Safe) {
    this.election = election;
    this.safe = safe;
  }

  static async start(): Promise<Ceremony> {
    const election = await TrusteeElection.start({ threshold: 2, count: 3 });
    const { safe } = election.trustee(1);
    const [key = ''] = election.state.manifest.trustees?.keys ?? [];
    const store = new MemoryStore();
    await store.write(key, (await safe.store.read(safe.name)) ?? new Uint8Array());
    return new Ceremony(election, { ...safe, store, name: key });
  }

  /** The page, loaded anew. */
  session(safe = this.safe): Session {
    const { box, state } = this.election;
    return new Session({ safe, box, election: state.election, kernel: bigintKernel, recount });
  }

  get others() {
    return [this.election.trustee(2), this.election.trustee(3)];
  }

  /** Everybody's steps, until this session holds or waits for people. */
  async until(session: Session, stage: string) {
    for (let turn = 0; turn < 20; turn += 1) {
      const standing = await session.look();
      if (standing.stage === stage) return standing;
      await this.election.run(this.others);
    }
    throw new Error(`never at ${stage}`);
  }

  /** To where the words have been compared, and the backup is awaited. */
  async untilBackup(session: Session): Promise<void> {
    const { words } = await this.until(session, 'words');
    expect(session.compareWords((words ?? []).join(' '))).toBe(true);
    await this.election.run(this.others);
    expect(await session.look()).toMatchObject({ stage: 'backup' });
  }

  async stored(): Promise<Uint8Array> {
    return (await this.safe.store.read(this.safe.name)) ?? new Uint8Array();
  }
}

describe('the ceremony at a page', () => {
  test('holds at the words, and at the backup, until a person has seen to them', async () => {
    const ceremony = await Ceremony.start();
    const session = ceremony.session();
    expect(await session.look()).toMatchObject({
      stage: 'join',
      i: 1,
      count: 3,
      threshold: 2,
      awaited: [2, 3],
    });
    const early = await ceremony.stored();
    const { words } = await ceremony.until(session, 'words');
    const [first = '', ...rest] = words ?? [];
    expect(session.compareWords(['zebra', ...rest].join(' '))).toBe(false);
    expect(await session.look()).toMatchObject({ stage: 'words' });
    expect(session.compareWords(` ${first.toUpperCase()}\n${rest.join(',  ')}. `.replace('. ', ''))).toBe(
      true,
    );
    expect(await session.look()).toMatchObject({ stage: 'backup', words });

    await ceremony.election.run(ceremony.others);
    const confirms = () => ceremony.election.state.ceremony.confirm.map(({ body }) => body.i);
    expect(confirms()).toEqual([2, 3]);
    const files = new MemoryFiles();
    const other = await makeKeyFile(files, { passphrase: ceremony.safe.passphrase, workFactor: 1 });
    const stranger = files.documents.get(other) ?? new Uint8Array();
    const refusals: readonly (readonly [Uint8Array, string])[] = [
      [toUtf8('a letter'), 'no-age-file'],
      [stranger, 'other-key'],
      [early, 'older-copy'],
    ];
    for (const [bytes, code] of refusals) {
      await expect(session.proveBackup(bytes)).rejects.toMatchObject({ name: 'FileError', code });
    }
    const damaged = await ceremony.stored();
    damaged[damaged.length - 1] = (damaged.at(-1) ?? 0) ^ 1;
    await expect(session.proveBackup(damaged.slice())).rejects.toMatchObject({ code: 'bad-key-file' });
    damaged[damaged.length - 1] = (damaged.at(-1) ?? 0) ^ 1;
    expect(await session.look()).toMatchObject({ stage: 'backup' });
    expect(confirms()).toEqual([2, 3]);

    await session.proveBackup(await ceremony.stored());
    expect(await session.look()).toMatchObject({ stage: 'opening' });
    expect(confirms()).toEqual([2, 3, 1]);
  });

  test('asks for the backup again after a reload, and goes on elsewhere from it', async () => {
    const ceremony = await Ceremony.start();
    await ceremony.untilBackup(ceremony.session());
    const again = ceremony.session();
    expect(await again.look()).toMatchObject({ stage: 'backup' });
    const backup = await ceremony.stored();
    const files = new MemoryFiles();
    const { passphrase } = ceremony.safe;
    const key = await restoreKeyFile(files, backup, { passphrase, workFactor: 1 }, [ceremony.safe.name]);
    const elsewhere = ceremony.session({ ...ceremony.safe, store: files, name: key });
    expect(await elsewhere.look()).toMatchObject({ stage: 'backup' });
    await elsewhere.proveBackup(backup);
    expect(await elsewhere.look()).toMatchObject({ stage: 'opening' });
  });

  test('of a voided attempt asks for the words of the next one', async () => {
    const ceremony = await Ceremony.start();
    const session = ceremony.session();
    await ceremony.untilBackup(session);
    await ceremony.election.append('void', 'officer', { attempt: 1, reason: 'A trustee is gone.' });
    const { words, attempt, voided } = await ceremony.until(session, 'words');
    expect({ attempt, voided }).toEqual({
      attempt: 2,
      voided: [{ attempt: 1, reason: 'A trustee is gone.' }],
    });
    expect(session.compareWords((words ?? []).join(' '))).toBe(true);
    expect(await session.look()).toMatchObject({ stage: 'backup', attempt: 2 });
  });

  test('recounts only when it is asked, and once', async () => {
    const ceremony = await Ceremony.start();
    const session = ceremony.session();
    await ceremony.untilBackup(session);
    await session.proveBackup(await ceremony.stored());
    expect(await session.look()).toMatchObject({ stage: 'opening' });
    expect(await session.hasNews()).toBe(false);
    await ceremony.election.open();
    expect(await session.hasNews()).toBe(true);
    await ceremony.election.vote();
    await ceremony.election.publishTally();
    expect(await session.look()).toMatchObject({ stage: 'recount' });
    expect(ceremony.election.state.agreements).toHaveLength(0);
    session.askRecount();
    expect(await session.look()).toMatchObject({ stage: 'agreement', awaited: [2, 3] });
    await ceremony.election.run(ceremony.others);
    expect(await session.look()).toMatchObject({ stage: 'result' });
    expect(ceremony.election.state.shares).toHaveLength(3);
    await ceremony.election.declare();
    expect(await session.look()).toMatchObject({ stage: 'done' });
  });
});

describe('key files in a browser', () => {
  test('are replaced by a later copy of the same trustee alone', async () => {
    const ceremony = await Ceremony.start();
    const opening = { passphrase: ceremony.safe.passphrase, workFactor: 1 };
    const early = await ceremony.stored();
    await ceremony.session().look();
    const late = await ceremony.stored();
    const files = new MemoryFiles();
    await restoreKeyFile(files, early, opening, []);
    await restoreKeyFile(files, late, opening, []);
    await restoreKeyFile(files, late, opening, []);
    await expect(restoreKeyFile(files, early, opening, [])).rejects.toMatchObject({
      code: 'later-copy-here',
    });
    expect(files.documents.get(ceremony.safe.name)).toEqual(late);
    await expect(restoreKeyFile(new MemoryFiles(), late, opening, ['another'])).rejects.toMatchObject({
      code: 'not-listed',
    });
  });

  test('are stored under their public key, locked', async () => {
    const files = new MemoryFiles();
    const key = await makeKeyFile(files, OPENING);
    expect(await files.names()).toEqual([key]);
    await expect(
      restoreKeyFile(
        new MemoryFiles(),
        files.documents.get(key) ?? new Uint8Array(),
        {
          ...OPENING,
          passphrase: 'another passphrase',
        },
        [],
      ),
    ).rejects.toMatchObject({ code: 'bad-key-file' });
  });
});

describe('in words', () => {
  test('every stage has its step and its sentence', () => {
    expect(stepOf('join')).toBe(1);
    expect(STEPS[stepOf('result')]).toBe('The officer declares the result');
    expect(stepOf('done')).toBe(STEPS.length);
    expect(sentenceFor({ stage: 'confirm', awaited: [2] })).toBe(
      'You have confirmed. Waiting for trustee 2 to confirm too.',
    );
    expect([[], [3], [2, 3], [1, 2, 4]].map(trustees)).toEqual([
      'the other trustees',
      'trustee 3',
      'trustees 2 and 3',
      'trustees 1, 2 and 4',
    ]);
  });

  test('the first word that differs is named', () => {
    const words = ['abandon', 'ability', 'able'];
    expect(firstDifference('Abandon ability, about', words)).toBe(
      'Word 3 differs: you typed “about”, here it is “able”.',
    );
    expect(firstDifference(' ', words)).toBe('There are 3 words; you typed 0.');
    expect(firstDifference('abandon', words)).toBe('There are 3 words; you typed 1.');
  });

  test('a failure says what to do', async () => {
    const safe = { ...OPENING, store: new MemoryStore(), name: 'key' };
    await createTrustee(safe);
    const exists = await createTrustee(safe).catch(failureOf);
    expect(exists).toMatchObject({ kind: 'failure', detail: 'key: is there already (key-file-exists)' });
    const wrong = await restoreKeyFile(
      new MemoryFiles(),
      (await safe.store.read('key')) ?? new Uint8Array(),
      {
        ...OPENING,
        passphrase: 'wrong',
      },
      [],
    ).catch(openingFailureOf);
    expect(wrong).toMatchObject({
      sentence: expect.stringContaining('The passphrase does not open this key file.'),
    });
    expect(failureOf(new Unreachable('no route')).kind).toBe('offline');
    expect(failureOf(new Refused('Voting is over')).detail).toBe('Voting is over');
    expect(failureOf(new FileError('in-use')).sentence).toContain('another tab');
    expect(failureOf(new TypeError('x')).sentence).toContain('Load it again');
  });
});
