/**
 * How many delegates each body may send, with the working, from published counts alone (docs/protocol.md §4.3).
 * The rule has passed `checkEntitlementRule`.
 */
import type { EntitlementRule, Rate, ReservedPlaces, SeatsRule } from './entitlement-rule.ts';
import { RollError } from './errors.ts';
import type { RollBody, RollCount } from './roll-document.ts';
import { type Sensitivity, sensitivityOf } from './sensitivity.ts';

/** Whom a part of an entitlement counts: members, those outside branches, members by an affiliate's own account. */
export type Basis = 'members' | 'outside' | 'size';

/** A region may have two: for itself, and for its members outside branches. */
export interface EntitlementPart {
  readonly of: Basis;
  /** How many they are; null where the rule does not count them. */
  readonly n: number | null;
  readonly seats: number;
  /** Of a rate, without its bounds: `2 × ⌈101 / 100⌉ = 4`. */
  readonly formula: string | null;
  /** The minimum or maximum that the rate gave way to. */
  readonly bound: { readonly kind: 'least' | 'most'; readonly seats: number } | null;
  /** The working in words. */
  readonly why: string;
  /** Null where the rule does not count. */
  readonly sensitivity: Sensitivity | null;
}

export interface Entitlement {
  readonly body: string;
  readonly kind: RollBody['kind'];
  readonly seats: number;
  /** The working of all parts. */
  readonly why: string;
  readonly parts: readonly EntitlementPart[];
  /** Of the seats, when all are taken. */
  readonly reserved: readonly { readonly group: string; readonly seats: number; readonly why: string }[];
}

const PLURAL = { region: 'regions', branch: 'branches', strand: 'strands', affiliate: 'affiliates' } as const;

type Parts = Rate['parts'];

/** How many `per` there are in n, in safe integers: ⌈n / per⌉, ⌊n / per⌋ or ⌊n / per + 1/2⌋. */
function partsOf(parts: Parts, n: number, per: number): number {
  if (parts === 'begun') return Math.floor((n + per - 1) / per);
  if (parts === 'full') return Math.floor(n / per);
  return Math.floor((2 * n + per) / (2 * per));
}

function inWords(parts: Parts, n: number, per: number): string {
  if (parts === 'begun') return `⌈${n} / ${per}⌉`;
  return parts === 'full' ? `⌊${n} / ${per}⌋` : `⌊${n} / ${per} + 1/2⌋`;
}

const times = (seats: number, text: string): string => (seats === 1 ? text : `${seats} × ${text}`);

/** Seats of a body with n members; for `each` and `named`, see `entitlements`. */
export function seatsFor(rule: Exclude<SeatsRule, { kind: 'each' | 'named' }>, n: number): number {
  if (rule.kind === 'classes') return rule.classes.findLast(({ from }) => n >= from)?.seats ?? 0;
  if (n === 0) return 0;
  const seats = Math.max(rule.min, rule.seats * partsOf(rule.parts, n, rule.per));
  return rule.max === null ? seats : Math.min(rule.max, seats);
}

/** The working of a rate, and what bounds it. */
function workingOf(
  { seats, per, parts, min, max }: Rate,
  n: number,
): Pick<EntitlementPart, 'formula' | 'bound'> {
  const plain = seats * partsOf(parts, n, per);
  const formula = `${times(seats, inWords(parts, n, per))} = ${plain}`;
  if (n > 0 && plain < min) return { formula, bound: { kind: 'least', seats: min } };
  if (max !== null && plain > max) return { formula, bound: { kind: 'most', seats: max } };
  return { formula, bound: null };
}

function classInWords({ classes }: Extract<SeatsRule, { kind: 'classes' }>, n: number): string {
  const reached = classes.findLast(({ from }) => n >= from);
  return reached === undefined
    ? `${n} members: none below ${classes[0]?.from ?? 0}`
    : `${n} members: ${reached.seats} from ${reached.from}`;
}

function partOf(rule: SeatsRule, of: Basis, { id, kind }: RollBody, n: number | null): EntitlementPart {
  const uncounted = { of, n: null, formula: null, bound: null, sensitivity: null };
  if (rule.kind === 'each') return { ...uncounted, seats: rule.seats, why: `${rule.seats} for each ${kind}` };
  if (rule.kind === 'named') {
    const seats = rule.bodies.find(({ body }) => body === id)?.seats ?? 0;
    return { ...uncounted, seats, why: seats === 0 ? 'not named in the rule' : `${seats} for ${id} by name` };
  }
  if (n === null)
    throw new RollError('no-size', id, 'the rule counts its members, and the roll does not say how many');
  const seats = seatsFor(rule, n);
  const sensitivity = sensitivityOf((members) => seatsFor(rule, members), n);
  if (rule.kind === 'classes') return { ...uncounted, n, seats, why: classInWords(rule, n), sensitivity };
  const { formula, bound } = workingOf(rule, n);
  const limit = bound === null ? '' : `, at ${bound.kind} ${bound.seats}`;
  return { of, n, seats, formula, bound, why: `${formula}${limit}`, sensitivity };
}

/** The parts of the rule that concern a body. @param outside members of a region outside its branches. */
function rulesFor(rule: EntitlementRule, kind: RollBody['kind']): { of: Basis; rule: SeatsRule | null }[] {
  const { branches, outside, regions, strands, affiliates } = rule;
  if (kind === 'branch') return [{ of: 'members', rule: branches }];
  if (kind === 'strand') return [{ of: 'members', rule: strands }];
  if (kind === 'affiliate') return [{ of: 'size', rule: affiliates }];
  return [
    { of: 'outside', rule: outside?.kind === 'same-rate' ? branches : outside },
    { of: 'members', rule: regions },
  ];
}

function reservedOf(reserved: readonly ReservedPlaces[], delegates: number): Entitlement['reserved'] {
  if (delegates === 0) return [];
  return reserved.map(({ group, seats, of, parts }) => {
    const plain = seats * partsOf(parts, delegates, of);
    const kept = Math.min(delegates, plain);
    const sum = `${times(seats, inWords(parts, delegates, of))} = ${plain}`;
    return { group, seats: kept, why: kept < plain ? `${sum}, at most ${delegates}` : sum };
  });
}

/**
 * One entitlement for each body, in their order.
 * @throws RollError `bad-counts` if the branches of a region have more members than the region; `no-size` if the rule
 * counts the members of an affiliate without a size.
 */
export function entitlements(
  rule: EntitlementRule,
  bodies: readonly RollBody[],
  counts: readonly RollCount[],
): Entitlement[] {
  const members = new Map(
    counts.filter(({ college }) => college === rule.from).map(({ body, n }) => [body, n]),
  );
  const inBranches = new Map<string, number>();
  for (const { id, region } of bodies) {
    if (region !== null) inBranches.set(region, (inBranches.get(region) ?? 0) + (members.get(id) ?? 0));
  }
  return bodies.map((body) => {
    const { id, kind, size } = body;
    const n = members.get(id) ?? 0;
    const outside = n - (inBranches.get(id) ?? 0);
    if (outside < 0) throw new RollError('bad-counts', id, `${n} members, fewer than in its branches`);
    const basis = { members: n, outside, size };
    const parts = rulesFor(rule, kind).flatMap((part) =>
      part.rule === null ? [] : [partOf(part.rule, part.of, body, basis[part.of])],
    );
    const seats = parts.reduce((sum, part) => sum + part.seats, 0);
    const why = parts.map((part) => part.why).join('; ') || `none for ${PLURAL[kind]}`;
    return { body: id, kind, seats, why, parts, reserved: reservedOf(rule.reserved, seats) };
  });
}
