/**
 * What an election decides, as its result publishes it (docs/protocol.md §10): for each rule of the manifest, every
 * number that went into it and what came of it. Input is hostile.
 */
import { z } from 'zod';
import { count, hash, id } from '../codec/fields.ts';

/** As many for as against: what settled it; null, and the motion is not carried. */
const tie = z.strictObject({ settled: z.enum(['for', 'against']).nullable() });

const motion = z.strictObject({
  id,
  kind: z.literal('motion'),
  carried: z.boolean(),
  divided: z.boolean(),
  /** Carried or not by a tie that the rule leaves to another election. */
  reballot: z.boolean(),
  /** Of weighted colleges together; null without one. */
  tie: tie.nullable(),
  colleges: z.array(
    z.strictObject({
      college: id,
      /** Total weight on the roll, of the ballots counted, and of each answer. */
      roll: count,
      ballots: count,
      for: count,
      against: count,
      quorate: z.boolean(),
      /** Null without one, and where colleges are weighted. */
      tie: tie.nullable(),
      /** Null where colleges are weighted. */
      carried: z.boolean().nullable(),
    }),
  ),
});

/** The total weight on the roll and of the ballots counted, and the votes for each option in manifest order. */
const college = z.strictObject({ college: id, roll: count, ballots: count, votes: z.array(count) });

/** By votes, most first, equal ones in manifest order; votes of all colleges. */
const standing = { option: id, votes: count };

const seats = z.strictObject({
  id,
  kind: z.literal('seats'),
  colleges: z.array(college),
  votes: z.array(z.strictObject(standing)),
  /** In the order in which they were. */
  elected: z.array(id),
  /** The minimum that those who could be elected allowed, and how many of the elected are in the group. */
  reserved: z.array(z.strictObject({ id, least: count, elected: count })),
  /** Options with equal votes not all of whom could be elected, in the order of the lot, or of the manifest. */
  tied: z.array(id),
  unfilled: count,
});

const order = z.strictObject({
  id,
  kind: z.literal('order'),
  colleges: z.array(college),
  /** place: one more than the number of options with more votes. */
  votes: z.array(z.strictObject({ ...standing, place: count })),
});

const consultative = z.strictObject({ id, kind: z.literal('consultative'), colleges: z.array(college) });

const exclusive = z.strictObject({
  id,
  kind: z.literal('exclusive'),
  /** The motion that is to be carried out, if any. */
  carried: id.nullable(),
  /** More than one is carried by itself. */
  both: z.boolean(),
  rules: z.array(z.strictObject({ id, carried: z.boolean(), for: count })),
});

const ratify = z.strictObject({
  id,
  kind: z.literal('ratify'),
  carried: z.boolean(),
  divided: z.boolean(),
  /** Whether each of the two elections carried it. */
  earlier: z.boolean(),
  own: z.boolean(),
});

const petition = z.strictObject({
  id,
  kind: z.literal('petition'),
  /** Voters on the roll, and how many of them have to support a motion. */
  roll: count,
  needed: count,
  /** Options and then merged motions, in manifest order. */
  motions: z.array(z.strictObject({ id, supporters: count, reached: z.boolean() })),
});

export const decisionOutcome = z.discriminatedUnion('kind', [
  motion,
  seats,
  order,
  consultative,
  exclusive,
  ratify,
  petition,
]);
export type DecisionOutcome = z.infer<typeof decisionOutcome>;
export type OutcomeOf<K extends DecisionOutcome['kind']> = Extract<DecisionOutcome, { kind: K }>;
/** One decision for each rule, in manifest order. */
export type Outcome = DecisionOutcome[];

/** The result blob: what the tally decrypts to, and what follows. */
export const resultDocument = z.strictObject({
  v: z.literal(1),
  tally: hash,
  counts: z
    .array(
      z.strictObject({ cell: z.string().max(200), ballots: count, counts: z.array(count).min(1).max(1000) }),
    )
    .min(1)
    .max(10_000),
  outcome: z.array(decisionOutcome).max(1000),
});
export type ResultDocument = z.infer<typeof resultDocument>;
