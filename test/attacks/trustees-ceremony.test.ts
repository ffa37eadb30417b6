/**
 * Attacks on the key ceremony, against real trustee clients: a split ceremony (T3, Belenios 2.5.1), rushing and
 * rogue keys (T4, classic; Belenios 4.0-dev), substituted keys (T5, electionguard-python#731), swapped recipients
 * (T6), and shares that are bad (T2). The ballot box is the attacker's or plays along.
 */
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { describe, expect, test } from 'vitest';
import { type Bytes, concat, fromBase64Url, toBase64Url, toUtf8 } from '../../src/crypto/bytes.ts';
import {
  commitHash,
  type Dealing,
  dealShares,
  parseDealing,
  type Round1,
  startDealing,
} from '../../src/crypto/dkg.ts';
import { encodeElement, G, multiplyPublic, parseElement, subtract } from '../../src/crypto/group.ts';
import {
  addScalars,
  encodeScalar,
  ONE,
  parseScalar,
  randomScalar,
  scalarOf,
} from '../../src/crypto/scalar.ts';
import { ceremonyOf, round1Of, type Step } from '../../src/record/ceremony.ts';
import { judgeComplaint } from '../../src/record/complaint.ts';
import type { EntryOf } from '../../src/record/entries.ts';
import { parseEntry } from '../../src/record/envelope.ts';
import { MemoryBallotBox } from '../../src/record/memory-ballot-box.ts';
import { nameBlob } from '../../src/record/record-source.ts';
import { encryptShare } from '../../src/record/share-file.ts';
import { verifyRecord } from '../../src/tally/verify/verify-record.ts';
import { type KeyFile, loadKeyFile, saveKeyFile } from '../../src/trustee/key-file.ts';
import { signAs } from '../../src/trustee/sign-as.ts';
import { step, type Trustee } from '../../src/trustee/trustee.ts';
import { keys } from '../record/elections.ts';
import { TestBallotBox, TrusteeElection } from '../trustee/trustee-election.ts';

const start = () => TrusteeElection.start({ threshold: 2, count: 3 });

/** A trustee's entry with any body, whatever its client would do. */
async function forged<T extends Step | 'complaint'>(
  { state }: Pick<TrusteeElection, 'state'>,
  { safe }: Trustee,
  i: number,
  type: T,
  body: Omit<EntryOf<T>['body'], 'attempt' | 'i'>,
): Promise<Bytes> {
  return signAs(await loadKeyFile(safe), state, i, type, { attempt: 1, i, ...body } as EntryOf<T>['body']);
}

/** The attacker's log takes anything. */
function appendUnchecked({ box }: TrusteeElection, entry: Bytes): void {
  box.box.record.appendUnchecked(entry);
}

const ceremonyIn = ({ state }: TrusteeElection) =>
  ceremonyOf(state.election, state.manifest, state.ceremony.attempt);
const dealingOf = (election: TrusteeElection, { dealing }: KeyFile): Dealing =>
  parseDealing(ceremonyIn(election), fromBase64Url(dealing ?? ''));
const encoded = ({ commitments, proof }: Round1) => ({
  commitments: commitments.map(toBase64Url),
  proof: toBase64Url(proof),
});

describe('T3: a split ceremony', () => {
  test('trustees who are shown different commits both stop', async () => {
    const election = await start();
    const [first, second, third] = [election.trustee(1), election.trustee(2), election.trustee(3)];
    await election.runUntil('join');
    await step(first);
    await step(second);
    // The third colludes and commits to two polynomials; the ballot box shows one to each of the others.
    const other = new TestBallotBox(new MemoryBallotBox(manifestOf(election), keys.log));
    for (const bytes of election.box.box.record.entries.slice(1)) await other.submit(bytes, []);
    const commit = async () => {
      const hash = toBase64Url(
        commitHash(ceremonyIn(election), 3, startDealing(ceremonyIn(election), 3).round1),
      );
      return await forged(election, third, 3, 'commit', { hash });
    };
    const [one, two] = [await commit(), await commit()];
    await election.box.submit(one, []);
    await other.submit(two, []);

    const misled = { ...second, box: other };
    await step(first);
    await step(misled);
    // Each reveal says what its signer has seen, so neither can be shown to the other.
    election.box.box.record.appendUnchecked(other.box.record.entries.at(-1) ?? new Uint8Array());
    other.box.record.appendUnchecked(election.box.box.record.entries.at(-2) ?? new Uint8Array());
    const rejection = { code: 'bad-record', where: expect.stringMatching(/^entries\[\d+\]\.seen\.root$/) };
    await expect(step(first)).rejects.toMatchObject(rejection);
    await expect(step(misled)).rejects.toMatchObject(rejection);
  });

  test('a log that changes behind a trustee', async () => {
    const election = await start();
    const first = election.trustee(1);
    await election.runUntil('join');
    await step(first);
    await step(first);
    const shorter = new MemoryBallotBox(manifestOf(election), keys.log);
    await expect(step({ ...first, box: new TestBallotBox(shorter) })).rejects.toMatchObject({
      code: 'split-view',
    });

    const rewritten = new TestBallotBox(new MemoryBallotBox(manifestOf(election), keys.log));
    const joins = election.box.box.record.entries.slice(1, 4);
    for (const join of joins.toReversed()) {
      const entry = parseEntry(join);
      if (entry.type !== 'join') throw new Error('no join');
      const body = { recipient: entry.body.recipient };
      const { i } = entry.body;
      await rewritten.submit(
        i === 1 ? join : await forged({ state: rewritten.box.state }, election.trustee(i), i, 'join', body),
        [],
      );
    }
    await expect(step({ ...first, box: rewritten })).rejects.toMatchObject({ code: 'split-view' });
  });
});

function manifestOf({ box }: TrusteeElection): EntryOf<'manifest'> {
  const manifest = parseEntry(box.box.record.entries[0] ?? new Uint8Array());
  if (manifest.type !== 'manifest') throw new Error('no manifest');
  return manifest;
}

describe('T4: rushing and rogue keys', () => {
  test('what is revealed is what was committed to before anybody revealed', async () => {
    const election = await start();
    await election.runUntil('commit');
    await step(election.trustee(1));
    await step(election.trustee(2));
    const late = startDealing(ceremonyIn(election), 3).round1;
    const entry = await forged(election, election.trustee(3), 3, 'reveal', encoded(late));
    await expect(election.box.submit(entry, [])).rejects.toMatchObject({ code: 'refused' });
    appendUnchecked(election, entry);
    const rejection = {
      code: 'bad-record',
      where: 'entries[9].body',
      message: expect.stringContaining('committed'),
    };
    await expect(step(election.trustee(1))).rejects.toMatchObject(rejection);
  });

  test('a key made of the others’ commitments, which nobody possesses', async () => {
    const election = await start();
    await election.runUntil('join');
    const rogue = election.trustee(3);
    // Even had the attacker seen the others' commitments in time, there is no proof for K − C_1 − C_2.
    const others = [1, 2].map((i) => startDealing(ceremonyIn(election), i).round1);
    const wanted = multiplyPublic(G, scalarOf(42));
    const key = others.reduce(
      (left, { commitments: [C = new Uint8Array()] }) => subtract(left, parseElement(C)),
      wanted,
    );
    const own = startDealing(ceremonyIn(election), 3).round1;
    const round1 = {
      commitments: [encodeElement(key), own.commitments[1] ?? new Uint8Array()],
      proof: own.proof,
    };
    const hash = toBase64Url(commitHash(ceremonyIn(election), 3, round1));
    await election.box.submit(await forged(election, rogue, 3, 'commit', { hash }), []);
    for (const i of [1, 2, 1, 2]) await step(election.trustee(i));
    appendUnchecked(election, await forged(election, rogue, 3, 'reveal', encoded(round1)));
    const rejection = { code: 'bad-record', message: expect.stringContaining('reveals[3].proof') };
    for (const i of [1, 2]) await expect(step(election.trustee(i))).rejects.toMatchObject(rejection);
  });

  test('nobody reveals before all have committed', async () => {
    const election = await start();
    await election.runUntil('join');
    for (const i of [1, 2]) await step(election.trustee(i));
    for (const i of [1, 2])
      expect(await step(election.trustee(i))).toMatchObject({ kind: 'waiting', for: 'commit' });
    const early = dealingOf(election, await loadKeyFile(election.trustee(1).safe)).round1;
    appendUnchecked(election, await forged(election, election.trustee(1), 1, 'reveal', encoded(early)));
    await expect(step(election.trustee(2))).rejects.toMatchObject({
      code: 'bad-record',
      where: 'entries[6].type',
    });
  });
});

describe('T5: substituted keys', () => {
  test('an opening with another key than the trustees confirmed', async () => {
    const election = await start();
    await election.run();
    const mine = toBase64Url(encodeElement(multiplyPublic(G, randomScalar())));
    const { confirmable } = election.state.ceremony;
    Object.assign(election.state.ceremony, { confirmable: { ...confirmable, key: mine } });
    await election.open();
    await expect(step(election.trustee(1))).rejects.toMatchObject({
      code: 'bad-record',
      where: 'entries[17].body.key',
    });
  });

  test('a key file whose share is not of the election’s key', async () => {
    const election = await start();
    await election.run();
    await election.open();
    await election.vote();
    await election.publishTally();
    const { safe } = election.trustee(1);
    const file = await loadKeyFile(safe);
    const share = toBase64Url(encodeScalar(addScalars(parseScalar(fromBase64Url(file.share ?? '')), ONE)));
    for (const i of [1, 2]) await step(election.trustee(i));
    await saveKeyFile(safe, { ...(await loadKeyFile(safe)), share });
    await expect(step(election.trustee(1))).rejects.toMatchObject({
      code: 'bad-key-file',
      where: 'trustee-1.age',
    });
    expect(election.state.shares).toHaveLength(0);
  });
});

describe('T6: swapped recipients', () => {
  test('a recipient that the trustee did not sign', async () => {
    const election = await start();
    for (const i of [1, 2]) await step(election.trustee(i));
    const attacker = await identityToRecipient(await generateX25519Identity());
    // The box signs for trustee 3 with a key of its own: trustee 2's, say.
    const file = await loadKeyFile(election.trustee(2).safe);
    appendUnchecked(
      election,
      signAs(file, election.state, 3, 'join', { attempt: 1, i: 3, recipient: attacker }),
    );
    await expect(step(election.trustee(1))).rejects.toMatchObject({
      code: 'bad-record',
      where: 'entries[3].sigs[0].sig',
    });
  });

  test('a trustee’s own join that was changed after it was sent', async () => {
    const election = await start();
    const recipient = await identityToRecipient(await generateX25519Identity());
    const { safe } = election.trustee(1);
    const unjoined = await safe.store.read(safe.name);
    await step(election.trustee(1));
    const joined = await safe.store.read(safe.name);
    // Whoever has a copy of the signing key makes a second join; the trustee's own client sees that it is not its own.
    await safe.store.write(safe.name, unjoined ?? new Uint8Array());
    const box = new TestBallotBox(new MemoryBallotBox(manifestOf(election), keys.log));
    await box.submit(
      await forged({ state: box.box.state }, election.trustee(1), 1, 'join', { recipient }),
      [],
    );
    await safe.store.write(safe.name, joined ?? new Uint8Array());
    await expect(step({ ...election.trustee(1), box })).rejects.toMatchObject({
      code: 'foreign-entry',
      where: 'join',
    });
  });
});

describe('T2: a bad share is blamed on its sender', () => {
  /** An election in which trustee 3 deals what `spoil` makes of its letters, by recipient. */
  async function spoiled(
    spoil: (share: Bytes, to: number, recipient: string, election: string) => Promise<Bytes>,
  ) {
    const election = await start();
    await election.runUntil('reveal');
    const cheat = election.trustee(3);
    const { reveal, join } = election.state.ceremony;
    const reveals = reveal.toSorted((a, b) => a.body.i - b.body.i).map(({ body }) => round1Of(body));
    const dealt = dealShares(dealingOf(election, await loadKeyFile(cheat.safe)), reveals);
    const letters: Bytes[] = [];
    for (const to of [1, 2]) {
      const recipient = join.find(({ body }) => body.i === to)?.body.recipient ?? '';
      letters.push(await spoil(dealt[to - 1] ?? new Uint8Array(), to, recipient, election.state.election));
    }
    const shares = letters.map((letter, at) => ({ to: at + 1, ...nameBlob(letter) }));
    for (const i of [1, 2]) await step(election.trustee(i));
    await election.box.submit(await forged(election, cheat, 3, 'dealt', { shares }), []);
    return { election, letters };
  }

  const addressed = (share: Bytes, to: number, recipient: string, election: string) =>
    encryptShare({ election, attempt: 1, from: 3, to }, share, recipient);

  test('a share that is not on the polynomial: a complaint, which everybody judges alike', async () => {
    const { election, letters } = await spoiled((share, to, recipient, name) =>
      addressed(to === 1 ? encodeScalar(addScalars(parseScalar(share), ONE)) : share, to, recipient, name),
    );
    for (const letter of letters) await election.box.deliver(letter);
    expect(await step(election.trustee(1))).toEqual({ kind: 'sent', step: 'complaint' });
    const judgement = { blamed: 3, why: expect.stringContaining('not on the polynomial') };
    for (const i of [1, 2]) {
      expect(await step(election.trustee(i))).toMatchObject({
        kind: 'waiting',
        for: 'void',
        attempt: 1,
        judgement,
      });
    }
    expect(election.state.ceremony.confirm).toHaveLength(0);
    const { checks } = await verifyRecord(election.box.record);
    const note = { where: 'entry 13', why: expect.stringContaining('trustee 3 is to blame') };
    // Nothing is wrong with the record, but there is no key yet.
    const ceremony = checks.find(({ id }) => id === 'ceremony');
    expect(ceremony).toMatchObject({ status: 'unproven', failures: [] });
    expect(ceremony?.notes).toContainEqual(note);
  });

  test.each([
    ['for another', (share: Bytes, recipient: string, name: string) => addressed(share, 2, recipient, name)],
    ['that cannot be read', () => Promise.resolve(toUtf8('not an age file'))],
  ])('a file %s', async (_, spoil) => {
    const { election, letters } = await spoiled((share, to, recipient, name) =>
      to === 1 ? spoil(share, recipient, name) : addressed(share, to, recipient, name),
    );
    for (const letter of letters) await election.box.deliver(letter);
    expect(await step(election.trustee(2))).toMatchObject({ kind: 'sent', step: 'confirm' });
    expect(await step(election.trustee(1))).toEqual({ kind: 'sent', step: 'complaint' });
    expect(await judgeComplaint(election.state.election, election.state.ceremony)).toMatchObject({
      blamed: 3,
    });
  });

  test('whoever complains of a good share, or with another identity, is to blame', async () => {
    const { election, letters } = await spoiled(addressed);
    for (const letter of letters) await election.box.deliver(letter);
    const { identity } = await loadKeyFile(election.trustee(1).safe);
    const complaint = (shown: string) => ({
      against: 3,
      identity: shown,
      ciphertext: toBase64Url(letters[0] ?? new Uint8Array()),
    });
    const another = await generateX25519Identity();
    const judged = [];
    for (const shown of [identity ?? '', another, `AGE-SECRET-KEY-1${'Q'.repeat(58)}`]) {
      const entry = parseEntry(await forged(election, election.trustee(1), 1, 'complaint', complaint(shown)));
      if (entry.type !== 'complaint') throw new Error('no complaint');
      const placed = { index: 0, leaf: '', body: entry.body };
      judged.push(
        await judgeComplaint(election.state.election, { ...election.state.ceremony, complaint: placed }),
      );
    }
    expect(judged).toEqual([
      { blamed: 1, why: 'trustee 3 dealt trustee 1 a good share' },
      ...[1, 2].map(() => ({ blamed: 1, why: expect.stringContaining('identity') })),
    ]);
    // An honest client whose own file is spoiled does not blame another.
    const { safe } = election.trustee(1);
    await saveKeyFile(safe, { ...(await loadKeyFile(safe)), identity: another });
    await expect(step(election.trustee(1))).rejects.toMatchObject({ code: 'bad-key-file' });
    expect(election.state.ceremony.complaint).toBeNull();
  });

  test('a letter that has not come is waited for; another in its place is the ballot box’s fault', async () => {
    const { election, letters } = await spoiled(addressed);
    expect(await step(election.trustee(1))).toMatchObject({ kind: 'waiting', for: 'mail', awaited: [3] });
    const [name = ''] = letters.map((letter) => nameBlob(letter).sha256);
    election.box.letters.set(name, concat(letters[0] ?? new Uint8Array(), new Uint8Array(1)));
    await expect(step(election.trustee(1))).rejects.toMatchObject({
      code: 'wrong-mail',
      where: 'trustees[3]',
    });
    for (const letter of letters) await election.box.deliver(letter);
    expect(await step(election.trustee(1))).toMatchObject({ kind: 'sent', step: 'confirm' });
  });

  test('a recipient that nothing can be encrypted to', async () => {
    const election = await start();
    for (const i of [1, 2]) await step(election.trustee(i));
    const entry = await forged(election, election.trustee(3), 3, 'join', {
      recipient: `age1${'q'.repeat(58)}`,
    });
    await election.box.submit(entry, []);
    const dealing = startDealing(ceremonyIn(election), 3);
    for (const i of [1, 2]) await step(election.trustee(i));
    const hash = toBase64Url(commitHash(ceremonyIn(election), 3, dealing.round1));
    await election.box.submit(await forged(election, election.trustee(3), 3, 'commit', { hash }), []);
    for (const i of [1, 2]) await step(election.trustee(i));
    await election.box.submit(
      await forged(election, election.trustee(3), 3, 'reveal', encoded(dealing.round1)),
      [],
    );
    await expect(step(election.trustee(1))).rejects.toMatchObject({
      code: 'bad-recipient',
      where: 'trustees[3]',
    });
  });
});
