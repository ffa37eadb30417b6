/**
 * An election in memory with real trustee clients: each has a store of its own, and all talk to one ballot box
 * that checks the grammar. Ballots have real ciphertexts; their proofs are never looked at.
 */
import { ristretto255 } from '@noble/curves/ed25519.js';
import type { ManifestBody } from '../../src/ballot/manifest.ts';
import { encodeCanonical } from '../../src/codec/canonical-json.ts';
import { type Bytes, concat, fromBase64Url, toBase64Url, toHex, toUtf8 } from '../../src/crypto/bytes.ts';
import { encodeCiphertext, encrypt } from '../../src/crypto/elgamal.ts';
import { parseElement } from '../../src/crypto/group.ts';
import { bigintKernel } from '../../src/crypto/kernel/bigint.ts';
import { randomScalar } from '../../src/crypto/scalar.ts';
import { apply, type ElectionState, nextItem, openRecord, useRoll } from '../../src/record/election-state.ts';
import type { EntryOf, Role, TallyDocument } from '../../src/record/entries.ts';
import {
  encodeEntry,
  entryLeaf,
  parseDocument,
  parseEntry,
  type SignedType,
  signEntry,
  unsignedEntry,
} from '../../src/record/envelope.ts';
import { MemoryBallotBox } from '../../src/record/memory-ballot-box.ts';
import { MemoryRecord } from '../../src/record/memory-record.ts';
import { nameBlob, type RecordSource, readBlob } from '../../src/record/record-source.ts';
import { RollIndex } from '../../src/record/roll-index.ts';
import { type RollDocument, rollDocument } from '../../src/roll/roll-document.ts';
import { cellsOf } from '../../src/tally/cells.ts';
import { type CountingBallot, encodeContent, recomputeTally } from '../../src/tally/tally-document.ts';
import type { BallotBox, Recount, SecretStore } from '../../src/trustee/interfaces.ts';
import { createTrustee, type Progress, step, type Trustee } from '../../src/trustee/trustee.ts';
import { keyOf, keys, manifestBody } from '../record/elections.ts';

export class MemoryStore implements SecretStore {
  readonly documents = new Map<string, Bytes>();

  // oxlint-disable-next-line require-await
  async read(name: string): Promise<Bytes | undefined> {
    return this.documents.get(name);
  }

  // oxlint-disable-next-line require-await
  async write(name: string, bytes: Bytes): Promise<void> {
    this.documents.set(name, bytes);
  }
}

/** The ballot box as trustees see it. */
export class TestBallotBox implements BallotBox {
  readonly box: MemoryBallotBox;
  readonly letters = new Map<string, Bytes>();
  /** Everything that was ever handed in, in hexadecimal, by trustee and type. */
  readonly submitted = new Map<string, Set<string>>();

  constructor(box: MemoryBallotBox) {
    this.box = box;
  }

  get record(): RecordSource {
    return this.box.record;
  }

  async submit(bytes: Bytes, blobs: readonly Bytes[]): Promise<void> {
    const entry = parseEntry(bytes);
    if (!('body' in entry) || !('i' in entry.body)) throw new Error('not of a trustee');
    const key = `${entry.type} of ${entry.body.i}`;
    this.submitted.set(key, (this.submitted.get(key) ?? new Set()).add(toHex(bytes)));
    for (const blob of blobs) this.box.addBlob(blob);
    if (!this.box.record.entries.some((old) => toHex(old) === toHex(bytes))) await this.box.append(entry);
  }

  // oxlint-disable-next-line require-await
  async deliver(letter: Bytes): Promise<void> {
    const { sha256 } = nameBlob(letter);
    const named = this.box.state.ceremony.dealt.flatMap(({ body }) => body.shares);
    if (!named.some((share) => share.sha256 === sha256)) throw new Error('no entry names this letter');
    this.letters.set(sha256, letter);
  }

  // oxlint-disable-next-line require-await
  async mail(sha256: string): Promise<Bytes | undefined> {
    return this.letters.get(sha256);
  }
}

const VOTERS: readonly string[] = Array.from({ length: 6 }, (_, n) =>
  ristretto255.Point.BASE.multiply(BigInt(n + 1)).toBytes(),
)
  .sort((a, b) => Buffer.compare(a, b))
  .map((bytes) => toBase64Url(bytes));

function rollOf(election: string): RollDocument {
  const line = {
    college: 'members',
    weight: 1,
    bodies: [],
    name: null,
    chosen: null,
    mandates: null,
    substitutes: [],
  };
  return { v: 1, election, frozen: 0, bodies: [], counts: [], lines: VOTERS.map((P) => ({ P, ...line })) };
}

/** A recount that believes every proof: what a trustee's client needs of one. */
export const recount: Recount = async (record) => ({
  failures: [],
  tally: encodeCanonical(await tallyOf(record)),
});

export async function tallyOf(
  record: RecordSource,
  leaveOut: readonly number[] = [],
): Promise<TallyDocument> {
  if (!(record instanceof MemoryRecord)) throw new Error('not in memory');
  const [first = new Uint8Array(), ...others] = record.entries;
  const state = openRecord(first);
  const ballots: EntryOf<'ballot'>[] = [];
  let lines: RollDocument['lines'] = [];
  for (const bytes of others) {
    const item = nextItem(state, bytes);
    if (item.entry.type === 'roll') {
      const roll = parseDocument(rollDocument, await readBlob(record, item.entry.body.blob));
      ({ lines } = roll);
      useRoll(state, new RollIndex(roll));
    }
    if (item.entry.type === 'ballot') ballots.push(item.entry);
    apply(state, item, []);
  }
  const counting = new Map<number, CountingBallot>();
  for (const ballot of ballots) {
    const voter = VOTERS.indexOf(ballot.body.P) + 1;
    if (leaveOut.includes(voter)) continue;
    const contents = new Map(ballot.body.contests.map((contest) => [contest.id, encodeContent(contest)]));
    counting.set(voter, { leaf: entryLeaf(encodeEntry(ballot)), contents });
  }
  const basis = {
    election: state.election,
    ctx: state.opening?.leaf ?? '',
    closing: state.closing?.leaf ?? '',
    cells: cellsOf(state.manifest, lines),
    roll: lines.length,
    ballotOf: (voter: number) => counting.get(voter),
  };
  return recomputeTally(bigintKernel, basis).document;
}

export interface Setting {
  readonly threshold: number;
  readonly count: number;
  readonly agreements?: number;
}

export class TrusteeElection {
  readonly box: TestBallotBox;
  readonly trustees: readonly Trustee[];

  private constructor(box: TestBallotBox, trustees: readonly Trustee[]) {
    this.box = box;
    this.trustees = trustees;
  }

  static async start(
    { threshold, count, agreements = threshold }: Setting,
    stores?: readonly SecretStore[],
  ): Promise<TrusteeElection> {
    const safes = Array.from({ length: count }, (_, at) => ({
      store: stores?.[at] ?? new MemoryStore(),
      name: `trustee-${at + 1}.age`,
      passphrase: `correct horse ${at + 1}`,
      workFactor: 1,
    }));
    const publicKeys: string[] = [];
    for (const safe of safes) publicKeys.push(await createTrustee(safe));
    const base = manifestBody();
    const body: ManifestBody = {
      ...base,
      colleges: base.colleges.map((college) => ({ ...college, weights: [1] })),
      trustees: { threshold, count, agreements, keys: publicKeys },
      links: [],
    };
    const unsigned = { v: 1 as const, ext: {}, type: 'manifest' as const, body };
    const memory = new MemoryBallotBox(
      signEntry<'manifest'>(unsigned, 'officer', 1, keyOf('officer', 1)),
      keys.log,
    );
    memory.addBlob(toUtf8('{}'));
    const box = new TestBallotBox(memory);
    const compare = () => Promise.resolve(true);
    const common = { box, election: memory.election, kernel: bigintKernel, recount, compare };
    return new TrusteeElection(
      box,
      safes.map((safe) => ({ ...common, safe })),
    );
  }

  get state(): ElectionState {
    return this.box.box.state;
  }

  trustee(i: number): Trustee {
    const trustee = this.trustees[i - 1];
    if (trustee === undefined) throw new Error(`no trustee ${i}`);
    return trustee;
  }

  /** Steps of these trustees in turn, until all wait or are done. */
  async run(trustees: readonly Trustee[] = this.trustees): Promise<Progress[]> {
    for (;;) {
      const progress: Progress[] = [];
      for (const trustee of trustees) progress.push(await step(trustee));
      if (progress.every(({ kind }) => kind !== 'sent')) return progress;
    }
  }

  /** Steps of all trustees until each has signed this type. */
  async runUntil(type: 'join' | 'commit' | 'reveal' | 'dealt'): Promise<void> {
    while (this.state.ceremony[type].length < this.trustees.length) {
      for (const trustee of this.trustees) {
        const made = this.state.ceremony[type].length;
        await step(trustee);
        if (made < this.state.ceremony[type].length && made + 1 === this.trustees.length) return;
      }
    }
  }

  async append<T extends Exclude<SignedType, 'manifest'>>(
    type: T,
    role: Role,
    body: EntryOf<T>['body'],
  ): Promise<void> {
    const at = { election: this.state.election, seen: this.box.box.seen };
    await this.box.box.append(signEntry<T>(unsignedEntry<T>(at, type, body), role, 1, keyOf(role, 1)));
  }

  async open(): Promise<void> {
    const { election, ceremony } = this.state;
    const { confirmable } = ceremony;
    const blob = this.box.box.addBlob(encodeCanonical(rollOf(election)));
    const roll = { root: blob.sha256, size: VOTERS.length };
    await this.append('roll', 'registrar', {
      ...roll,
      colleges: [{ id: 'members', size: VOTERS.length }],
      blob,
    });
    if (confirmable === null) throw new Error('no key yet');
    const made = { ...confirmable, shares: [...confirmable.shares] };
    await this.append('opening', 'officer', {
      manifest: election,
      attempt: ceremony.attempt,
      opens: 1000,
      results: [],
      ...made,
      roll,
      notice: null,
    });
  }

  /** A ballot for one of two options, from 0. */
  async cast(voter: number, option: 0 | 1): Promise<void> {
    const Y = parseElement(fromBase64Url(this.state.ceremony.confirmable?.key ?? ''));
    const ciphertexts = [0, 1].map((at) =>
      encodeCiphertext(encrypt(Y, at === option ? 1 : 0, randomScalar())),
    );
    const body: EntryOf<'ballot'>['body'] = {
      ctx: this.state.opening?.leaf ?? '',
      college: 'members',
      weight: 1,
      P: VOTERS[voter - 1] ?? '',
      prev: { kind: 'none' },
      part: { i: 1, of: 1 },
      contests: [{ id: 'motion', mode: 'secret', ciphertexts: toBase64Url(concat(...ciphertexts)) }],
      proof: toBase64Url(new Uint8Array(32)),
    };
    await this.box.box.append({ v: 1, ext: {}, type: 'ballot', election: this.state.election, body });
  }

  /** Four votes for the first option and one for the second, then the closing. */
  async vote(): Promise<void> {
    for (const voter of [1, 2, 3, 4]) await this.cast(voter, 0);
    await this.cast(5, 1);
    const { size, root } = this.box.box.seen;
    await this.append('closing', 'box', { ctx: this.state.opening?.leaf ?? '', size, root });
  }

  async publishTally(document?: TallyDocument): Promise<void> {
    const bytes = encodeCanonical(document ?? (await tallyOf(this.box.record)));
    const body = { closing: this.state.closing?.leaf ?? '', blob: this.box.box.addBlob(bytes) };
    await this.append('tally', 'box', body);
  }

  async declare(): Promise<void> {
    const tally = this.state.tallies.at(-1)?.leaf ?? '';
    const blob = this.box.box.addBlob(encodeCanonical({ v: 1, tally, counts: [], outcome: [] }));
    await this.append('result', 'officer', { tally, seed: null, blob });
  }
}
