/** Attacks on what an election says of the elections before it (docs/protocol.md §5.5). */
import type { EntryOf } from '../../src/record/entries.ts';
import { linkedPath, type RecordSource } from '../../src/record/record-source.ts';
import { buildElection } from '../elections/build-election.ts';
import { BOTH, RUN_OFF } from '../elections/continued-plans.ts';
import type { ElectionPlan } from '../elections/election-plan.ts';
import { BODIES, COUNCIL, electionOf, LINKED } from '../elections/plans.ts';
import { publishedFiles, sourceOf } from '../elections/publish.ts';
import type { Attack } from './attack.ts';
import { draftOf, forge } from './forge.ts';

type Cited = EntryOf<'opening'>['body']['results'];

/** Nobody whom an election chose. */
const UNCHOSEN = LINKED.voters.map(({ college, votes }) => ({ college, votes }));

/** The opening cites something else, and everybody signs again. */
async function citing(edit: (results: Cited) => void): Promise<RecordSource> {
  return await forge(await electionOf(LINKED), ['officer', 'box'], (drafts) => {
    edit(draftOf(drafts, 'opening').entry.body.results);
  });
}

/** The files of the linked election with others in their place. */
async function withLinked(edit: (path: string, bytes: Uint8Array) => Uint8Array): Promise<RecordSource> {
  const { record, manifest } = await electionOf(LINKED);
  const folder = linkedPath(manifest.body.links[0]?.manifest ?? '', '');
  const files = await publishedFiles(record);
  for (const [path, bytes] of files) {
    if (path.startsWith(folder)) files.set(path, edit(path.slice(folder.length), bytes));
  }
  return sourceOf(files);
}

/** A plan that differs from the honest one. */
const planned = async (seed: string, change: Partial<ElectionPlan>): Promise<RecordSource> =>
  (await buildElection({ ...LINKED, seed, ...change })).record;

export const LINK_ATTACKS: readonly Attack[] = [
  {
    name: 'an opening cites a decision that the earlier election did not make',
    fails: 'links',
    at: 'links[1] decision',
    make: () =>
      citing(([, second]) => {
        if (second?.decision?.kind === 'motion') second.decision.carried = false;
      }),
  },
  {
    name: 'an opening cites another result of the earlier election',
    fails: 'links',
    at: 'links[0] result',
    make: () =>
      citing(([first]) => {
        if (first !== undefined) first.result = first.manifest;
      }),
  },
  {
    name: 'an opening leaves a linked election out',
    fails: 'context',
    at: 'entry 2 body.results',
    make: () => citing((results) => void results.pop()),
  },
  {
    name: 'the record of the earlier election is edited',
    fails: 'links',
    at: 'links[0]',
    make: () =>
      withLinked((path, bytes) =>
        path.startsWith('tile/entries') ? bytes.map((byte, i) => (i === 5000 ? byte ^ 1 : byte)) : bytes,
      ),
  },
  {
    name: 'the record of the earlier election is that of another one',
    fails: 'links',
    at: 'links[0]',
    make: async () => {
      const other = await publishedFiles((await electionOf(COUNCIL)).record);
      const { record, manifest } = await electionOf(LINKED);
      const files = await publishedFiles(record);
      for (const [path, bytes] of other) {
        files.set(linkedPath(manifest.body.links[0]?.manifest ?? '', path), bytes);
      }
      return sourceOf(files);
    },
  },
  {
    name: 'the earlier election has no result yet',
    fails: 'links',
    at: 'links[0]',
    make: () =>
      planned('undeclared', {
        stop: 'opened',
        rules: LINKED.rules.slice(0, 1),
        links: [{ relation: 'follows', rule: null, plan: { ...BODIES, seed: 'unfinished', stop: 'closed' } }],
        voters: UNCHOSEN,
      }),
  },
  {
    name: 'a delegate is on the roll whom the branch did not elect',
    fails: 'links',
    at: 'voter',
    make: () =>
      planned('not elected', {
        voters: LINKED.voters.map((voter, i) =>
          i === 0 ? { ...voter, chosen: { link: 0, contest: 'delegates', option: 'cat' } } : voter,
        ),
      }),
  },
  {
    name: 'a delegate is on the roll whom nobody elected, beside those who were',
    fails: 'links',
    at: 'voter',
    make: () =>
      planned('unelected', {
        voters: [...LINKED.voters, { college: 'conference', votes: [{ motion: ['for'] }] }],
      }),
  },
  {
    name: 'nobody whom the branch elected is on the roll',
    fails: 'links',
    at: 'links[0]',
    make: () => planned('nobody', { voters: UNCHOSEN }),
  },
  {
    name: 'a delegate is on the roll whom an election chose that the manifest does not link to',
    fails: 'links',
    at: 'voter',
    make: () =>
      planned('not linked', {
        links: (LINKED.links ?? []).toReversed().slice(0, 1),
        rules: LINKED.rules.slice(0, 1),
      }),
  },
  {
    name: 'members ratify another text than the delegates decided on',
    fails: 'links',
    at: 'rules[1].text',
    make: () =>
      planned('another text', {
        contests: LINKED.contests.map((contest) => ({ ...contest, options: ['for', 'against', 'abstain'] })),
      }),
  },
  {
    name: 'members ratify a motion whose rule takes votes against it as votes for it',
    fails: 'links',
    at: 'rules[1].own',
    make: () =>
      planned('exchanged', {
        rules: LINKED.rules.map((rule) =>
          rule.kind === 'motion' ? { ...rule, for: 'against', against: 'for' } : rule,
        ),
      }),
  },
  {
    name: 'a run-off between motions of which the rule carries the one with more votes',
    fails: 'links',
    at: 'links[0] rule',
    make: async () => {
      const rules = BOTH.rules.map((rule) =>
        rule.kind === 'exclusive' ? { ...rule, both: 'more-votes' as const } : rule,
      );
      const links = [
        { relation: 'run-off' as const, rule: 'drink', plan: { ...BOTH, seed: 'votes', rules } },
      ];
      return (await buildElection({ ...RUN_OFF, seed: 'no run-off', links })).record;
    },
  },
  {
    name: 'the texts of the earlier election change when they are read again',
    fails: 'links',
    at: 'rules[1].text',
    make: async () => {
      const files = sourceOf(await publishedFiles((await electionOf(LINKED)).record));
      const read = new Set<string>();
      return {
        async read(path) {
          const isAgain = read.has(path);
          read.add(path);
          const bytes = await files.read(path);
          return isAgain && path.startsWith('linked/') ? bytes?.toReversed() : bytes;
        },
      };
    },
  },
  {
    name: 'a re-ballot on a decision that was no tie',
    fails: 'context',
    at: 'entry 2 body.results[0].decision',
    make: async () => {
      const links = (LINKED.links ?? []).map((link) => ({
        ...link,
        relation: 'follows' as const,
        rule: 'motion',
      }));
      const built = await buildElection({
        ...LINKED,
        seed: 'no tie',
        links: links.slice(0, 1),
        rules: LINKED.rules.slice(0, 1),
        voters: UNCHOSEN,
      });
      return await forge(built, ['officer', 'registrar', 'box'], (drafts) => {
        const [link] = draftOf(drafts, 'manifest').entry.body.links;
        if (link !== undefined) link.relation = 'repeats';
      });
    },
  },
];
