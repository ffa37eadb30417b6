import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Membership, Person } from '../../src/roll/membership.ts';
import { membershipDifference } from '../../src/roll/membership-difference.ts';
import { simulateMembership } from '../../src/roll/simulated-membership.ts';
import { affiliate, branch, region, strand } from './rules.ts';

const person = (number: string, more: Partial<Person> = {}): Person => ({
  person: number,
  name: `Name ${number}`,
  contact: `${number}@example.org`,
  member: true,
  region: 'north',
  branch: null,
  strands: [],
  represents: null,
  weight: 1,
  chosen: null,
  mandates: null,
  substituteFor: null,
  ...more,
});
const bodies = [branch('elmford', 'north'), region('north'), region('south'), strand('youth')];
const list = (...people: Person[]): Membership => ({ people, bodies });

test('added, lapsed, moved, contact changed, strands, role, each by membership number', () => {
  const before = list(
    person('gone'),
    person('mover', { branch: 'elmford' }),
    person('writer'),
    person('student'),
    person('delegate'),
    person('same'),
  );
  const after = list(
    person('mover', { region: 'south' }),
    person('writer', { contact: 'new@example.org' }),
    person('student', { strands: ['youth'] }),
    person('delegate', { represents: 'north' }),
    person('same'),
    person('new', { branch: 'elmford' }),
  );
  const found = membershipDifference(before, after);
  expect(found).toMatchObject({
    added: ['new'],
    lapsed: ['gone'],
    moved: ['mover'],
    contact: ['writer'],
    strands: ['student'],
    role: ['delegate'],
  });
  const numbers = found.bodies.map((one) => [
    one.body,
    one.before,
    one.after,
    `+${one.added + one.movedIn} -${one.lapsed + one.movedOut}`,
  ]);
  expect(numbers).toEqual([
    ['elmford', 1, 1, '+1 -1'],
    ['north', 6, 5, '+1 -2'],
    ['south', 0, 1, '+1 -0'],
    ['youth', 0, 1, '+1 -0'],
  ]);
  expect(found.bodies[1]).toMatchObject({ lapsed: 1, movedOut: 1, delegatesBefore: 0, delegatesAfter: 1 });
  expect(JSON.stringify(found)).not.toMatch(/example|Name/);
});

test('one person changed in every way is in every list', () => {
  const changed = person('a', {
    name: 'B',
    region: 'south',
    strands: ['youth'],
    weight: 2,
    represents: 'south',
  });
  const found = membershipDifference(list(person('a')), list(changed));
  expect([found.moved, found.contact, found.strands, found.role]).toEqual([['a'], ['a'], ['a'], ['a']]);
});

test('a member who stays as a delegate alone has lapsed from the bodies', () => {
  const guest = person('a', { member: false, region: null, represents: 'bakers' });
  const found = membershipDifference(list(person('a')), list(guest));
  expect(found).toMatchObject({ added: [], lapsed: [], role: ['a'] });
  expect(found.bodies).toMatchObject([{ body: 'north', lapsed: 1, movedOut: 0 }]);
});

test('an affiliate that declares another size', () => {
  const sized = (size: number): Membership => ({ people: [], bodies: [affiliate('bakers', size)] });
  expect(membershipDifference(sized(249_999), sized(250_000)).bodies).toMatchObject([
    { body: 'bakers', sizeBefore: 249_999, sizeAfter: 250_000 },
  ]);
});

describe('properties', () => {
  const membership = simulateMembership({ seed: 'difference', members: 120, branches: 6, regions: 3 });
  const { people } = membership;

  test('a list has no difference from itself, in whatever order', () => {
    const none = membershipDifference(membership, { ...membership, people: people.toReversed() });
    expect(Object.values(none).flat()).toEqual([]);
  });

  test('in every body, before + added + moved in − lapsed − moved out = after', () => {
    const keep = fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(keep, (fates) => {
        const after = people.flatMap((entry, i) => {
          const fate = fates[i % fates.length];
          if (fate === 0) return [];
          return fate === 1 && entry.member ? [{ ...entry, branch: null }] : [entry];
        });
        const found = membershipDifference(membership, { ...membership, people: after });
        expect(found.lapsed).toHaveLength(people.length - after.length);
        for (const one of found.bodies) {
          expect(one.before + one.added + one.movedIn - one.lapsed - one.movedOut).toBe(one.after);
        }
      }),
      { numRuns: 30 },
    );
  });
});
