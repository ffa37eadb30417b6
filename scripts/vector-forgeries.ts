/**
 * Forgeries of the worked election (docs/protocol.md §12), each with the check that must fail. The forger has the log's
 * key, and the keys of the roles named.
 */
import { encodeTilePath, entryBundles } from '../src/board/tiles.ts';
import { encodeCanonical } from '../src/codec/canonical-json.ts';
import { type Bytes, concat, fromBase64Url, toBase64Url, toUtf8 } from '../src/crypto/bytes.ts';
import { CIPHERTEXT_BYTES } from '../src/crypto/elgamal.ts';
import {
  type EntryOf,
  type Role,
  sharesDocument,
  type TallyDocument,
  tallyDocument,
} from '../src/record/entries.ts';
import { parseDocument } from '../src/record/envelope.ts';
import type { MemoryRecord } from '../src/record/memory-record.ts';
import { type ResultDocument, resultDocument } from '../src/record/outcome-document.ts';
import type { CheckName } from '../src/record/problem.ts';
import { readBlob } from '../src/record/record-source.ts';
import { witnessedPath } from '../src/tally/verify/check-times.ts';
import { type Draft, draftOf, editedDocument, forge, placeOf, relog } from '../test/attacks/forge.ts';
import { type BuiltElection, prepare } from '../test/elections/built-election.ts';
import { cosigned } from '../test/elections/plan-manifest.ts';
import { publishedFiles } from '../test/elections/publish.ts';

export type Files = Map<string, Bytes>;
type Edit = (drafts: Draft[], record: MemoryRecord, built: BuiltElection) => void | Promise<void>;
export type Forgery = readonly [
  fails: CheckName,
  what: string,
  make: (built: BuiltElection) => Promise<Files>,
];

/** The log made anew over edited entries. */
const forged =
  (roles: readonly Role[], edit: Edit) =>
  async (built: BuiltElection): Promise<Files> =>
    await publishedFiles(await forge(built, roles, (drafts, record) => edit(drafts, record, built)));

/** The log made anew over other bytes at one place. */
const replaced =
  (type: 'ballot' | 'check', edit: (bytes: Bytes) => Bytes) =>
  async (built: BuiltElection): Promise<Files> => {
    const { entries } = built.record;
    const at = entries.findIndex((bytes) => new TextDecoder().decode(bytes).includes(`"type":"${type}"`));
    return await publishedFiles(
      relog(
        built,
        entries.map((bytes, i) => (i === at ? edit(bytes) : bytes)),
      ),
    );
  };

/** The record's own files but for one. */
const withFile =
  (change: (files: Files, built: BuiltElection) => readonly [path: string, bytes: Bytes | undefined]) =>
  async (built: BuiltElection): Promise<Files> => {
    const files = await publishedFiles(built.record);
    const [path, bytes] = change(files, built);
    if (bytes === undefined) files.delete(path);
    else files.set(path, bytes);
    return files;
  };

/** Of the linked election's record, beside this one's. */
function linkedCheckpoint(files: Files): string {
  const path = [...files.keys()].find((name) => /^linked\/[^/]+\/checkpoint$/.test(name));
  if (path === undefined) throw new Error('no linked record');
  return path;
}

const flipped = (bytes: Bytes, at: number): Bytes => bytes.map((byte, i) => (i === at ? byte ^ 1 : byte));
const flippedText = (text: string): string => toBase64Url(flipped(fromBase64Url(text), 0));

/** Exchanges the first two ciphertexts. */
function exchange(text: string): string {
  const bytes = fromBase64Url(text);
  const [first, second] = [
    bytes.subarray(0, CIPHERTEXT_BYTES),
    bytes.subarray(CIPHERTEXT_BYTES, 2 * CIPHERTEXT_BYTES),
  ];
  return toBase64Url(concat(second, first, bytes.subarray(2 * CIPHERTEXT_BYTES)));
}

function secretContest({ body }: EntryOf<'ballot'>) {
  const [contest] = body.contests;
  if (contest?.mode !== 'secret') throw new Error('not secret');
  return contest;
}

/** Another tally, which everybody signs for. */
const withTally = (edit: (tally: TallyDocument) => void): Forgery[2] =>
  forged(['officer', 'box', 'trustee'], async (drafts, record) => {
    const draft = draftOf(drafts, 'tally');
    draft.keepsBlob = true;
    const tally = structuredClone(
      parseDocument(tallyDocument, await readBlob(record, draft.entry.body.blob)),
    );
    edit(tally);
    draft.entry.body.blob = record.addBlob(encodeCanonical(tally));
  });

const withResult = (edit: (document: ResultDocument, body: EntryOf<'result'>['body']) => void): Forgery[2] =>
  forged(['officer'], async (drafts, record) => {
    const { body } = draftOf(drafts, 'result').entry;
    const document = parseDocument(resultDocument, await readBlob(record, body.blob));
    edit(document, body);
    body.blob = record.addBlob(encodeCanonical(document));
  });

/** One more ballot before the closing. */
const withBallot = (make: (built: BuiltElection) => EntryOf<'ballot'>): Forgery[2] =>
  forged(['box'], (drafts, _, built) => {
    drafts.splice(placeOf(drafts, 'closing'), 0, { entry: make(built), leaf: null });
  });

const OPENS = 1_800_000_000;
const CLOSES = 1_800_086_400;

const seenAt = (place: (built: BuiltElection) => number, at: number): Forgery[2] =>
  withFile((_, built) => {
    const size = place(built);
    return [witnessedPath(size), cosigned(built.plan, built.record.checkpoint(size), at)];
  });
const closingIndex = ({ box }: BuiltElection): number => box.state.closing?.index ?? 0;

function voterWith(built: BuiltElection, is: (voter: BuiltElection['voters'][number]) => boolean) {
  const voter = built.voters.find(is);
  if (voter === undefined) throw new Error('no such voter');
  return voter;
}

export const FORGERIES: readonly Forgery[] = [
  [
    'encoding',
    'an entry of an unknown type',
    replaced('check', (bytes) => editedDocument(bytes, (e) => (e['type'] = 'wish'))),
  ],
  [
    'encoding',
    'an entry of another version',
    replaced('ballot', (bytes) => editedDocument(bytes, (e) => (e['v'] = 2))),
  ],
  ['encoding', 'white space in an entry', replaced('ballot', (bytes) => concat(bytes, toUtf8(' ')))],
  [
    'authority',
    'a result that the officer has not signed',
    forged([], (drafts) => {
      draftOf(drafts, 'result').entry.body.seed = null;
    }),
  ],
  [
    'log',
    'one byte of the entries, with nothing signed again',
    withFile((files, { record }) => {
      const [bundle] = entryBundles(record.tree.size);
      const path = bundle === undefined ? '' : encodeTilePath(bundle);
      return [path, flipped(files.get(path) ?? new Uint8Array(), 20_000)];
    }),
  ],
  [
    'log',
    'a checkpoint with another signature',
    withFile((files) => [
      'checkpoint',
      toUtf8(
        new TextDecoder()
          .decode(files.get('checkpoint'))
          .replace(/(— teller\S+ \S{20})./, (_, kept: string) => `${kept}/`),
      ),
    ]),
  ],
  [
    'grammar',
    'a ballot moved behind the closing',
    forged(['box'], (drafts) => {
      const closing = placeOf(drafts, 'closing');
      drafts.splice(closing, 0, ...drafts.splice(closing - 1, 1));
    }),
  ],
  [
    'rules',
    'the texts are missing',
    withFile((_, { manifest }) => [`blob/${manifest.body.texts[0]?.blob.sha256}`, undefined]),
  ],
  ['time', 'the manifest witnessed too late', seenAt(() => 1, OPENS - 3599)],
  [
    'time',
    'the log before the closing not seen any more when voting was to close',
    seenAt(closingIndex, CLOSES - 1),
  ],
  ['time', 'the closing seen before its time', seenAt((built) => closingIndex(built) + 1, CLOSES - 1)],
  ['time', 'the closing seen after the grace', seenAt((built) => closingIndex(built) + 1, CLOSES + 601)],
  [
    'witnesses',
    'no witness on the latest checkpoint',
    withFile((_, { record }) => ['checkpoint', record.checkpoint()]),
  ],
  [
    'roll',
    'the roll is missing',
    withFile((_, { box }) => [`blob/${box.state.roll?.body.blob.sha256}`, undefined]),
  ],
  [
    'ceremony',
    'a proof of possession',
    forged(['trustee'], (drafts) => {
      const { body } = draftOf(drafts, 'reveal').entry;
      body.proof = flippedText(body.proof);
    }),
  ],
  [
    'context',
    'a ballot of another opening',
    replaced('ballot', (bytes) =>
      editedDocument(bytes, (e) => (e['body'] = { ...(e['body'] as object), ctx: e['election'] ?? '' })),
    ),
  ],
  [
    'size',
    'a ballot dropped, and the closing left as it was',
    forged([], (drafts) => void drafts.splice(placeOf(drafts, 'ballot', 3), 1)),
  ],
  [
    'ballots',
    'two ciphertexts of a ballot exchanged',
    forged(['box'], (drafts) => {
      const contest = secretContest(draftOf(drafts, 'ballot').entry);
      contest.ciphertexts = exchange(contest.ciphertexts);
    }),
  ],
  [
    'ballots',
    'a ballot copied under the next voter’s credential',
    forged(['box'], (drafts) => {
      const copied = draftOf(drafts, 'ballot', 1);
      copied.entry = {
        ...copied.entry,
        body: { ...draftOf(drafts, 'ballot').entry.body, P: copied.entry.body.P },
      };
    }),
  ],
  [
    'ballots',
    'two options in an exactly-one contest, on the record',
    forged(['box'], (drafts) => {
      for (const { entry } of drafts) {
        const contest = entry.type === 'ballot' ? entry.body.contests[0] : undefined;
        if (contest?.mode === 'recorded') contest.choices.fill(1);
      }
    }),
  ],
  [
    'chains',
    'a second vote moved before the one it replaces',
    forged(['box'], (drafts) => {
      const later = drafts.findIndex(
        ({ entry }) => entry.type === 'ballot' && entry.body.prev.kind === 'ballot',
      );
      drafts.splice(placeOf(drafts, 'ballot'), 0, ...drafts.splice(later, 1));
    }),
  ],
  [
    'checked',
    'the ballot that was checked is cast',
    withBallot((built) => {
      const voter = voterWith(built, ({ opened }) => opened.length > 0);
      const [opened] = voter.opened;
      if (opened === undefined) throw new Error('no ballot was checked');
      return opened.entry;
    }),
  ],
  [
    'cells',
    'a cell of the tally with one ballot more',
    withTally(({ cells: [cell] }) => {
      if (cell !== undefined) cell.ballots += 1;
    }),
  ],
  [
    'weights',
    'a ballot with the weight of three',
    withBallot((built) => {
      const voter = voterWith(
        built,
        ({ college, weight = 1, ballots }) => college === 'delegates' && weight === 1 && ballots.length === 1,
      );
      return prepare(built.context, { ...voter, weight: 3 }, { motion: ['for'], committee: [] }).entry;
    }),
  ],
  [
    'weights',
    'a ballot of a credential that is not on the roll',
    withBallot((built) => {
      const voter = voterWith(built, ({ votes, college }) => votes.length === 0 && college === 'members');
      const { entry } = prepare(built.context, voter, { motion: ['for'] });
      return { ...entry, body: { ...entry.body, P: built.context.key ?? '' } };
    }),
  ],
  [
    'count-tree',
    'two sums of a cell exchanged',
    withTally(({ cells: [cell] }) => {
      if (cell?.mode === 'secret') cell.sums = exchange(cell.sums);
    }),
  ],
  [
    'count-tree',
    'another root of a cell',
    withTally(({ cells: [cell] }) => {
      if (cell !== undefined) cell.root = flippedText(cell.root);
    }),
  ],
  [
    'agreement',
    'a ballot dropped, closed and counted anew, without the trustees',
    forged(['box'], (drafts) => void drafts.splice(placeOf(drafts, 'ballot', 3), 1)),
  ],
  [
    'agreement',
    'shares before the second agreement',
    forged(['trustee', 'officer'], (drafts) => {
      drafts.splice(placeOf(drafts, 'agreement', 1), 0, ...drafts.splice(placeOf(drafts, 'shares'), 1));
    }),
  ],
  [
    'shares',
    'the D of a cell in another order in one trustee’s shares',
    forged(['officer', 'trustee'], async (drafts, record) => {
      const { body } = draftOf(drafts, 'shares').entry;
      const shares = structuredClone(parseDocument(sharesDocument, await readBlob(record, body.blob)));
      const [cell] = shares.cells;
      if (cell !== undefined) cell.D = exchange(cell.D);
      body.blob = record.addBlob(encodeCanonical(shares));
    }),
  ],
  [
    'totals',
    'the counts of a cell in another order',
    withResult(({ counts: [count] }) => void count?.counts.reverse()),
  ],
  [
    'lot',
    'another seed',
    withResult((_, body) => {
      body.seed = flippedText(body.seed ?? '');
    }),
  ],
  [
    'outcome',
    'somebody else elected',
    withResult(({ outcome }) => {
      for (const found of outcome) if (found.kind === 'seats') found.elected.reverse();
    }),
  ],
  [
    'links',
    'the decision of the linked election cited otherwise',
    forged(['officer'], (drafts) => {
      const [cited] = draftOf(drafts, 'opening').entry.body.results;
      if (cited?.decision?.kind === 'motion') cited.decision.carried = !cited.decision.carried;
    }),
  ],
  [
    'links',
    'the linked record under another checkpoint',
    withFile((files, { record }) => [linkedCheckpoint(files), record.checkpoint()]),
  ],
];
