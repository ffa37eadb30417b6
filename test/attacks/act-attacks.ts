/** Attacks by acts, certificates and replaced credentials (docs/protocol.md §5.3, §5.4, §9.6). */
import { encodeCanonical } from '../../src/codec/canonical-json.ts';
import { toBase64Url } from '../../src/crypto/bytes.ts';
import type { Act, EntryOf, Role } from '../../src/record/entries.ts';
import { parseDocument } from '../../src/record/envelope.ts';
import { resultDocument } from '../../src/record/outcome-document.ts';
import { type RecordSource, readBlob } from '../../src/record/record-source.ts';
import { witnessedPath } from '../../src/tally/verify/check-times.ts';
import { type BuiltElection, type BuiltVoter, prepare } from '../elections/built-election.ts';
import { cosigned } from '../elections/plan-manifest.ts';
import { BODIES, COUNCIL, electionOf } from '../elections/plans.ts';
import { publishedFiles, sourceOf } from '../elections/publish.ts';
import type { Attack } from './attack.ts';
import { type Draft, draftOf, forge, placeOf } from './forge.ts';

const council = () => electionOf(COUNCIL);
const EVERY_ROLE: readonly Role[] = ['officer', 'registrar', 'box'];
const CLOSES = 1_800_086_400;

type ActDraft = Draft<'act'>;

function actOf(drafts: readonly Draft[], kind: Act['kind']): ActDraft {
  const found = drafts.find(({ entry }) => entry.type === 'act' && entry.body.act.kind === kind);
  if (found === undefined) throw new Error(`no ${kind}`);
  return found as unknown as ActDraft;
}

/** The officer enters another act in place of one. */
async function withAct(kind: Act['kind'], act: Act): Promise<RecordSource> {
  return await forge(await council(), EVERY_ROLE, (drafts) => {
    actOf(drafts, kind).entry.body.act = act;
  });
}

/** An act moved to the place of another entry. */
async function withActAt(
  kind: Act['kind'],
  place: (drafts: readonly Draft[]) => number,
): Promise<RecordSource> {
  return await forge(await council(), EVERY_ROLE, (drafts) => {
    const draft = actOf(drafts, kind) as unknown as Draft;
    const to = place(drafts);
    drafts.splice(drafts.indexOf(draft), 1);
    drafts.splice(to, 0, draft);
  });
}

const replaced = ({ voters }: BuiltElection, reason: 'lost' | 'substitute'): BuiltVoter => {
  const voter = voters.find((one) => one.replaced?.reason === reason);
  if (voter === undefined) throw new Error('nobody was replaced');
  return voter;
};

/** A ballot more, before the closing. */
async function withBallot(make: (built: BuiltElection) => EntryOf<'ballot'>): Promise<RecordSource> {
  const built = await council();
  return await forge(built, ['officer', 'box'], (drafts) => {
    drafts.splice(placeOf(drafts, 'closing'), 0, { entry: make(built), leaf: null });
  });
}

async function withReplacement(
  roles: readonly Role[],
  edit: (body: EntryOf<'replacement'>['body'], drafts: Draft[]) => void,
): Promise<RecordSource> {
  return await forge(await council(), roles, (drafts) => {
    edit(draftOf(drafts, 'replacement').entry.body, drafts);
  });
}

const VOTE = { motion: ['for'], chair: ['ada'] };

const acts: readonly Attack[] = [
  {
    name: 'voting is put off beyond what the manifest allows',
    fails: 'time',
    at: 'entry 12 body.act.closes',
    make: () => withAct('extension', { kind: 'extension', closes: CLOSES + 7201 }),
  },
  {
    name: 'voting is put off after it has closed',
    fails: 'time',
    at: witnessedPath(13),
    make: async () => {
      const { plan, record } = await council();
      const files = await publishedFiles(record);
      files.set(witnessedPath(13), cosigned(plan, record.checkpoint(13), CLOSES + 1));
      return sourceOf(files);
    },
  },
  {
    name: 'voting is put off when the ballots are in',
    fails: 'grammar',
    at: 'entry 14 body.act.kind',
    make: () => withActAt('extension', (drafts) => placeOf(drafts, 'closing')),
  },
  {
    name: 'the chair votes before the counts are known',
    fails: 'grammar',
    at: 'entry 16 body.act.kind',
    make: () => withActAt('casting-vote', (drafts) => placeOf(drafts, 'tally')),
  },
  {
    name: 'the chair votes on what the manifest gives no vote on',
    fails: 'grammar',
    at: 'entry 17 body.act',
    make: () =>
      withAct('casting-vote', { kind: 'casting-vote', rule: 'chair', college: 'council', vote: 'for' }),
  },
  {
    name: 'the chair’s vote is turned about, and the result is left as it was',
    fails: 'outcome',
    at: 'entry 18',
    make: () =>
      withAct('casting-vote', { kind: 'casting-vote', rule: 'motion', college: 'council', vote: 'against' }),
  },
  {
    name: 'an officer shows another value than was committed to',
    fails: 'lot',
    at: 'entry 15 body.act.value',
    make: () => withAct('lot-reveal', { kind: 'lot-reveal', value: toBase64Url(new Uint8Array(32)) }),
  },
  {
    name: 'a lot that no officer committed to',
    fails: 'lot',
    at: 'entry 18 body.seed',
    make: async () =>
      await forge(await council(), ['officer'], (drafts) => {
        draftOf(drafts, 'result').entry.body.seed = toBase64Url(new Uint8Array(32));
      }),
  },
  {
    name: 'an answer to what nobody disputes',
    fails: 'grammar',
    at: 'entry 13 body.act.dispute',
    make: () => withAct('dispute', { kind: 'answer', dispute: 0, text: 'We looked into it.' }),
  },
  {
    name: 'an election that was abandoned opens all the same',
    fails: 'grammar',
    at: 'entry 4 type',
    make: () => withAct('lot-commitment', { kind: 'abandonment', reason: 'It was withdrawn.' }),
  },
  {
    name: 'an act that no officer has signed',
    fails: 'authority',
    at: 'entry 13 sigs[0].sig',
    make: async () =>
      await forge(await council(), [], (drafts) => {
        actOf(drafts, 'dispute').entry.body.act = { kind: 'incident', text: 'All is well.' };
      }),
  },
];

const replacements: readonly Attack[] = [
  {
    name: 'a replaced credential votes again',
    fails: 'weights',
    at: 'entry 14 body.P',
    make: () => withBallot((built) => prepare(built.context, replaced(built, 'lost'), VOTE).entry),
  },
  {
    name: 'a new credential takes up the old one’s chain past the replacement',
    fails: 'chains',
    at: 'entry 14 body.prev',
    make: () =>
      withBallot((built) => {
        const voter = replaced(built, 'lost');
        return prepare(built.context, { ...voter, credential: voter.heir }, VOTE).entry;
      }),
  },
  {
    name: 'R3: more credentials are replaced than the manifest allows',
    fails: 'roll',
    at: 'entry 9 type',
    make: async () =>
      await forge(await council(), EVERY_ROLE, (drafts) => {
        draftOf(drafts, 'manifest').entry.body.caps.replacements = 0;
      }),
  },
  {
    name: 'R3: a substitute whom the roll does not name',
    fails: 'roll',
    at: 'entry 9 body.name',
    make: () => withReplacement(EVERY_ROLE, (body) => void (body.name = 'Somebody else')),
  },
  {
    name: 'R3: a voter is replaced by a credential that nobody has proved to hold',
    fails: 'roll',
    at: 'entry 9 body.new',
    make: () => withReplacement(EVERY_ROLE, (body) => void (body.new = body.old)),
  },
  {
    name: 'the registrar alone replaces a credential',
    fails: 'authority',
    at: 'entry 9 sigs',
    make: () =>
      withReplacement([], (_, drafts) => {
        const draft = draftOf(drafts, 'replacement');
        draft.entry.sigs = draft.entry.sigs.slice(0, 1);
      }),
  },
];

const others: readonly Attack[] = [
  {
    name: 'a certificate of a recount of another log',
    fails: 'authority',
    at: 'entry 20 sigs[0]',
    make: async () => {
      const built = await council();
      const { tree, result } = built.box.state;
      return await forge(built, [], (drafts) => {
        const { entry } = draftOf(drafts, 'result');
        const seen = { size: tree.size, root: toBase64Url(tree.root()) };
        const body = { ...seen, ok: true, result: result?.leaf ?? null };
        const certificate = { ...entry, type: 'recount' as const, seen, body };
        drafts.push({
          entry: { ...certificate, sigs: entry.sigs.map((sig) => ({ ...sig, role: 'observer' as const })) },
          leaf: null,
        });
      });
    },
  },
  {
    name: 'T9: a branch is counted that has to be hidden',
    fails: 'cells',
    at: 'tally',
    make: async () => {
      const built = await electionOf({
        ...BODIES,
        manifest: { cells: { requiredMin: 3, optional: null } },
        seed: 'all shown',
      });
      return await forge(built, ['officer', 'registrar', 'box', 'trustee'], async (drafts, record) => {
        draftOf(drafts, 'manifest').entry.body.cells.optional = { by: 'branch', min: 3, most: 4 };
        const blob = draftOf(drafts, 'result').entry.body.blob;
        const document = parseDocument(resultDocument, await readBlob(built.record, blob));
        const [whole] = document.counts;
        if (whole !== undefined) document.counts.push({ ...whole, cell: `${whole.cell}/c`, ballots: 2 });
        draftOf(drafts, 'result').entry.body.blob = record.addBlob(encodeCanonical(document));
        draftOf(drafts, 'tally').keepsBlob = true;
      });
    },
  },
  {
    name: 'T9: more branches than the manifest reckons with',
    fails: 'cells',
    at: 'roll bodies',
    make: async () =>
      (
        await electionOf({
          ...BODIES,
          seed: 'too many',
          stop: 'opened',
          manifest: { cells: { requiredMin: 3, optional: { by: 'branch', min: 3, most: 3 } } },
        })
      ).record,
  },
];

export const ACT_ATTACKS: readonly Attack[] = [...acts, ...replacements, ...others];
