/** Membership files at the registrar: the first, later ones, and who approves them (docs/roll-csv.md). */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  CSV,
  FIRST,
  LATER,
  LATER_TEXT,
  membership,
  RegistrarOffice,
  refusalOf,
  SECOND,
  SEEN,
} from './registrar-office.ts';

let office: RegistrarOffice;
beforeEach(() => {
  office = new RegistrarOffice();
});
afterEach(() => office.close());

describe('import', () => {
  test('a whole file', async () => {
    const summary = await office.registrar.rolls.import(CSV, FIRST);
    expect(summary).toEqual({
      roll: 1,
      frozen: 1_800_000_000,
      people: membership.people.length,
      members: 120,
      delegates: membership.people.filter(({ represents }) => represents !== null).length,
      regions: 2,
      branches: 4,
      strands: 0,
      affiliates: 2,
    });
    office.restart();
    expect(office.registrar.rolls.summary(1)).toEqual(summary);
  });

  test('P2: one bad cell, and nothing of the file is stored', async () => {
    const bad = new TextEncoder().encode(new TextDecoder().decode(CSV).replace('m007@', '=m007@'));
    const { code, details } = await refusalOf(office.registrar.rolls.import(bad, FIRST));
    expect(code).toBe('bad-roll-file');
    expect(details.members).toMatchObject({
      total: 1,
      problems: [{ line: 8, column: 'contact', code: 'formula' }],
    });
    expect(office.registrar.changes()).toEqual([]);
    expect((await refusalOf(() => office.registrar.rolls.summary(1))).code).toBe('unknown-roll');
  });

  test('the same file again is the same roll; another is refused here', async () => {
    const first = await office.registrar.rolls.import(CSV, FIRST, 1_790_000_000);
    expect(await office.registrar.rolls.import(CSV, SECOND)).toEqual(first);
    expect(first.frozen).toBe(1_790_000_000);
    expect((await refusalOf(office.registrar.rolls.import(LATER, FIRST))).code).toBe('roll-exists');
    expect(office.registrar.changes().map(({ what }) => what)).toEqual(['roll-imported']);
  });
});

describe('a later file', () => {
  const WHAT = () => office.registrar.changes().map(({ what }) => what);

  test('needs a roll that it changes, and is as faultless as the first', async () => {
    expect((await refusalOf(office.registrar.rolls.propose(LATER, FIRST))).code).toBe('unknown-roll');
    await office.registrar.rolls.import(CSV, FIRST);
    const bad = new TextEncoder().encode(LATER_TEXT.replace('m007@', '=m007@'));
    expect((await refusalOf(office.registrar.rolls.propose(bad, FIRST))).code).toBe('bad-roll-file');
    expect(WHAT()).toEqual(['roll-imported']);
    expect((await refusalOf(office.registrar.rolls.proposal())).code).toBe('unknown-proposal');
  });

  test('shows what it changes, and changes nothing until it is approved', async () => {
    const { roll } = await office.registrar.rolls.import(CSV, FIRST);
    const proposal = await office.registrar.rolls.propose(LATER, FIRST, 1_799_000_000);
    expect(proposal).toMatchObject({ base: roll, frozen: 1_799_000_000, needsSecondOfficer: false });
    expect(proposal.difference).toMatchObject({ added: ['new-1'], lapsed: ['m001'], moved: ['m119'] });
    expect(proposal.difference.bodies.length).toBeGreaterThan(1);
    office.restart();
    expect(await office.registrar.rolls.proposal()).toEqual(proposal);
    expect((await refusalOf(() => office.registrar.rolls.summary(roll + 1))).code).toBe('unknown-roll');

    const approved = await office.registrar.rolls.approve(proposal.proposal, FIRST);
    expect(approved).toMatchObject({ roll: roll + 1, frozen: 1_799_000_000, members: 120 });
    expect(office.registrar.rolls.summary(roll).members).toBe(120);
    expect(WHAT()).toEqual(['roll-imported', 'roll-proposed', 'roll-approved']);
    expect((await refusalOf(office.registrar.rolls.approve(proposal.proposal, FIRST))).code).toBe(
      'unknown-proposal',
    );
  });

  test('once tokens exist, is approved by another officer than its importer, and the log names both', async () => {
    await office.issued();
    const { proposal, needsSecondOfficer } = await office.registrar.rolls.propose(LATER, FIRST);
    expect(needsSecondOfficer).toBe(true);
    expect((await refusalOf(office.registrar.rolls.approve(proposal, FIRST))).code).toBe(
      'second-officer-needed',
    );
    expect(WHAT()).not.toContain('roll-approved');
    const { roll } = await office.registrar.rolls.approve(proposal, SECOND);
    expect(office.registrar.changes().at(-1)).toMatchObject({
      what: 'roll-approved',
      subject: proposal,
      detail: `roll ${roll}, imported by ${FIRST}, approved by ${SECOND}`,
    });
  });

  test('leaves what was issued before on the roll that it was issued from', async () => {
    const { election, roll } = await office.issued();
    const before = office.registrar.handOver(election, SEEN).blob;
    const { proposal } = await office.registrar.rolls.propose(LATER, FIRST);
    await office.registrar.rolls.approve(proposal, SECOND);
    expect(office.registrar.issued(election).roll).toBe(roll);
    expect(office.registrar.handOver(election, SEEN).blob).toEqual(before);
  });

  test('takes the place of one proposed before, which can be approved no more', async () => {
    await office.registrar.rolls.import(CSV, FIRST);
    const first = await office.registrar.rolls.propose(LATER, FIRST, 1_799_000_000);
    const second = await office.registrar.rolls.propose(LATER, FIRST, 1_799_000_001);
    expect(second.proposal).not.toBe(first.proposal);
    expect((await refusalOf(office.registrar.rolls.approve(first.proposal, SECOND))).code).toBe(
      'unknown-proposal',
    );
    expect((await office.registrar.rolls.proposal()).proposal).toBe(second.proposal);
  });

  test('a freeze date that has not come is refused', async () => {
    const { code, details } = await refusalOf(office.registrar.rolls.import(CSV, FIRST, 1_800_000_001));
    expect([code, details.field]).toEqual(['bad-field', 'frozen']);
    await office.registrar.rolls.import(CSV, FIRST, 1_800_000_000);
    expect((await refusalOf(office.registrar.rolls.propose(LATER, FIRST, 1_800_000_001))).code).toBe(
      'bad-field',
    );
    expect(WHAT()).toEqual(['roll-imported']);
  });

  test('is approved once, by two at the same time too', async () => {
    await office.registrar.rolls.import(CSV, FIRST);
    const { proposal } = await office.registrar.rolls.propose(LATER, FIRST);
    const both = await Promise.allSettled(
      [FIRST, SECOND].map((officer) => office.registrar.rolls.approve(proposal, officer)),
    );
    expect(both.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    expect(WHAT().filter((what) => what === 'roll-approved')).toHaveLength(1);
  });

  test('is forgotten when it is withdrawn, and leaves no bytes in the files', async () => {
    await office.registrar.rolls.import(CSV, FIRST);
    const { proposal } = await office.registrar.rolls.propose(LATER, FIRST);
    const kept = () =>
      readdirSync(office.folder).some((name) =>
        readFileSync(join(office.folder, name)).includes('new-1@example.org'),
      );
    expect(kept()).toBe(true);
    expect((await refusalOf(() => office.registrar.rolls.withdraw('x', SECOND))).code).toBe(
      'unknown-proposal',
    );
    office.registrar.rolls.withdraw(proposal, SECOND);
    expect(WHAT().at(-1)).toBe('roll-withdrawn');
    expect((await refusalOf(office.registrar.rolls.proposal())).code).toBe('unknown-proposal');
    expect(kept()).toBe(false);
  });

  test('what the log tells has no names and no addresses', async () => {
    await office.registrar.rolls.import(CSV, FIRST);
    const { proposal } = await office.registrar.rolls.propose(LATER, FIRST);
    office.registrar.rolls.withdraw(proposal, FIRST);
    expect(JSON.stringify(office.registrar.changes())).not.toMatch(/example\.org|\bAda\b|new-1/);
  });
});
