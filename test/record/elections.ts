/**
 * Whole elections in memory for tests of the record: real role keys, ceremony and roll; ballots of the right form
 * whose proofs are never looked at.
 */
import { ristretto255 } from '@noble/curves/ed25519.js';
import { sha256 } from '@noble/hashes/sha2.js';
import type { Previous } from '../../src/ballot/ballot-entry.ts';
import type { ManifestBody } from '../../src/ballot/manifest.ts';
import { encodeVerifierKey, NOTE_SIGNATURE, verifierKey } from '../../src/board/note.ts';
import { encodeCanonical } from '../../src/codec/canonical-json.ts';
import { type Bytes, fromBase64Url, toBase64Url, toUtf8 } from '../../src/crypto/bytes.ts';
import { commitHash, type Dealing, startDealing } from '../../src/crypto/dkg.ts';
import { generateSigningKey, publicKeyOf, type SigningKey } from '../../src/crypto/ed25519.ts';
import { proveReplacement } from '../../src/crypto/proofs/replacement-proof.ts';
import { scalarOf } from '../../src/crypto/scalar.ts';
import { ceremonyOf, type Step } from '../../src/record/ceremony.ts';
import { apply, type ElectionState, nextItem, useRoll } from '../../src/record/election-state.ts';
import type { Act, Entry, EntryOf, Role } from '../../src/record/entries.ts';
import {
  parseEntry,
  type SignedType,
  signatureOf,
  signEntry,
  unsignedEntry,
  withSignatures,
} from '../../src/record/envelope.ts';
import type { Item } from '../../src/record/item.ts';
import { MemoryBallotBox } from '../../src/record/memory-ballot-box.ts';
import { nameBlob } from '../../src/record/record-source.ts';
import { keyOf as keyOfVoter, linkOf } from '../../src/record/replacements.ts';
import { RollIndex } from '../../src/record/roll-index.ts';
import type { RollDocument } from '../../src/roll/roll-document.ts';

export const hashOf = (text: string): string => toBase64Url(sha256(toUtf8(text)));
export const ORIGIN = 'vote.example/AAAAAAAAAAAAAAAAAAAAAA';
export const LINKED = hashOf('an earlier election');
export const TRUSTEES = 3;

export const keys: { readonly [R in Role]: readonly SigningKey[] } & { readonly log: SigningKey } = {
  officer: [generateSigningKey(), generateSigningKey()],
  registrar: [generateSigningKey()],
  box: [generateSigningKey()],
  trustee: Array.from({ length: TRUSTEES }, generateSigningKey),
  observer: [generateSigningKey()],
  log: generateSigningKey(),
};

const publicKeys = (role: Role): string[] => keys[role].map((key) => toBase64Url(publicKeyOf(key)));

export function keyOf(role: Role, i: number): SigningKey {
  const key = keys[role][i - 1];
  if (key === undefined) throw new Error(`no ${role} ${i}`);
  return key;
}

const blob = nameBlob(toUtf8('{}'));

export function manifestBody(mode: 'secret' | 'recorded' = 'secret'): ManifestBody {
  return {
    kind: 'rehearsal',
    suite: 'ristretto255-SHA512',
    origin: ORIGIN,
    log: encodeVerifierKey(verifierKey(ORIGIN, NOTE_SIGNATURE, publicKeyOf(keys.log))),
    texts: [{ lang: 'en', blob }],
    roles: {
      officers: publicKeys('officer'),
      registrars: publicKeys('registrar'),
      boxes: publicKeys('box'),
      observers: publicKeys('observer'),
    },
    trustees:
      mode === 'secret'
        ? { threshold: 2, count: TRUSTEES, agreements: 2, keys: publicKeys('trustee') }
        : null,
    issuers: 1,
    colleges: [{ id: 'members', mode, weights: [1, 2], entitlement: null }],
    contests: [
      {
        id: 'motion',
        colleges: ['members'],
        options: ['yes', 'no'],
        shape: { kind: 'choose', min: 1, max: 1, blank: false },
      },
    ],
    cells: { requiredMin: 3, optional: null },
    roll: { mergeBelow: 3 },
    rules: [
      {
        id: 'seat',
        kind: 'seats',
        contest: 'motion',
        colleges: [{ college: 'members', share: null }],
        seats: 1,
        needs: null,
        reserved: [],
        ties: 'unfilled',
      },
    ],
    revoting: true,
    times: { notice: 0, opens: 1000, closes: 2000, grace: 0, extension: 500, disputes: 0 },
    witnesses: { quorum: 0, keys: [] },
    booth: [],
    links: [{ relation: 'follows', manifest: LINKED, rule: null }],
    caps: { replacements: 2 },
    features: [],
  };
}

const seal = { v: 1, ext: {} } as const;

/** P of a secret. */
export function publicKeyOfSecret(x: bigint): string {
  return toBase64Url(ristretto255.Point.BASE.multiply(x).toBytes());
}

/** The secret of the substitute that the roll names for voter 6. */
export const SUBSTITUTE = 61n;

/** Voter n's P, from 1; voters are in the order of their keys. */
export const P: readonly string[] = Array.from({ length: 6 }, (_, i) =>
  ristretto255.Point.BASE.multiply(BigInt(i + 1)).toBytes(),
)
  .sort((a, b) => Buffer.compare(a, b))
  .map((bytes) => toBase64Url(bytes));

export function rollOf(election: string): RollDocument {
  const lines = P.map((key, i) => ({
    P: key,
    college: 'members',
    weight: i === 5 ? 2 : 1,
    bodies: [],
    name: null,
    chosen: null,
    mandates: null,
    substitutes: i === 5 ? [{ P: publicKeyOfSecret(SUBSTITUTE), name: null }] : [],
  }));
  return { v: 1, election, frozen: 0, bodies: [], counts: [], lines };
}

export const F = (text: string): Bytes => sha256(toUtf8(text));

/** An election that goes on step by step; every step can be made wrong by `change` before it is signed. */
export class TestElection {
  readonly box: MemoryBallotBox;
  readonly #dealings: Dealing[];

  constructor(mode: 'secret' | 'recorded' = 'secret', dealings?: Dealing[]) {
    const unsigned = { ...seal, type: 'manifest' as const, body: manifestBody(mode) };
    this.box = new MemoryBallotBox(
      signEntry<'manifest'>(unsigned, 'officer', 1, keyOf('officer', 1)),
      keys.log,
    );
    this.box.addBlob(toUtf8('{}'));
    const ceremony = ceremonyOf(this.state.election, this.state.manifest, 1);
    this.#dealings =
      dealings ?? Array.from({ length: ceremony.count }, (_, at) => startDealing(ceremony, at + 1));
  }

  /** An election of its own with the first entries of this one. */
  copy(size: number): TestElection {
    const copy = new TestElection('secret', this.#dealings);
    for (const bytes of this.entries.slice(1, size)) {
      const item = nextItem(copy.state, bytes);
      apply(copy.state, item, []);
      copy.box.record.appendUnchecked(bytes);
      if (item.entry.type === 'roll') useRoll(copy.state, new RollIndex(rollOf(copy.state.election)));
    }
    for (const [path, bytes] of this.box.record.files) copy.box.record.files.set(path, bytes);
    return copy;
  }

  get state(): ElectionState {
    return this.box.state;
  }

  get ctx(): string {
    return this.state.opening?.leaf ?? hashOf('no opening');
  }

  /** Signed by the role that makes such an entry, or by the one given. */
  sign<T extends Exclude<SignedType, 'manifest'>>(
    type: T,
    body: EntryOf<T>['body'],
    role: Role,
    i = 1,
    seen = this.box.seen,
    election = this.state.election,
  ): EntryOf<T> {
    return signEntry<T>(unsignedEntry<T>({ election, seen }, type, body), role, i, keyOf(role, i));
  }

  step(step: Step, i: number, change: object = {}): Entry {
    const at = { attempt: 1, i };
    const { round1 } = this.#dealings[i - 1] ?? { round1: { commitments: [], proof: new Uint8Array() } };
    const ceremony = ceremonyOf(this.state.election, this.state.manifest, 1);
    const others = Array.from({ length: TRUSTEES }, (_, j) => j + 1).filter((j) => j !== i);
    const sign = (type: Step, body: object): Entry =>
      this.sign(type, { ...at, ...body, ...change } as EntryOf<Step>['body'], 'trustee', i);
    if (step === 'join') return sign(step, { recipient: `age1${'q'.repeat(58)}` });
    if (step === 'commit') return sign(step, { hash: toBase64Url(commitHash(ceremony, i, round1)) });
    if (step === 'reveal') {
      return sign(step, {
        commitments: round1.commitments.map(toBase64Url),
        proof: toBase64Url(round1.proof),
      });
    }
    if (step === 'dealt') {
      const shares = others.map((to) => ({ to, sha256: hashOf(`share ${i} ${to}`), bytes: 500 }));
      return sign(step, { shares });
    }
    const none = { key: hashOf('key'), shares: [hashOf('S')], transcript: hashOf('t') };
    return sign(step, this.state.ceremony.confirmable ?? none);
  }

  roll(change: object = {}): Entry {
    const bytes = encodeCanonical(rollOf(this.state.election));
    const colleges = [{ id: 'members', size: P.length }];
    return this.sign(
      'roll',
      { root: hashOf('roll'), size: P.length, colleges, blob: this.box.addBlob(bytes), ...change },
      'registrar',
    );
  }

  opening(change: object = {}): Entry {
    const { ceremony, roll, manifest, election } = this.state;
    const { confirmable } = ceremony;
    const none = { key: null, shares: [], transcript: null };
    const body = {
      manifest: election,
      attempt: manifest.trustees === null ? null : 1,
      opens: 1000,
      results: [{ manifest: LINKED, result: hashOf('its result'), decision: null }],
      ...(confirmable === null ? none : { ...confirmable, shares: [...confirmable.shares] }),
      roll: { root: roll?.body.root ?? hashOf('no roll'), size: roll?.body.size ?? 1 },
      notice: null,
    };
    return this.sign('opening', { ...body, ...change }, 'officer', 2);
  }

  ballot(voter: number, change: object = {}): Entry {
    const link = linkOf(this.state, voter);
    const prev: Previous = link === undefined ? { kind: 'none' } : { kind: link.kind, leaf: link.leaf };
    const body: EntryOf<'ballot'>['body'] = {
      ctx: this.ctx,
      college: 'members',
      weight: voter === 6 ? 2 : 1,
      P: keyOfVoter(this.state, voter) ?? P[voter - 1] ?? '',
      prev,
      part: { i: 1, of: 1 },
      contests: [{ id: 'motion', mode: 'secret', ciphertexts: toBase64Url(new Uint8Array(128)) }],
      proof: toBase64Url(new Uint8Array(32)),
      ...change,
    };
    return { ...seal, type: 'ballot', election: this.state.election, body };
  }

  check(voter: number, fingerprint: Bytes, change: object = {}): Entry {
    const body = {
      ctx: this.ctx,
      P: P[voter - 1] ?? '',
      F: toBase64Url(fingerprint),
      proof: toBase64Url(new Uint8Array(64)),
      ...change,
    };
    return { ...seal, type: 'check', election: this.state.election, body };
  }

  closing(change: object = {}): Entry {
    const { size, root } = this.box.seen;
    return this.sign('closing', { ctx: this.ctx, size, root, ...change }, 'box');
  }

  tally(change: object = {}): Entry {
    return this.sign(
      'tally',
      { closing: this.state.closing?.leaf ?? hashOf('none'), blob, ...change },
      'box',
    );
  }

  /** Of the latest tally, unless another is given. */
  get lastTally(): string {
    return this.state.tallies.at(-1)?.leaf ?? hashOf('no tally');
  }

  agreement(i: number, change: object = {}): Entry {
    const closing = this.state.closing?.leaf ?? hashOf('none');
    return this.sign('agreement', { i, closing, tally: this.lastTally, ...change }, 'trustee', i);
  }

  shares(i: number, change: object = {}): Entry {
    return this.sign('shares', { i, tally: this.lastTally, blob, ...change }, 'trustee', i);
  }

  result(change: object = {}): Entry {
    return this.sign('result', { tally: this.lastTally, seed: null, blob, ...change }, 'officer');
  }

  /** Of voter n by the credential with this secret; a substitute's unless the reason is another. */
  replacement(voter: number, x: bigint, change: object = {}): Entry {
    const [before, after] = [keyOfVoter(this.state, voter) ?? '', publicKeyOfSecret(x)];
    const statement = {
      ctx: fromBase64Url(this.ctx),
      voter,
      before: fromBase64Url(before),
      after: fromBase64Url(after),
    };
    const proof = toBase64Url(proveReplacement(statement, scalarOf(x)));
    const body = {
      ctx: this.ctx,
      voter,
      old: before,
      new: after,
      name: null,
      reason: 'lost',
      proof,
    } as const;
    return this.signTwice({ ...body, ...change });
  }

  signTwice(body: EntryOf<'replacement'>['body']): EntryOf<'replacement'> {
    const { seen } = this.box;
    const unsigned = { ...seal, type: 'replacement' as const, election: this.state.election, seen, body };
    return withSignatures<'replacement'>(unsigned, [
      signatureOf<'replacement'>(unsigned, 'registrar', 1, keyOf('registrar', 1)),
      signatureOf<'replacement'>(unsigned, 'officer', 2, keyOf('officer', 2)),
    ]);
  }

  act(act: Act, officer = 1): Entry {
    return this.sign('act', { act }, 'officer', officer);
  }

  /** Of the whole log, unless another is given. */
  recount(change: object = {}): Entry {
    const { size, root } = this.box.seen;
    const result = this.state.result?.leaf ?? null;
    return this.sign('recount', { size, root, ok: true, result, ...change }, 'observer');
  }

  append(entry: Entry, fingerprint?: Bytes): Promise<Item> {
    return this.box.append(entry, fingerprint);
  }

  /** The entries so far. */
  *all(): Generator<Entry> {
    for (const bytes of this.entries) yield parseEntry(bytes);
  }

  /** The published bytes so far. */
  get entries(): readonly Bytes[] {
    return this.box.record.entries;
  }
}
