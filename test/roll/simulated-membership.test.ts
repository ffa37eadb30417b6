import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { entitlements } from '../../src/roll/entitlement.ts';
import { RollError } from '../../src/roll/errors.ts';
import { encodeCsvCell, encodeMembershipCsv, membershipCells } from '../../src/roll/membership-csv.ts';
import { readMembership } from '../../src/roll/membership-rows.ts';
import { simulateMembership } from '../../src/roll/simulated-membership.ts';
import { rate, ruleOf } from './rules.ts';

const full = { seed: 'demo', members: 20_000 };

describe('20,000 members', () => {
  const { people, bodies } = simulateMembership(full);
  const members = people.filter(({ member }) => member);
  const count = (id: string) => members.filter(({ branch, region }) => branch === id || region === id).length;

  test('150 branches in 9 regions, and two thirds of the members in them', () => {
    expect(members).toHaveLength(20_000);
    expect(bodies.filter(({ kind }) => kind === 'branch')).toHaveLength(150);
    expect(bodies.filter(({ kind }) => kind === 'region')).toHaveLength(9);
    expect(members.filter(({ branch }) => branch !== null)).toHaveLength(13_333);
  });

  test('branches are uneven, and none is empty', () => {
    const sizes = bodies
      .filter(({ kind }) => kind === 'branch')
      .map(({ id }) => count(id))
      .sort((a, b) => a - b);
    const [smallest = 0] = sizes;
    expect(smallest).toBeGreaterThan(0);
    expect(sizes.at(-1)).toBeGreaterThan(10 * smallest);
  });

  test('every body has exactly the delegates of its entitlement', () => {
    const rule = ruleOf({
      branches: rate(2, 100),
      outside: { kind: 'same-rate' },
      affiliates: { kind: 'each', seats: 2 },
    });
    const counts = bodies.map(({ id }) => ({ college: 'members', body: id, n: count(id) }));
    for (const { body, seats, parts, kind } of entitlements(rule, bodies, counts)) {
      const delegates = people.filter(({ represents }) => represents === body).length;
      expect([body, delegates]).toEqual([
        body,
        kind === 'affiliate' ? seats : Math.min(seats, parts[0]?.n ?? 0),
      ]);
    }
  });

  test('the CSV reads back as the same membership', () => {
    const byId = new Map(bodies.map((body) => [body.id, body]));
    const { membership, problems } = readMembership(
      people.map((entry, i) => ({ line: i + 2, cells: membershipCells(entry, byId) })),
    );
    expect(problems).toEqual([]);
    expect(membership).toEqual({ people, bodies });
  });
});

test('the same seed gives the same list, another seed another', () => {
  const csv = (seed: string) => encodeMembershipCsv(simulateMembership({ seed, members: 200 }));
  expect(csv('one')).toBe(csv('one'));
  expect(csv('one')).not.toBe(csv('two'));
});

test('every size has valid rows', () => {
  fc.assert(
    fc.property(
      fc.string(),
      fc.integer({ min: 30, max: 400 }),
      fc.integer({ min: 1, max: 12 }),
      (seed, members, n) => {
        const { people, bodies } = simulateMembership({ seed, members, branches: n, regions: 3 });
        const byId = new Map(bodies.map((body) => [body.id, body]));
        const rows = people.map((entry, i) => ({ line: i + 2, cells: membershipCells(entry, byId) }));
        expect(readMembership(rows).problems).toEqual([]);
        expect(people.filter(({ member }) => member)).toHaveLength(members);
      },
    ),
    { numRuns: 30 },
  );
});

test('more branches than names on the list of places have distinct names', () => {
  const { bodies } = simulateMembership({ seed: 's', members: 3000, branches: 800, regions: 20 });
  expect(new Set(bodies.map(({ id }) => id)).size).toBe(bodies.length);
});

test.each([
  { members: 10, branches: 8 },
  { members: 10, branches: 1, regions: 9 },
  { members: 100, branches: 0 },
])('too few members: %o', (options) => {
  expect(() => simulateMembership({ seed: 's', ...options })).toThrow(RollError);
});

test('RFC 4180: cells are quoted where they have to be', () => {
  expect(encodeCsvCell('Jo "Red", Elm')).toBe('"Jo ""Red"", Elm"');
  expect(encodeCsvCell('plain')).toBe('plain');
});
