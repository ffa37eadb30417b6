/**
 * The entries of a simulated election around its ballots: one contest, one college, and one trustee whose secret
 * everybody can compute from the seed. FOR SIMULATION ONLY.
 */
import { type BallotContext, ballotContext } from '../ballot/ballot-context.ts';
import { SUITE } from '../ballot/ballot-limits.ts';
import type { ManifestBody, TextsDocument } from '../ballot/manifest.ts';
import { encodeVerifierKey, NOTE_SIGNATURE, verifierKey } from '../board/note.ts';
import { encodeCanonical } from '../codec/canonical-json.ts';
import { type Bytes, concat, fromBase64Url, toBase64Url, toUtf8, u32 } from '../crypto/bytes.ts';
import { proveShares } from '../crypto/decryption-shares.ts';
import { makeDiscreteLog } from '../crypto/discrete-log.ts';
import { commitHash, dealShares, finishDealing, startDealing } from '../crypto/dkg.ts';
import { parseSigningKey, publicKeyOf, type SigningKey } from '../crypto/ed25519.ts';
import type { Kernel } from '../crypto/kernel/kernel.ts';
import type { Scalar } from '../crypto/scalar.ts';
import { hash256 } from '../crypto/transcript.ts';
import { type ElectionState, nextItem, openRecord } from '../record/election-state.ts';
import type { EntryOf, Role } from '../record/entries.ts';
import { encodeEntry, signEntry, type UnsignedEntry, unsignedEntry } from '../record/envelope.ts';
import { advance } from '../record/grammar.ts';
import type { Item } from '../record/item.ts';
import { nameBlob } from '../record/record-source.ts';
import { buildRoll, type RollEntryBody } from '../roll/build-roll.ts';
import type { RollDocument } from '../roll/roll-document.ts';
import { encryptedCells, sharesDocumentOf, sharesOf } from '../tally/decryption.ts';
import { resultOf } from '../tally/result.ts';
import type { Tally } from '../tally/tally-document.ts';
import { countTally, openTally } from '../tally/totals.ts';

export const COLLEGE = 'members';
export const CONTEST = 'question';

export interface SimulatedContest {
  readonly options: number;
  /** How many a ballot may choose; exactly one where it is 1. */
  readonly most: number;
}

export const optionNames = ({ options }: SimulatedContest): string[] =>
  Array.from({ length: options }, (_, i) => `option-${i + 1}`);

/** Where entries and blobs go. */
export interface RecordSink {
  readonly entry: (bytes: Bytes) => void;
  readonly blob: (bytes: Bytes) => void;
}

type RoleType = Exclude<UnsignedEntry['type'], 'manifest'>;

/** The bytes of a seed and a name, for what a real election draws at random. */
function seeded(seed: string, name: string, length = 32): Bytes {
  const blocks = Array.from({ length: Math.ceil(length / 32) }, (_, i) =>
    hash256('teller/simulation', toUtf8(seed), toUtf8(name), u32(i)),
  );
  return concat(...blocks).slice(0, length);
}

/** No key opens it, and nobody deals to a single trustee. */
const RECIPIENT = `age1${'q'.repeat(58)}`;

export class SimulatedElection {
  readonly state: ElectionState;
  readonly #seed: string;
  readonly #sink: RecordSink;
  #secret: Scalar | null = null;

  constructor(seed: string, contest: SimulatedContest, sink: RecordSink) {
    this.#seed = seed;
    this.#sink = sink;
    const texts = encodeCanonical(textsOf(contest));
    const unsigned = { v: 1, type: 'manifest', body: this.#manifest(contest, texts), ext: {} } as const;
    const bytes = encodeEntry(signEntry<'manifest'>(unsigned, 'officer', 1, this.#key('officer')));
    this.state = openRecord(bytes);
    sink.blob(texts);
    sink.entry(bytes);
  }

  /** Signs checkpoints. */
  get logKey(): SigningKey {
    return this.#key('log');
  }

  #key(name: string): SigningKey {
    return parseSigningKey(seeded(this.#seed, name));
  }

  #manifest(contest: SimulatedContest, texts: Bytes): ManifestBody {
    const publicKey = (name: string): string => toBase64Url(publicKeyOf(this.#key(name)));
    const origin = `simulation.example/${toBase64Url(seeded(this.#seed, 'origin', 18))}`;
    return {
      kind: 'rehearsal',
      suite: SUITE,
      origin,
      log: encodeVerifierKey(verifierKey(origin, NOTE_SIGNATURE, publicKeyOf(this.#key('log')))),
      texts: [{ lang: 'en', blob: nameBlob(texts) }],
      roles: {
        officers: [publicKey('officer')],
        registrars: [publicKey('registrar')],
        boxes: [publicKey('box')],
        observers: [],
      },
      trustees: { threshold: 1, count: 1, agreements: 1, keys: [publicKey('trustee')] },
      issuers: 1,
      colleges: [{ id: COLLEGE, mode: 'secret', weights: [1], entitlement: null }],
      contests: [
        {
          id: CONTEST,
          colleges: [COLLEGE],
          options: optionNames(contest),
          shape: { kind: 'choose', min: contest.most === 1 ? 1 : 0, max: contest.most, blank: false },
        },
      ],
      cells: { requiredMin: 3, optional: null },
      roll: { mergeBelow: 1 },
      rules: [
        {
          id: 'seats',
          kind: 'seats',
          contest: CONTEST,
          colleges: [{ college: COLLEGE, share: null }],
          seats: contest.most,
          needs: null,
          reserved: [],
          ties: 'lot',
        },
      ],
      revoting: true,
      times: { notice: 0, opens: 0, closes: null, grace: 0, extension: 0, disputes: 0 },
      witnesses: { quorum: 0, keys: [] },
      booth: [],
      links: [],
      caps: { replacements: 0 },
      features: [],
    };
  }

  #append<T extends RoleType>(type: T, role: Role, body: EntryOf<T>['body']): Item {
    const { election, tree } = this.state;
    const seen = { size: tree.size, root: toBase64Url(tree.root()) };
    const unsigned = unsignedEntry<T>({ election, seen }, type, body);
    const bytes = encodeEntry(signEntry<T>(unsigned, role, 1, this.#key(role)));
    const item = nextItem(this.state, bytes);
    const [problem] = advance(this.state, item);
    if (problem !== undefined) throw new Error(`a simulated ${type}: ${problem.field}: ${problem.why}`);
    this.#sink.entry(bytes);
    return item;
  }

  /** The roll of voters of whom there is nothing but a key. */
  rollOf(keys: readonly Bytes[]): RollDocument {
    const nobody = { weight: 1, bodies: [], name: '', chosen: null, mandates: null, substitutes: [] };
    const voters = keys.map((P) => ({ P, college: COLLEGE, ...nobody }));
    return buildRoll(this.state.election, this.state.manifest, { frozen: 0, bodies: [] }, voters);
  }

  /** The ceremony of one trustee, the roll, and the opening. */
  open(roll: { readonly blob: Bytes; readonly body: RollEntryBody }): BallotContext {
    const { election, manifest } = this.state;
    const ceremony = { election: fromBase64Url(election), attempt: 1, count: 1, threshold: 1 };
    const step = { attempt: 1, i: 1 };
    this.#append('join', 'trustee', { ...step, recipient: RECIPIENT });
    const dealing = startDealing(ceremony, 1, (length) => seeded(this.#seed, 'dealing', length));
    const { round1 } = dealing;
    const hash = toBase64Url(commitHash(ceremony, 1, round1));
    this.#append('commit', 'trustee', { ...step, hash });
    const commitments = round1.commitments.map(toBase64Url);
    this.#append('reveal', 'trustee', { ...step, commitments, proof: toBase64Url(round1.proof) });
    this.#append('dealt', 'trustee', { ...step, shares: [] });
    this.#secret = finishDealing(dealing, [round1], dealShares(dealing, [round1])).share;
    const made = this.state.ceremony.confirmable;
    if (made === null) throw new Error('the simulated ceremony made no key');
    const { key, transcript } = made;
    const shares = [...made.shares];
    this.#append('confirm', 'trustee', { ...step, key, shares, transcript });
    this.#sink.blob(roll.blob);
    this.#append('roll', 'registrar', { ...roll.body, colleges: [...roll.body.colleges] });
    const opening = this.#append('opening', 'officer', {
      manifest: election,
      attempt: 1,
      opens: 0,
      results: [],
      key,
      shares,
      transcript,
      roll: { root: roll.body.root, size: roll.body.size },
      notice: null,
    });
    return ballotContext({ election, ctx: toBase64Url(opening.leaf), key, manifest });
  }

  /** @returns the closing's leaf, in base64url. */
  close(): string {
    const { tree, opening } = this.state;
    const body = { ctx: opening?.leaf ?? '', size: tree.size, root: toBase64Url(tree.root()) };
    return toBase64Url(this.#append('closing', 'box', body).leaf);
  }

  /** Tally, agreement, shares and result. */
  declare(kernel: Kernel, { bytes, document, cells }: Tally): void {
    const { closing, opening, manifest } = this.state;
    if (closing === null || opening === null || this.#secret === null) throw new Error('not closed');
    this.#sink.blob(bytes);
    const tally = this.#append('tally', 'box', { closing: closing.leaf, blob: nameBlob(bytes) });
    const leaf = toBase64Url(tally.leaf);
    this.#append('agreement', 'trustee', { i: 1, closing: closing.leaf, tally: leaf });
    const statement = {
      ctx: fromBase64Url(opening.leaf),
      tally: tally.leaf,
      i: 1,
      shareKey: fromBase64Url(opening.body.shares[0] ?? ''),
      cells: encryptedCells(document),
    };
    const shares = sharesDocumentOf(leaf, 1, proveShares(statement, this.#secret));
    const blob = encodeCanonical(shares);
    this.#sink.blob(blob);
    this.#append('shares', 'trustee', { i: 1, tally: leaf, blob: nameBlob(blob) });
    const opened = openTally(kernel, document, 1, [{ i: 1, shares: sharesOf(shares) }]);
    const counts = countTally(makeDiscreteLog(kernel), document, cells, opened);
    const result = resultOf({ manifest, opening: null, acts: [] }, leaf, cells, counts, opened.seed);
    this.#sink.blob(result.bytes);
    this.#append('result', 'officer', result.body);
  }
}

function textsOf(contest: SimulatedContest): TextsDocument {
  const options = Object.fromEntries(optionNames(contest).map((option) => [option, option]));
  return {
    v: 1,
    lang: 'en',
    title: 'A simulation',
    intro: 'These ballots were made by a program, and hide nothing.',
    colleges: { [COLLEGE]: 'Members' },
    contests: { [CONTEST]: { title: 'Question', text: '', options } },
  };
}
