/**
 * Attack R3 by the registrar, whose key signs the edited roll, and the officer, who opens on it: the recount computes
 * entitlements, counts and weights anew from the published roll, and names what does not fit.
 */
import { expect, test } from 'vitest';
import { publishRoll } from '../../src/roll/build-roll.ts';
import type { RollDocument, RollLine } from '../../src/roll/roll-document.ts';
import { verifyRecord } from '../../src/tally/verify/verify-record.ts';
import { draftOf, forge } from '../attacks/forge.ts';
import { electionOf, STANDARD } from './plans.ts';

type Edit = (roll: RollDocument) => RollDocument;

const editCount =
  (college: string, body: string, change: number): Edit =>
  (roll) => ({
    ...roll,
    counts: roll.counts.map((one) =>
      one.college === college && one.body === body ? { ...one, n: one.n + change } : one,
    ),
  });
const editFirst =
  (college: string, change: (line: RollLine) => RollLine): Edit =>
  (roll) => {
    const first = roll.lines.findIndex((line) => line.college === college);
    return { ...roll, lines: roll.lines.map((line, i) => (i === first ? change(line) : line)) };
  };
const editBody =
  (id: string, change: Partial<RollDocument['bodies'][number]>): Edit =>
  (roll) => ({
    ...roll,
    bodies: roll.bodies.map((body) => (body.id === id ? { ...body, ...change } : body)),
  });

/** What the roll check says of the standard election when its roll is this one. */
async function found(edit: Edit): Promise<string[]> {
  const built = await electionOf(STANDARD);
  const record = await forge(built, ['registrar', 'officer'], (drafts, forged) => {
    const { blob, body } = publishRoll(edit(structuredClone(built.roll)), built.manifest.body);
    forged.addBlob(blob);
    draftOf(drafts, 'roll').entry.body = { ...body, colleges: [...body.colleges] };
    const { roll } = draftOf(drafts, 'opening').entry.body;
    Object.assign(roll, { root: body.root, size: body.size });
  });
  const { ok, checks } = await verifyRecord(record);
  expect(ok).toBe(false);
  const roll = checks.find(({ id }) => id === 'roll');
  expect(roll?.status).toBe('fail');
  return roll?.failures.map(({ where, why }) => `${where}: ${why}`) ?? [];
}

test('delegates of a branch are said to be an affiliate’s, which has two', async () => {
  const moved: Edit = (roll) => ({
    ...roll,
    lines: roll.lines.map((line) =>
      line.college === 'delegates' && line.bodies.includes('north-a') ? { ...line, bodies: ['union'] } : line,
    ),
  });
  expect(
    await found((roll) =>
      editCount('delegates', 'union', 2)(editCount('delegates', 'north-a', -2)(moved(roll))),
    ),
  ).toEqual(['roll counts(delegates, union): 3 for 2 seats: 2 for each affiliate']);
});

test('a branch has more members than its lines, for another delegate', async () => {
  const problems = await found(editCount('members', 'north-a', 3));
  expect(problems).toContainEqual(expect.stringMatching(/^roll counts\[\d\]\.n: \d+, but \d+ lines list/));
});

test('the members of a branch are in another region', async () => {
  const problems = await found(editBody('north-a', { region: 'south' }));
  expect(problems).toContainEqual(expect.stringContaining('south is no region of this roll'));
});

test('an affiliate is a branch, for its rate', async () => {
  const problems = await found(editBody('union', { kind: 'branch', region: 'north' }));
  expect(problems).toContainEqual(expect.stringMatching(/union\): \d for 0 seats: 2 × ⌈0 \/ 3⌉ = 0/));
});

test('a delegate has a weight that the college does not have', async () => {
  const problems = await found(editFirst('delegates', (line) => ({ ...line, weight: 999 })));
  expect(problems).toContainEqual(expect.stringMatching(/weight: 999 in delegates/));
});

test('a mandate in a secret college', async () => {
  const mandates = [{ contest: 'motion', option: 'for' }];
  const problems = await found(editFirst('delegates', (line) => ({ ...line, mandates })));
  expect(problems).toContainEqual(expect.stringMatching(/^roll lines\[\d+\]\.mandates: /));
});
