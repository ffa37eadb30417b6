/** Attacks by those who sign entries, or in their names, and manifests that break a rule. */
import { concat, fromBase64Url, toBase64Url, toUtf8 } from '../../src/crypto/bytes.ts';
import { startDealing } from '../../src/crypto/dkg.ts';
import { signEntry } from '../../src/record/envelope.ts';
import { publishRoll } from '../../src/roll/build-roll.ts';
import { type ElectionPlan, keyOf } from '../elections/election-plan.ts';
import { electionOf, STANDARD } from '../elections/plans.ts';
import { type Attack, move, standard } from './attack.ts';
import { draftOf, editedDocument, forge, relog } from './forge.ts';

export const ROLE_ATTACKS: readonly Attack[] = [
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

export const RULE_ATTACKS: readonly Attack[] = [
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
