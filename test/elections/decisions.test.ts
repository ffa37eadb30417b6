/** A meeting that decides by every kind of rule at once, recounted from its record; and each decision tampered with. */
import { beforeAll, describe, expect, test } from 'vitest';
import type { Threshold } from '../../src/ballot/manifest.ts';
import { encodeCanonical } from '../../src/codec/canonical-json.ts';
import { parseDocument } from '../../src/record/envelope.ts';
import type { DecisionOutcome } from '../../src/record/outcome-document.ts';
import { resultDocument } from '../../src/record/outcome-document.ts';
import { readBlob } from '../../src/record/record-source.ts';
import { verifyRecord } from '../../src/tally/verify/verify-record.ts';
import { draftOf, forge } from '../attacks/forge.ts';
import { buildElection } from './build-election.ts';
import type { BuiltElection } from './built-election.ts';
import type { ElectionPlan, VoterPlan } from './election-plan.ts';
import { college, exactlyOne, motion } from './plans.ts';

const HALF = { p: 1, q: 2 };
const ANSWERS = ['for', 'against', 'abstain'];
const MAJORITY: Threshold = { compare: 'more-than', p: 1, q: 2, of: 'for-and-against' };

const yesOrNo = (yes: boolean): string[] => [yes ? 'for' : 'against'];
const person = (i: number): VoterPlan => ({
  college: 'members',
  votes: [
    {
      change: yesOrNo(i < 3),
      east: yesOrNo(i < 4),
      west: yesOrNo(i > 0),
      tied: yesOrNo(i % 2 === 0),
      board: i < 3 ? ['ada', 'ben'] : ['cat'],
      agenda: i < 4 ? ['housing', 'health'] : ['health', 'transport'],
      view: [i < 5 ? 'omov' : 'delegates'],
    },
  ],
});
const union = (weight: number, yes: boolean): VoterPlan => ({
  college: 'unions',
  weight,
  votes: [{ change: yesOrNo(yes) }],
});

const PLAN: ElectionPlan = {
  seed: 'decisions',
  colleges: [
    college('members', { mode: 'recorded' }),
    college('unions', { mode: 'recorded', weights: [1, 10] }),
  ],
  contests: [
    exactlyOne('change', ['members', 'unions'], ANSWERS),
    exactlyOne('east', ['members'], ANSWERS),
    exactlyOne('west', ['members'], ANSWERS),
    exactlyOne('tied', ['members'], ANSWERS),
    {
      id: 'board',
      colleges: ['members'],
      options: ['ada', 'ben', 'cat'],
      shape: { kind: 'choose', min: 1, max: 2, blank: false },
    },
    {
      id: 'agenda',
      colleges: ['members'],
      options: ['housing', 'health', 'transport'],
      shape: { kind: 'ranking', points: [2, 1], blank: false },
    },
    exactlyOne('view', ['members'], ['omov', 'delegates']),
  ],
  rules: [
    motion([], {
      id: 'change',
      contest: 'change',
      colleges: ['members', 'unions'].map((id) => ({
        college: id,
        threshold: null,
        quorum: { p: 0, q: 1 },
        share: HALF,
      })),
      combine: { kind: 'weighted', threshold: MAJORITY },
    }),
    motion(['members'], { id: 'east', contest: 'east' }),
    motion(['members'], { id: 'west', contest: 'west' }),
    motion(['members'], { id: 'tied', contest: 'tied', tie: 'chair' }),
    { id: 'one', kind: 'exclusive', rules: ['east', 'west'], both: 'more-votes' },
    {
      id: 'board',
      kind: 'seats',
      contest: 'board',
      colleges: [{ college: 'members', share: null }],
      seats: 2,
      needs: null,
      reserved: [{ id: 'women', least: 1, options: ['cat'] }],
      ties: 'lot',
    },
    { id: 'agenda', kind: 'order', contest: 'agenda', colleges: ['members'] },
    { id: 'view', kind: 'consultative', contest: 'view', colleges: ['members'] },
  ],
  voters: [
    ...Array.from({ length: 6 }, (_, i) => person(i)),
    union(10, true),
    union(1, false),
    union(1, false),
  ],
  trustees: null,
  lot: true,
  acts: { counted: [{ kind: 'casting-vote', rule: 'tied', college: 'members', vote: 'for' }] },
};

let built: BuiltElection;
beforeAll(async () => {
  built = await buildElection(PLAN);
});

test('every decision follows, from the record alone', async () => {
  const { ok, result, checks } = await verifyRecord(built.record);
  expect(checks.flatMap(({ failures }) => failures)).toEqual([]);
  expect(ok).toBe(true);
  expect(result?.outcome).toMatchObject([
    // 1/2·3/6 + 1/2·10/12
    {
      id: 'change',
      carried: true,
      tie: null,
      colleges: [
        { for: 3, against: 3 },
        { for: 10, against: 2 },
      ],
    },
    { id: 'east', carried: true },
    { id: 'west', carried: true },
    { id: 'tied', carried: true, colleges: [{ for: 3, against: 3, tie: { settled: 'for' } }] },
    { id: 'one', carried: 'west', both: true, rules: [{ for: 4 }, { for: 5 }] },
    {
      id: 'board',
      votes: [
        { option: 'ada', votes: 3 },
        { option: 'ben', votes: 3 },
        { option: 'cat', votes: 3 },
      ],
      reserved: [{ id: 'women', least: 1, elected: 1 }],
      unfilled: 0,
    },
    {
      id: 'agenda',
      votes: [
        { option: 'housing', votes: 8, place: 1 },
        { option: 'health', votes: 8, place: 1 },
        { option: 'transport', votes: 2, place: 3 },
      ],
    },
    { id: 'view', kind: 'consultative', colleges: [{ ballots: 6, votes: [5, 1] }] },
  ]);
  const board = result?.outcome[5];
  if (board?.kind !== 'seats') throw new Error('no seats');
  expect(board.tied.toSorted()).toEqual(['ada', 'ben', 'cat']);
  expect(board.elected).toContain('cat');
});

describe('each decision edited by the officer who declares it', () => {
  /** The first answer, name or number of a decision, turned into another. */
  function edited(found: DecisionOutcome): DecisionOutcome {
    switch (found.kind) {
      case 'motion':
      case 'ratify':
        return { ...found, carried: !found.carried };
      case 'seats':
        return { ...found, elected: found.elected.toReversed() };
      case 'order':
        return { ...found, votes: found.votes.map((one) => ({ ...one, place: 1 })) };
      case 'exclusive':
        return { ...found, carried: 'east' };
      case 'consultative':
        return {
          ...found,
          colleges: found.colleges.map((one) => ({ ...one, votes: one.votes.toReversed() })),
        };
      case 'petition':
        return { ...found, needed: found.needed + 1 };
    }
  }

  test.each(PLAN.rules.map(({ id }, i) => [id, i] as const))('%s', async (_, i) => {
    const blob = built.box.state.result?.body.blob;
    if (blob === undefined) throw new Error('no result');
    const document = parseDocument(resultDocument, await readBlob(built.record, blob));
    const record = await forge(built, ['officer'], (drafts, forged) => {
      const found = document.outcome[i];
      if (found !== undefined) document.outcome[i] = edited(found);
      draftOf(drafts, 'result').entry.body.blob = forged.addBlob(encodeCanonical(document));
    });
    const { ok, result, checks } = await verifyRecord(record);
    expect({ ok, result }).toEqual({ ok: false, result: null });
    const failing = checks.filter(({ status }) => status === 'fail');
    expect(failing.map(({ id }) => id)).toContain('outcome');
    expect(failing.find(({ id }) => id === 'outcome')?.failures[0]?.where).toMatch(
      new RegExp(`^entry \\d+ outcome\\[${i}\\]$`),
    );
  });
});

describe('the result blob', () => {
  test('that is not there fails the totals; the outcome is unproven', async () => {
    const blob = built.box.state.result?.body.blob;
    const record = await forge(built, [], () => {});
    record.files.delete(`blob/${blob?.sha256 ?? ''}`);
    const { ok, checks } = await verifyRecord(record);
    expect(ok).toBe(false);
    const status = (id: string) => checks.find((check) => check.id === id)?.status;
    expect([status('totals'), status('outcome'), status('lot')]).toEqual(['fail', 'unproven', 'pass']);
  });

  test('of another tally', async () => {
    const record = await forge(built, ['officer'], async (drafts, forged) => {
      const { body } = draftOf(drafts, 'result').entry;
      const document = parseDocument(resultDocument, await readBlob(forged, body.blob));
      document.tally = built.election;
      body.blob = forged.addBlob(encodeCanonical(document));
    });
    const { ok, checks } = await verifyRecord(record);
    expect(ok).toBe(false);
    expect(checks.find(({ id }) => id === 'context')?.failures).toHaveLength(1);
  });
});
