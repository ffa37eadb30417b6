/**
 * An invented membership for demonstrations and tests: uneven branches in regions, members outside branches,
 * affiliates, and delegates elected up to each body's entitlement. The same seed gives the same list.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { toUtf8 } from '../crypto/bytes.ts';
import { entitlements } from './entitlement.ts';
import type { EntitlementRule } from './entitlement-rule.ts';
import { RollError } from './errors.ts';
import type { Membership, Person } from './membership.ts';
import { compareText } from './order.ts';
import type { RollBody, RollCount } from './roll-document.ts';

export interface SimulationOptions {
  readonly seed: string;
  readonly members: number;
  /** Default: as 150 are to 20,000 members. */
  readonly branches?: number;
  readonly regions?: number;
  readonly affiliates?: number;
  /** Delegates of a body: `seats` for every `per` members or part thereof. */
  readonly seats?: number;
  readonly per?: number;
  readonly delegatesPerAffiliate?: number;
}

const NOBODY_ELSE = {
  strands: [],
  weight: 1,
  chosen: null,
  mandates: null,
  substituteFor: null,
} as const;

/** Mulberry32 (T. Ettinger): for invented data only. */
function randomOf(seed: string): () => number {
  let state = new DataView(sha256(toUtf8(seed, 'seed')).buffer).getUint32(0);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let z = Math.imul(state ^ (state >>> 15), 1 | state);
    z = (z + Math.imul(z ^ (z >>> 7), 61 | z)) ^ z;
    return ((z ^ (z >>> 14)) >>> 0) / 2 ** 32;
  };
}

const REGIONS = [
  'north',
  'east',
  'south',
  'west',
  'midlands',
  'coast',
  'lakes',
  'moors',
  'islands',
  'valleys',
  'city',
  'marches',
];
const PLACE_STARTS =
  'alder amber ash beck birch black brook copper dun elder elm fern gold hazel heather high juniper lark linden long marsh oak red rowan sand silver stone thorn whin willow'.split(
    ' ',
  );
const PLACE_ENDS = 'bridge bury combe dale field ford ham hurst ley mouth stead ton'.split(' ');
const GIVEN =
  'Ada Amara Anna Bilal Bram Carys Chidi Clara Dara Dilys Edith Emeka Esther Farah Femi Grace Hana Hugo Ines Ivor Jo Kofi Lena Leo Lila Mael Maya Mei Nadia Nia Omar Orla Petra Priya Ravi Rosa Ruth Sami Sean Sofia Tariq Tess Uma Vera Wren Yara Yusuf Zoe'.split(
    ' ',
  );
const FAMILY_STARTS =
  'Al Bar Ben Cor Dal El Fen Gar Hal Ir Jas Kel Lom Mar Nor Ol Pen Quil Ros Sel Tam Ul Ver Wal Yor'.split(
    ' ',
  );
const FAMILY_ENDS =
  'bey brook by den dine es ette field grave ham in kin low man mere ness oran ovic ridge sen shaw stone ton well wick'.split(
    ' ',
  );

function pick<T>(random: () => number, list: readonly [T, ...T[]] | readonly T[]): T {
  const item = list[Math.floor(random() * list.length)];
  if (item === undefined) throw new RollError('bad-simulation', 'list', 'is empty');
  return item;
}

/** `total` in `parts` whole numbers, none zero, in the proportion of log-normal weights. */
function unevenParts(random: () => number, total: number, parts: number): number[] {
  const weights = Array.from({ length: parts }, () => {
    const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    return Math.exp(0.8 * normal);
  });
  const whole = weights.reduce((sum, weight) => sum + weight, 0);
  const sizes = weights.map((weight) => 1 + Math.floor(((total - parts) * weight) / whole));
  const left = total - sizes.reduce((sum, size) => sum + size, 0);
  return sizes.map((size, i) => size + (i < left ? 1 : 0));
}

function placeName(i: number): string {
  const start = PLACE_STARTS[i % PLACE_STARTS.length] ?? '';
  const end = PLACE_ENDS[Math.floor(i / PLACE_STARTS.length + i) % PLACE_ENDS.length] ?? '';
  const round = Math.floor(i / (PLACE_STARTS.length * PLACE_ENDS.length));
  return `${start}${end}${round === 0 ? '' : `-${round + 1}`}`;
}

function regionName(i: number): string {
  const round = Math.floor(i / REGIONS.length);
  return `${REGIONS[i % REGIONS.length]}${round === 0 ? '' : `-${round + 1}`}`;
}

/** Two thirds of the members in branches, and each branch in one region. */
function simulateMembers(
  random: () => number,
  members: number,
  branches: RollBody[],
  regions: RollBody[],
): Person[] {
  const inBranches = Math.round((members * 2) / 3);
  const outside = unevenParts(random, members - inBranches, regions.length);
  const homes = [
    ...unevenParts(random, inBranches, branches.length).flatMap((size, i) =>
      Array.from({ length: size }, () => branches[i]),
    ),
    ...outside.flatMap((size, i) => Array.from({ length: size }, () => regions[i])),
  ].filter((home) => home !== undefined);
  const width = String(members).length;
  return homes.map((home, i) => {
    const person = `m${String(i + 1).padStart(width, '0')}`;
    const branch = home.kind === 'branch' ? home.id : null;
    return {
      person,
      name: inventName(random),
      contact: `${person}@example.org`,
      member: true,
      region: home.region ?? home.id,
      branch,
      ...NOBODY_ELSE,
      represents: null,
    };
  });
}

function inventName(random: () => number): string {
  return `${pick(random, GIVEN)} ${pick(random, FAMILY_STARTS)}${pick(random, FAMILY_ENDS)}`;
}

function countMembers(people: readonly Person[], college: string): RollCount[] {
  const counts = new Map<string, number>();
  for (const { region, branch } of people) {
    for (const body of [region, branch]) if (body !== null) counts.set(body, (counts.get(body) ?? 0) + 1);
  }
  return [...counts].map(([body, n]) => ({ college, body, n }));
}

/** @throws RollError `bad-simulation` where there are too few members for the regions and branches. */
export function simulateMembership(options: SimulationOptions): Membership {
  const {
    seed,
    members,
    regions = 9,
    affiliates = 6,
    seats = 2,
    per = 100,
    delegatesPerAffiliate = 2,
  } = options;
  const branches = options.branches ?? Math.max(1, Math.min(150, Math.round((members * 150) / 20_000)));
  const inBranches = Math.round((members * 2) / 3);
  if (regions < 1 || branches < 1 || inBranches < branches || members - inBranches < regions)
    throw new RollError(
      'bad-simulation',
      'members',
      `${members} for ${branches} branches and ${regions} regions`,
    );

  const random = randomOf(seed);
  const regionBodies = Array.from(
    { length: regions },
    (_, i): RollBody => ({ id: regionName(i), kind: 'region', region: null, size: null }),
  );
  const branchBodies = Array.from(
    { length: branches },
    (_, i): RollBody => ({
      id: placeName(i),
      kind: 'branch',
      region: pick(random, regionBodies).id,
      size: null,
    }),
  );
  const affiliateBodies = Array.from(
    { length: affiliates },
    (_, i): RollBody => ({ id: `union-${i + 1}`, kind: 'affiliate', region: null, size: null }),
  );
  const bodies = [...regionBodies, ...branchBodies, ...affiliateBodies].sort((a, b) =>
    compareText(a.id, b.id),
  );

  const people = simulateMembers(random, members, branchBodies, regionBodies);
  const rule: EntitlementRule = {
    from: 'members',
    branches: { kind: 'rate', seats, per, parts: 'begun', min: 0, max: null },
    outside: { kind: 'same-rate' },
    regions: null,
    strands: null,
    affiliates: null,
    reserved: [],
  };
  const vacancies = new Map(
    entitlements(rule, bodies, countMembers(people, rule.from)).map(({ body, seats }) => [body, seats]),
  );
  const withDelegates = people.map((entry): Person => {
    const body = entry.branch ?? entry.region;
    const left = body === null ? 0 : (vacancies.get(body) ?? 0);
    if (body === null || left === 0) return entry;
    vacancies.set(body, left - 1);
    return { ...entry, represents: body };
  });
  const guests = affiliateBodies.flatMap(({ id }) =>
    Array.from(
      { length: delegatesPerAffiliate },
      (_, i): Person => ({
        person: `${id}-${i + 1}`,
        name: inventName(random),
        contact: `${id}-${i + 1}@example.org`,
        member: false,
        region: null,
        branch: null,
        ...NOBODY_ELSE,
        represents: id,
      }),
    ),
  );
  return { people: [...withDelegates, ...guests], bodies };
}
