/** A whole election with a contest of every shape, and who tampers with its columns: docs/protocol.md §6.2, §9. */
import { describe, expect, test } from 'vitest';
import type { Choice } from '../../src/ballot/choices.ts';
import type { Contest } from '../../src/ballot/manifest.ts';
import { encodeCanonical } from '../../src/codec/canonical-json.ts';
import { fromBase64Url, toBase64Url } from '../../src/crypto/bytes.ts';
import { tallyDocument } from '../../src/record/entries.ts';
import { parseDocument } from '../../src/record/envelope.ts';
import { resultDocument } from '../../src/record/outcome-document.ts';
import { readBlob } from '../../src/record/record-source.ts';
import { split } from '../../src/tally/sums.ts';
import { verifyRecord } from '../../src/tally/verify/verify-record.ts';
import { draftOf, forge } from '../attacks/forge.ts';
import { electionOf } from './plans.ts';
import { SHAPES } from './shapes-plan.ts';

const built = await electionOf(SHAPES);

/** What a choice adds to the columns, by the meaning of its shape alone. */
function added({ options, shape }: Contest, weight: number, choice: Choice): number[] {
  const isList = Array.isArray(choice);
  const list: readonly string[] = isList ? choice : [];
  const numbers: Readonly<Record<string, number>> =
    choice === 'blank' || isList ? {} : (choice as Record<string, number>);
  const given = options.map((option) => numbers[option] ?? 0);
  const blank = 'blank' in shape && shape.blank ? [choice === 'blank' ? 1 : 0] : [];
  switch (shape.kind) {
    case 'choose':
    case 'support':
      return [...options.map((option) => (list.includes(option) ? 1 : 0)), ...blank];
    case 'ranking':
      return [...options.map((option) => shape.points[list.indexOf(option)] ?? 0), ...blank];
    case 'score':
      return given;
    case 'split':
      return [...given, weight - given.reduce((a, b) => a + b, 0)];
  }
}

/** The counts of a cell, from the plan's choices. */
function expected(cell: string): { ballots: number; counts: number[] } {
  const [contestId = '', collegeId = '', weight = ''] = cell.split('/');
  const contest = SHAPES.contests.find(({ id }) => id === contestId);
  if (contest === undefined) throw new Error('no contest');
  const counted = SHAPES.voters.flatMap((voter) => {
    const choice = voter.votes.at(-1)?.[contestId];
    const isIn = voter.college === collegeId && (weight === 'split' || voter.weight === Number(weight));
    return isIn && choice !== undefined ? [added(contest, voter.weight ?? 1, choice)] : [];
  });
  const [first] = counted;
  const columns = first ?? added(contest, 1, contest.shape.kind === 'choose' ? [] : {});
  const none = columns.map(() => 0);
  return {
    ballots: counted.length,
    counts: counted.reduce((a, b) => a.map((n, i) => n + (b[i] ?? 0)), none),
  };
}

describe('an election with every shape', () => {
  test('is recounted, with the counts that the choices have', async () => {
    const { ok, checks, result } = await verifyRecord(built.record, {
      anchor: { manifest: built.election },
    });
    expect(checks.filter(({ status }) => status === 'fail')).toEqual([]);
    expect(ok).toBe(true);
    expect(result?.counts.map(({ cell }) => cell)).toEqual([
      'board/members/1',
      'board/members/5',
      'board/members/19',
      'grades/members/1',
      'grades/members/5',
      'grades/members/19',
      'order/members/1',
      'order/members/5',
      'order/members/19',
      'order/council/7',
      'order/council/1000',
      'card/members/split',
      'card/council/split',
    ]);
    for (const { cell, ballots, counts } of result?.counts ?? []) {
      expect({ cell, ballots, counts }).toEqual({ cell, ...expected(cell) });
    }
  });

  test('has cards counted by weight, once', () => {
    const cells = new Map(built.result?.counts.map(({ cell, counts }) => [cell, counts]));
    expect(cells.get('card/members/split')).toEqual([36, 14, 6]);
    expect(cells.get('card/council/split')).toEqual([505, 508, 1]);
    expect(built.result?.outcome.find(({ id }) => id === 'motion')).toMatchObject({
      colleges: [
        { college: 'members', roll: 4 + 15 + 57, for: 36, against: 14 },
        { college: 'council', roll: 2014, for: 505, against: 508 },
      ],
    });
  });
});

describe('columns that are swapped', () => {
  const tallyBlob = built.box.state.tallies[0]?.body.blob;
  if (tallyBlob === undefined) throw new Error('no tally');

  const failures = async (record: Parameters<typeof verifyRecord>[0]): Promise<string[]> => {
    const { ok, checks } = await verifyRecord(record);
    expect(ok).toBe(false);
    return checks.filter(({ status }) => status === 'fail').map(({ id }) => id);
  };

  test('in the tally, by everybody together, are found in the count tree', async () => {
    const tally = parseDocument(tallyDocument, await readBlob(built.record, tallyBlob));
    const cell = tally.cells.find(({ id }) => id === 'card/members/split');
    if (cell?.mode !== 'secret') throw new Error('no cell');
    const [first, second, ...rest] = split(fromBase64Url(cell.sums), 64);
    cell.sums = toBase64Url(Uint8Array.from([second, first, ...rest].flatMap((bytes) => [...(bytes ?? [])])));
    const record = await forge(built, ['officer', 'registrar', 'box', 'trustee'], (drafts, forged) => {
      const draft = draftOf(drafts, 'tally');
      draft.entry.body.blob = forged.addBlob(encodeCanonical(tally));
      draft.keepsBlob = true;
    });
    expect(await failures(record)).toContain('count-tree');
  });

  test.each([
    ['order/members/5', 'points given to another option'],
    ['card/members/split', 'weight moved from one option to another'],
    ['card/council/split', 'weight on the record moved'],
    ['board/members/1', 'votes moved'],
  ])('in the counts of %s: %s, found under totals', async (id) => {
    const record = await forge(built, ['officer'], async (drafts, forged) => {
      const { body } = draftOf(drafts, 'result').entry;
      const result = parseDocument(resultDocument, await readBlob(built.record, body.blob));
      const count = result.counts.find(({ cell }) => cell === id);
      if (count === undefined) throw new Error('no cell');
      count.counts.reverse();
      body.blob = forged.addBlob(encodeCanonical(result));
    });
    expect(await failures(record)).toContain('totals');
  });
});
