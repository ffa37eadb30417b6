/** Attacks on what is in the record up to the closing, each with the check that finds it, and where. */
import { proveCheckEntry } from '../../src/ballot/ballot-check.ts';
import { encodeTilePath, entryBundles } from '../../src/board/tiles.ts';
import { concat, fromBase64Url, toBase64Url, toUtf8 } from '../../src/crypto/bytes.ts';
import { startDealing } from '../../src/crypto/dkg.ts';
import { CIPHERTEXT_BYTES } from '../../src/crypto/elgamal.ts';
import type { EntryOf } from '../../src/record/entries.ts';
import { signEntry } from '../../src/record/envelope.ts';
import { MemoryRecord } from '../../src/record/memory-record.ts';
import type { CheckName } from '../../src/record/problem.ts';
import type { RecordSource } from '../../src/record/record-source.ts';
import { publishRoll } from '../../src/roll/build-roll.ts';
import { witnessedPath } from '../../src/tally/verify/check-times.ts';
import {
  type BuiltElection,
  type BuiltVoter,
  cosigned,
  type ElectionPlan,
  keyOf,
  prepare,
} from '../elections/build-election.ts';
import { electionOf, STANDARD, WITNESSED } from '../elections/plans.ts';
import { publishedFiles, sourceOf } from '../elections/publish.ts';
import { type Draft, draftOf, editedDocument, forge, placeOf, relog } from './forge.ts';

export interface Attack {
  readonly name: string;
  /** The named check that finds it. */
  readonly fails: CheckName;
  /** Where: the finding's place starts with this. */
  readonly at: string;
  /** The tampered record. */
  readonly make: () => Promise<RecordSource>;
  /** The observer brings the genuine election's name. */
  readonly anchored?: boolean;
}

const standard = () => electionOf(STANDARD);
const BUNDLE = 'tile/entries/000.p/';

/** Files of the standard election with a change to one of them, as whoever keeps a copy could make it. */
async function withFile(
  find: string,
  edit: (bytes: Uint8Array) => Uint8Array | undefined,
): Promise<RecordSource> {
  const { record } = await standard();
  const files = await publishedFiles(record);
  const path = [...files.keys()].find((one) => one.startsWith(find));
  if (path === undefined) throw new Error(`no file ${find}`);
  const edited = edit(files.get(path)?.slice() ?? new Uint8Array());
  if (edited === undefined) files.delete(path);
  else files.set(path, edited);
  return sourceOf(files);
}

/** Exchanges the ciphertexts of the first two options: a vote for becomes a vote against. */
function flip(ballot: EntryOf<'ballot'>): void {
  const [contest] = ballot.body.contests;
  if (contest?.mode !== 'secret') throw new Error('not secret');
  const bytes = fromBase64Url(contest.ciphertexts);
  const part = (i: number) => bytes.subarray(i * CIPHERTEXT_BYTES, (i + 1) * CIPHERTEXT_BYTES);
  contest.ciphertexts = toBase64Url(concat(part(1), part(0), bytes.subarray(2 * CIPHERTEXT_BYTES)));
}

/** The published bundle with the entries of another record of the same size. */
async function withBundleOf(other: MemoryRecord): Promise<RecordSource> {
  const { record } = await standard();
  const files = await publishedFiles(record);
  for (const bundle of entryBundles(record.tree.size)) {
    const path = encodeTilePath(bundle);
    files.set(path, (await other.read(path)) ?? new Uint8Array());
  }
  return sourceOf(files);
}

function move(list: Draft[], from: number, to: number): void {
  list.splice(to, 0, ...list.splice(from, 1));
}

/** Log index of the n-th ballot of a voter of the plan. */
function ballotPlace(drafts: readonly Draft[], voter: BuiltVoter, n = 0): number {
  return drafts.findIndex(({ leaf }) => leaf !== null && leaf === voter.ballots[n]?.leaf);
}

const find = (built: BuiltElection, is: (voter: BuiltVoter) => boolean): BuiltVoter => {
  const voter = built.voters.find(is);
  if (voter === undefined) throw new Error('no such voter');
  return voter;
};
const isAbsent = ({ votes, college }: BuiltVoter) => votes.length === 0 && college === 'members';
const votedTwice = ({ votes, college }: BuiltVoter) => votes.length === 2 && college === 'members';
const checkedFirst = ({ checks }: BuiltVoter) => checks !== undefined;

/** The record with one more entry, just before the closing; the box's key is at hand. */
async function withVote(make: (built: BuiltElection) => EntryOf<'ballot' | 'check'>): Promise<RecordSource> {
  const built = await standard();
  return await forge(built, ['box'], (drafts) => {
    drafts.splice(placeOf(drafts, 'closing'), 0, { entry: make(built), leaf: null });
  });
}

/** The first entry of the standard election after its last ballot: where an added ballot is. */
const ADDED = 'entry 38';

const edits: readonly Attack[] = [
  {
    name: 'a vote is flipped in the published file',
    fails: 'log',
    at: 'entry 18',
    make: async () =>
      withBundleOf(await forge(await standard(), [], (drafts) => flip(draftOf(drafts, 'ballot').entry))),
  },
  {
    name: 'two ballots are swapped in the published file',
    fails: 'log',
    at: 'entry 18',
    make: async () => withBundleOf(await forge(await standard(), [], (drafts) => move(drafts, 18, 19))),
  },
  {
    name: 'a ballot is dropped from the published file',
    fails: 'log',
    at: BUNDLE,
    make: async () => {
      const other = await forge(await standard(), [], (drafts) => drafts.splice(18, 1) && undefined);
      const bundle = await other.read(`${BUNDLE}${other.tree.size}`);
      return withFile(BUNDLE, () => bundle);
    },
  },
  {
    name: 'a bundle of entries is missing',
    fails: 'log',
    at: BUNDLE,
    make: () => withFile(BUNDLE, () => undefined),
  },
  {
    name: 'a hash tile is edited',
    fails: 'log',
    at: 'tile/0/000.p/',
    make: () => withFile('tile/0/', (bytes) => bytes.map((byte, i) => (i === 40 ? byte ^ 1 : byte))),
  },
  {
    name: 'the checkpoint is signed again over other content',
    fails: 'log',
    at: 'tile/entries',
    make: async () => {
      const other = await forge(await standard(), [], (drafts) => flip(draftOf(drafts, 'ballot').entry));
      return withFile('checkpoint', () => other.checkpoint());
    },
  },
  {
    name: 'the checkpoint is signed by another key',
    fails: 'log',
    at: 'checkpoint',
    make: async () => {
      const { record, plan } = await standard();
      const other = new MemoryRecord(record.origin, keyOf(plan.seed, 'box'), record.entries);
      return withFile('checkpoint', () => other.checkpoint());
    },
  },
  {
    name: 'the checkpoint is no note',
    fails: 'log',
    at: 'checkpoint',
    make: () => withFile('checkpoint', () => toUtf8('not a checkpoint\n')),
  },
  {
    name: 'the roll’s file is edited',
    fails: 'roll',
    at: 'blob/',
    make: async () => {
      const { box } = await standard();
      const name = box.state.roll?.body.blob.sha256 ?? '';
      return withFile(`blob/${name}`, (bytes) => editedDocument(bytes, (roll) => (roll['v'] = 2)));
    },
  },
  {
    name: 'the texts are replaced',
    fails: 'rules',
    at: 'blob/',
    make: async () => {
      const { manifest } = await standard();
      const name = manifest.body.texts[0]?.blob.sha256 ?? '';
      return withFile(`blob/${name}`, (bytes) =>
        editedDocument(bytes, (texts) => (texts['title'] = 'Another question')),
      );
    },
  },
];

const ballots: readonly Attack[] = [
  {
    name: 'a vote is flipped, and the log signed again',
    fails: 'ballots',
    at: 'entry 18 body.proof',
    make: async () => forge(await standard(), ['box'], (drafts) => flip(draftOf(drafts, 'ballot').entry)),
  },
  {
    name: 'a ballot is dropped, and the log signed again',
    fails: 'size',
    at: 'entry 37 body.size',
    make: async () => forge(await standard(), [], (drafts) => drafts.splice(18, 1) && undefined),
  },
  {
    name: 'a ballot is dropped, and the box closes and counts anew',
    fails: 'agreement',
    at: 'record',
    make: async () => forge(await standard(), ['box'], (drafts) => drafts.splice(18, 1) && undefined),
  },
  {
    name: 'two ballots are swapped, and the log signed again',
    fails: 'size',
    at: 'entry 38 body.root',
    make: async () => forge(await standard(), [], (drafts) => move(drafts, 18, 19)),
  },
  {
    name: 'two ballots are swapped, and the box closes anew: what trustees signed names another closing',
    fails: 'context',
    at: 'entry 40 body.closing',
    make: async () => forge(await standard(), ['box'], (drafts) => move(drafts, 18, 19)),
  },
  {
    name: 'B1: a ballot is copied under another credential',
    fails: 'ballots',
    at: ADDED,
    make: () =>
      withVote((built) => {
        const { entry } = find(built, votedTwice).ballots[0] ?? {};
        if (entry === undefined) throw new Error('no ballot');
        return { ...entry, body: { ...entry.body, P: find(built, isAbsent).credential.P } };
      }),
  },
  {
    name: 'B6: a revote is moved before the vote it replaces',
    fails: 'chains',
    at: 'entry 19 body.prev',
    make: async () => {
      const built = await standard();
      const voter = find(built, votedTwice);
      return forge(built, ['box'], (drafts) =>
        move(drafts, ballotPlace(drafts, voter, 1), ballotPlace(drafts, voter)),
      );
    },
  },
  {
    name: 'B6: an older ballot is posted again after the newer one',
    fails: 'chains',
    at: `${ADDED} body.prev`,
    make: () =>
      withVote((built) => {
        const [first] = find(built, votedTwice).ballots;
        if (first === undefined) throw new Error('no ballot');
        return first.entry;
      }),
  },
  {
    name: 'R3: a ballot under a credential that is not on the roll',
    fails: 'weights',
    at: `${ADDED} body.P`,
    make: () =>
      withVote((built) => {
        const absent = find(built, isAbsent);
        const x = absent.credential.x;
        const stranger = { x, P: built.voters[0]?.credential.P ?? '' };
        const { entry } = prepare(built.context, { ...absent, credential: stranger }, { motion: ['for'] });
        return { ...entry, body: { ...entry.body, P: built.context.key ?? '' } };
      }),
  },
  {
    name: 'a delegate of weight 1 votes with weight 3',
    fails: 'weights',
    at: `${ADDED} body.weight`,
    make: () =>
      withVote((built) => {
        const light = find(built, ({ college, weight }) => college === 'delegates' && weight === 1);
        return prepare(built.context, { ...light, weight: 3 }, { motion: ['for'], committee: [] }).entry;
      }),
  },
  {
    name: 'a ballot that was checked is cast',
    fails: 'checked',
    at: 'entry 39 body',
    make: async () => {
      const built = await standard();
      const voter = find(built, checkedFirst);
      const opened = prepare(built.context, voter, { motion: ['abstain'] });
      const check = proveCheckEntry(built.context, voter.credential, opened.fingerprint);
      return forge(built, ['box'], (drafts) => {
        drafts.splice(
          placeOf(drafts, 'closing'),
          0,
          { entry: check, leaf: null },
          { entry: opened.entry, leaf: null },
        );
      });
    },
  },
  {
    name: 'a check of a ballot that was cast',
    fails: 'checked',
    at: `${ADDED} body.F`,
    make: () =>
      withVote((built) => {
        const voter = find(built, votedTwice);
        return proveCheckEntry(built.context, voter.credential, voter.ballots[0]?.fingerprint ?? '');
      }),
  },
  {
    name: 'a check that the holder of the credential did not make',
    fails: 'ballots',
    at: ADDED,
    make: () =>
      withVote((built) => {
        const [one, other] = [find(built, votedTwice), find(built, checkedFirst)];
        const forged = { x: one.credential.x, P: other.credential.P };
        return proveCheckEntry(built.context, forged, built.election);
      }),
  },
  {
    name: 'B4: a recorded ballot with a choice of 2',
    fails: 'ballots',
    at: `${ADDED} body.contests[0].choices`,
    make: () =>
      withVote((built) => {
        const voter = find(built, ({ college }) => college === 'board');
        const { entry } = prepare(built.context, voter, { motion: ['for'] });
        const contests = [{ id: 'motion', mode: 'recorded' as const, choices: [2, 0, 0] }];
        return { ...entry, body: { ...entry.body, contests } };
      }),
  },
  {
    name: 'a ballot after the closing',
    fails: 'grammar',
    at: 'entry 39 type',
    make: async () => {
      const built = await standard();
      const late = prepare(built.context, find(built, isAbsent), { motion: ['for'] });
      return forge(built, [], (drafts) => {
        drafts.splice(placeOf(drafts, 'closing') + 1, 0, { entry: late.entry, leaf: null });
      });
    },
  },
];

const roles: readonly Attack[] = [
  {
    name: 'an entry is signed by the wrong role',
    fails: 'authority',
    at: 'entry 38 sigs[0].role',
    make: async () => {
      const built = await standard();
      return forge(built, [], (drafts) => {
        const draft = draftOf(drafts, 'closing');
        const { sigs: _, ...unsigned } = draft.entry;
        draft.entry = signEntry<'closing'>(unsigned, 'officer', 1, keyOf(built.plan.seed, 'officer'));
      });
    },
  },
  {
    name: 'an entry is signed by another key under the right role',
    fails: 'authority',
    at: 'entry 38 sigs[0].sig',
    make: async () => {
      const built = await standard();
      return forge(built, [], (drafts) => {
        const draft = draftOf(drafts, 'closing');
        const { sigs: _, ...unsigned } = draft.entry;
        draft.entry = signEntry<'closing'>(unsigned, 'box', 1, keyOf(built.plan.seed, 'officer'));
      });
    },
  },
  {
    name: 'a signer has seen another log',
    fails: 'authority',
    at: 'entry 39 seen.root',
    make: async () => forge(await standard(), [], (drafts) => move(drafts, 18, 19)),
  },
  {
    name: 'R3: a voter is added by the registrar',
    fails: 'context',
    at: 'entry 17 body.roll',
    make: async () => {
      const built = await standard();
      return forge(built, ['registrar'], (drafts, record) => {
        const lines = built.roll.lines.filter(({ P }) => P !== built.voters[0]?.credential.P);
        const [first] = lines;
        if (first === undefined) throw new Error('no line');
        const line = { ...first, P: built.context.key ?? '' };
        const all = [...built.roll.lines, line].sort((a, b) => compare(a.P, b.P));
        const { blob, body } = publishRoll({ ...built.roll, lines: all }, built.manifest.body);
        record.addBlob(blob);
        draftOf(drafts, 'roll').entry.body = { ...body, colleges: [...body.colleges] };
      });
    },
  },
  {
    name: 'R3: a voter is added, and the counts of bodies are left as they were',
    fails: 'roll',
    at: 'roll counts',
    make: async () => {
      const built = await standard();
      return forge(built, ['registrar'], (drafts, record) => {
        const one = built.roll.lines.find(({ bodies }) => bodies.length > 0);
        if (one === undefined) throw new Error('no line');
        const all = [...built.roll.lines, { ...one, P: built.context.key ?? '' }].sort((a, b) =>
          compare(a.P, b.P),
        );
        const { blob, body } = publishRoll({ ...built.roll, lines: all }, built.manifest.body);
        record.addBlob(blob);
        draftOf(drafts, 'roll').entry.body = { ...body, colleges: [...body.colleges] };
      });
    },
  },
  {
    name: 'R5: the manifest is edited, and the officer signs again',
    fails: 'anchor',
    at: 'manifest',
    anchored: true,
    make: async () =>
      forge(await standard(), ['officer', 'registrar', 'box', 'trustee'], (drafts) => {
        draftOf(drafts, 'manifest').entry.body.times.disputes += 1;
      }),
  },
  {
    name: 'R5: the manifest is edited: ballots are of another election',
    fails: 'context',
    at: 'entry 18 election',
    make: async () =>
      forge(await standard(), ['officer', 'registrar', 'box', 'trustee'], (drafts) => {
        draftOf(drafts, 'manifest').entry.body.times.disputes += 1;
      }),
  },
  {
    name: 'the opening is edited, and the officer signs again: ballots are of another opening',
    fails: 'context',
    at: 'entry 18 body.ctx',
    make: async () =>
      forge(await standard(), ['officer', 'box'], (drafts) => {
        draftOf(drafts, 'opening').entry.body.opens += 1;
      }),
  },
  {
    name: 'T5: the opening has another key than the ceremony',
    fails: 'context',
    at: 'entry 17 body.key',
    make: async () => {
      const built = await standard();
      return forge(built, ['officer', 'box'], (drafts) => {
        draftOf(drafts, 'opening').entry.body.key = built.voters[0]?.credential.P ?? '';
      });
    },
  },
  {
    name: 'a ceremony message is replaced without its trustee',
    fails: 'authority',
    at: 'entry 7 sigs[0].sig',
    make: async () =>
      forge(await standard(), [], (drafts) => {
        const { body } = draftOf(drafts, 'reveal').entry;
        body.proof = draftOf(drafts, 'reveal', 1).entry.body.proof;
      }),
  },
  {
    name: 'T4: a trustee reveals something else than it committed to',
    fails: 'ceremony',
    at: 'entry 9 body',
    make: async () => {
      const built = await standard();
      return forge(built, ['trustee'], (drafts) => {
        const ceremony = { election: fromBase64Url(built.election), attempt: 1, count: 3, threshold: 2 };
        const { round1 } = startDealing(ceremony, 3);
        const { body } = draftOf(drafts, 'reveal', 2).entry;
        body.commitments = round1.commitments.map(toBase64Url);
        body.proof = toBase64Url(round1.proof);
      });
    },
  },
  {
    name: 'T3: a trustee confirms another key',
    fails: 'ceremony',
    at: 'entry 13 body',
    make: async () => {
      const built = await standard();
      return forge(built, ['trustee'], (drafts) => {
        draftOf(drafts, 'confirm').entry.body.key = built.voters[0]?.credential.P ?? '';
      });
    },
  },
  {
    name: 'an entry that is not canonical',
    fails: 'encoding',
    at: 'entry 18 entry',
    make: async () => {
      const built = await standard();
      const entries = built.record.entries.map((bytes, i) => (i === 18 ? concat(bytes, toUtf8(' ')) : bytes));
      return relog(built, entries);
    },
  },
  {
    name: 'an entry with a field too many',
    fails: 'encoding',
    at: 'entry 18 note',
    make: async () => {
      const built = await standard();
      const entries = built.record.entries.map((bytes, i) =>
        i === 18 ? editedDocument(bytes, (entry) => (entry['note'] = 'hello')) : bytes,
      );
      return relog(built, entries);
    },
  },
  {
    name: 'a manifest that is not one',
    fails: 'encoding',
    at: 'entry 0 body.revoting',
    make: async () => {
      const built = await standard();
      const [first, ...rest] = built.record.entries;
      const bytes = toUtf8(new TextDecoder().decode(first).replace('"revoting":true', '"revoting":false'));
      return relog(built, [bytes, ...rest]);
    },
  },
  {
    name: 'a log that does not begin with a manifest',
    fails: 'grammar',
    at: 'entry 0 type',
    make: async () => {
      const built = await standard();
      return relog(built, built.record.entries.slice(1));
    },
  },
];

function compare(a: string, b: string): number {
  return Buffer.compare(fromBase64Url(a), fromBase64Url(b));
}

/** The standard election up to its opening, with a manifest that breaks a rule. */
const broken = (seed: string, manifest: NonNullable<ElectionPlan['manifest']>): ElectionPlan => ({
  ...STANDARD,
  seed,
  manifest,
  stop: 'opened',
});

const rules: readonly Attack[] = [
  {
    name: 'R5: a manifest with a rule that nothing can reach',
    fails: 'rules',
    at: 'entry 0 body.trustees.threshold',
    make: async () =>
      (
        await electionOf({
          ...STANDARD,
          seed: 'half',
          stop: 'opened',
          trustees: { threshold: 1, count: 2, agreements: 1 },
          active: [1],
        })
      ).record,
  },
  {
    name: 'R6: no notice outside a rehearsal',
    fails: 'rules',
    at: 'entry 0 body.times',
    make: async () => (await electionOf(broken('real', { kind: 'real' }))).record,
  },
  {
    name: 'T9: a secret cell below the minimum',
    fails: 'cells',
    at: 'motion/delegates/3',
    make: async () =>
      (await electionOf(broken('small', { cells: { requiredMin: 4, optional: null } }))).record,
  },
];

/** The witnessed election with one of its files replaced. */
async function rewitnessed(
  path: (built: BuiltElection) => string,
  note: (built: BuiltElection) => Uint8Array,
): Promise<RecordSource> {
  const built = await electionOf(WITNESSED);
  const files = await publishedFiles(built.record);
  files.set(path(built), note(built));
  return sourceOf(files);
}

const OPENS = 1_800_000_000;
const CLOSES = 1_800_086_400;

/** The checkpoint of this size, as witnesses saw it at another time. */
const seenAt = (size: number, at: number): Promise<RecordSource> =>
  rewitnessed(
    () => witnessedPath(size),
    ({ plan, record }) => cosigned(plan, record.checkpoint(size), at),
  );

const times: readonly Attack[] = [
  {
    name: 'nineteen hours’ notice: the manifest was witnessed too late',
    fails: 'time',
    at: 'witnessed/1',
    make: () => seenAt(1, OPENS - 3599),
  },
  {
    name: 'closed early, which a later cosignature of the same log does not mend',
    fails: 'time',
    at: 'witnessed/38',
    make: () => seenAt(38, CLOSES - 1),
  },
  {
    name: 'the log before the closing is seen in time by fewer than the quorum',
    fails: 'time',
    at: 'witnessed/38',
    make: () =>
      rewitnessed(
        () => witnessedPath(38),
        ({ record }) => record.checkpoint(38),
      ),
  },
  {
    name: 'closed before its time',
    fails: 'time',
    at: 'witnessed/39',
    make: () => seenAt(39, CLOSES - 1),
  },
  {
    name: 'closed after the grace',
    fails: 'time',
    at: 'witnessed/39',
    make: () => seenAt(39, CLOSES + 601),
  },
  {
    name: 'notice proved with a checkpoint of another log',
    fails: 'time',
    at: 'witnessed/1',
    make: () =>
      rewitnessed(
        () => witnessedPath(1),
        ({ plan, record }) => {
          const other = new MemoryRecord(record.origin, keyOf(plan.seed, 'log'), [toUtf8('another')]);
          return cosigned(plan, other.checkpoint(), OPENS - 10_000);
        },
      ),
  },
  {
    name: 'notice proved with a checkpoint of another size',
    fails: 'time',
    at: 'witnessed/1',
    make: () =>
      rewitnessed(
        () => witnessedPath(1),
        ({ plan, record }) => cosigned(plan, record.checkpoint(2), OPENS - 10_000),
      ),
  },
  {
    name: 'R2: no witness has seen this log',
    fails: 'witnesses',
    at: 'checkpoint',
    make: () =>
      rewitnessed(
        () => 'checkpoint',
        ({ record }) => record.checkpoint(),
      ),
  },
  {
    name: 'R2: witnesses have seen another log of this size',
    fails: 'witnesses',
    at: 'checkpoint',
    make: () =>
      rewitnessed(
        () => 'checkpoint',
        ({ plan, record }) => {
          const other = new MemoryRecord(record.origin, keyOf(plan.seed, 'log'), record.entries.toReversed());
          const theirs = new TextDecoder().decode(cosigned(plan, other.checkpoint(), CLOSES));
          const own = new TextDecoder().decode(record.checkpoint());
          // The log's signature of this checkpoint, the witnesses' of that one.
          return toUtf8(`${own}${theirs.split('\n').slice(-3).join('\n')}`);
        },
      ),
  },
];

export const RECORD_ATTACKS: readonly Attack[] = [...edits, ...ballots, ...roles, ...rules, ...times];
