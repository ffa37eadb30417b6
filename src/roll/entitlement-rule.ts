/**
 * How many delegates bodies are entitled to, as data in the manifest (docs/protocol.md §4.3). Input is hostile.
 * "2 per 100 members or any part thereof" is {kind: rate, seats: 2, per: 100, parts: begun, min: 0, max: null}.
 */
import { z } from 'zod';
import { count, id, positive } from '../codec/fields.ts';

const MOST_SEATS = 1000;
/** Of an affiliate, by its own account. */
export const MOST_MEMBERS = 1_000_000_000;

const rate = z.strictObject({
  kind: z.literal('rate'),
  seats: positive.max(MOST_SEATS),
  per: positive.max(1_000_000),
  /** Every `per` begun counts, or every full one, or the nearest whole number of them (halves up). */
  parts: z.enum(['begun', 'full', 'nearest']),
  /** Of a body that has a member at all. */
  min: count.max(MOST_SEATS),
  max: positive.max(100_000).nullable(),
});

/** The same for every body of the kind. */
const each = z.strictObject({ kind: z.literal('each'), seats: positive.max(MOST_SEATS) });

/** For the bodies named, and for no other. */
const named = z.strictObject({
  kind: z.literal('named'),
  bodies: z
    .array(z.strictObject({ body: id, seats: positive.max(MOST_SEATS) }))
    .min(1)
    .max(1000),
});

/** By size: the seats of the last class whose `from` is reached, none below the first. */
const classes = z.strictObject({
  kind: z.literal('classes'),
  classes: z
    .array(z.strictObject({ from: count.max(MOST_MEMBERS), seats: positive.max(MOST_SEATS) }))
    .min(1)
    .max(50),
});

const sized = z.discriminatedUnion('kind', [rate, each, named, classes]);
const fixed = z.discriminatedUnion('kind', [each, named]);

export const entitlementRule = z.strictObject({
  /** The college whose published counts are the basis. */
  from: id,
  branches: sized.nullable(),
  /** For the members of a region outside its branches. */
  outside: z.discriminatedUnion('kind', [z.strictObject({ kind: z.literal('same-rate') }), rate]).nullable(),
  /** For a region as a whole, beside those for its members outside branches. */
  regions: sized.nullable(),
  /** By no rate: a strand's count has no lines that it could be checked by (§4.2). */
  strands: fixed.nullable(),
  /** By the size that the roll publishes of the affiliate. */
  affiliates: sized.nullable(),
  /** Of every `of` delegates of a body, `seats` are for members of the group. */
  reserved: z
    .array(
      z.strictObject({
        group: id,
        seats: positive.max(MOST_SEATS),
        of: positive.max(MOST_SEATS),
        parts: z.enum(['begun', 'full', 'nearest']),
      }),
    )
    .max(20),
});

export type EntitlementRule = z.infer<typeof entitlementRule>;
export type Rate = z.infer<typeof rate>;
export type SeatsRule = z.infer<typeof sized>;
export type ReservedPlaces = EntitlementRule['reserved'][number];

/** In the rule, e.g. `branches.max`. The codes are those of a manifest's problems. */
export interface EntitlementProblem {
  readonly field: string;
  readonly code: 'contradiction' | 'duplicate' | 'impossible' | 'not-sorted';
  readonly why: string;
}

type Problems = Generator<EntitlementProblem, void>;

function* checkDistinct(names: readonly string[], field: (i: number) => string): Problems {
  for (const [i, name] of names.entries()) {
    if (names.indexOf(name) < i)
      yield { field: field(i), code: 'duplicate', why: `${name} is there already` };
  }
}

function* checkSeats(rule: SeatsRule, field: string): Problems {
  if (rule.kind === 'rate' && rule.max !== null && rule.min > rule.max)
    yield { field: `${field}.min`, code: 'contradiction', why: `${rule.min} is above max, ${rule.max}` };
  if (rule.kind === 'named')
    yield* checkDistinct(
      rule.bodies.map(({ body }) => body),
      (i) => `${field}.bodies[${i}].body`,
    );
  if (rule.kind !== 'classes') return;
  for (const [i, { from, seats }] of rule.classes.entries()) {
    const before = rule.classes[i - 1];
    if (before === undefined) continue;
    if (from <= before.from)
      yield { field: `${field}.classes[${i}].from`, code: 'not-sorted', why: 'not above the one before' };
    if (seats <= before.seats)
      yield { field: `${field}.classes[${i}].seats`, code: 'not-sorted', why: 'not above the one before' };
  }
}

/** Everything that is wrong between the fields of a rule that has passed its schema. */
export function* checkEntitlementRule(rule: EntitlementRule): Problems {
  const { branches, outside, regions, strands, affiliates, reserved } = rule;
  for (const [field, part] of Object.entries({ branches, outside, regions, strands, affiliates })) {
    if (part !== null && part.kind !== 'same-rate') yield* checkSeats(part, field);
  }
  if (outside?.kind === 'same-rate' && branches?.kind !== 'rate')
    yield { field: 'outside.kind', code: 'contradiction', why: 'branches have no rate' };
  if ([branches, outside, regions, strands, affiliates].every((part) => part === null))
    yield { field: 'branches', code: 'impossible', why: 'nobody has a delegate' };
  yield* checkDistinct(
    reserved.map(({ group }) => group),
    (i) => `reserved[${i}].group`,
  );
  for (const [i, { seats, of }] of reserved.entries()) {
    if (seats > of)
      yield { field: `reserved[${i}].seats`, code: 'impossible', why: `${seats} of every ${of}` };
  }
}
