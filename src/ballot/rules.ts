/**
 * The decisions of a manifest: what counts are compared with, and what follows (docs/protocol.md §4.1, §10). The
 * schema checks each field; check-rules.ts checks them against each other and against the contests. Input is hostile.
 */
import { z } from 'zod';
import { count, hash, id, positive } from '../codec/fields.ts';

const compare = z.enum(['more-than', 'at-least']);
const fraction = { p: count.max(1_000_000), q: positive.max(1_000_000) };

const threshold = z.strictObject({
  compare,
  ...fraction,
  /** for-and-against: abstentions do not count; ballots: every ballot counted; roll: everybody entitled. */
  of: z.enum(['for-and-against', 'ballots', 'roll']),
});
export type Threshold = z.infer<typeof threshold>;

/** More than half of the votes for and against: as many of each is a tie. */
export function isSimpleMajority({ compare, p, q, of }: Threshold): boolean {
  return compare === 'more-than' && 2 * p === q && of === 'for-and-against';
}

/** What a college counts for among several; the shares of a rule add up to 1. Null: all votes are added up alike. */
const share = z.strictObject({ p: positive.max(1_000_000), q: positive.max(1_000_000) });
export type Share = z.infer<typeof share>;

const motion = z.strictObject({
  id,
  kind: z.literal('motion'),
  contest: id,
  for: id,
  against: id,
  /** A threshold where each decides for itself, a share where they are weighted; the other is null. */
  colleges: z
    .array(
      z.strictObject({
        college: id,
        threshold: threshold.nullable(),
        quorum: z.strictObject(fraction),
        share: share.nullable(),
      }),
    )
    .min(1)
    .max(1000),
  combine: z.discriminatedUnion('kind', [
    /** Each decides; when some carry the motion and others do not, it falls, or the named college prevails. */
    z.strictObject({
      kind: z.literal('each'),
      divided: z.discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('falls') }),
        z.strictObject({ kind: z.literal('prevails'), college: id }),
      ]),
    }),
    /** One threshold for the sum of the colleges' shares. */
    z.strictObject({ kind: z.literal('weighted'), threshold }),
  ]),
  /** As many for as against, where more than half of these is needed. */
  tie: z.enum(['falls', 'chair', 'lot', 're-ballot']),
});
export type MotionRule = z.infer<typeof motion>;

const weighed = z
  .array(z.strictObject({ college: id, share: share.nullable() }))
  .min(1)
  .max(1000);

const seats = z.strictObject({
  id,
  kind: z.literal('seats'),
  contest: id,
  colleges: weighed,
  seats: positive.max(100),
  /** What an option has to reach to be elected, of all ballots or of all votes for options. Null: one vote. */
  needs: z.strictObject({ compare, ...fraction, of: z.enum(['ballots', 'votes']) }).nullable(),
  /** At least so many of the seats are for these options. Groups may overlap. */
  reserved: z
    .array(z.strictObject({ id, least: positive.max(100), options: z.array(id).min(1).max(100) }))
    .max(20),
  /** A tie across the last seat: drawn by lot (docs/protocol.md §9.6), or those seats stay unfilled. */
  ties: z.enum(['lot', 'unfilled']),
});
export type SeatsRule = z.infer<typeof seats>;

const colleges = z.array(id).min(1).max(1000);

/** Options by votes of all colleges; equal ones share a place. */
const order = z.strictObject({ id, kind: z.literal('order'), contest: id, colleges });
export type OrderRule = z.infer<typeof order>;

/** Counted, and binding on nobody. */
const consultative = z.strictObject({ id, kind: z.literal('consultative'), contest: id, colleges });
export type ConsultativeRule = z.infer<typeof consultative>;

/** Motions of which one at most can be carried out; the rules are listed before. */
const exclusive = z.strictObject({
  id,
  kind: z.literal('exclusive'),
  rules: z.array(id).min(2).max(100),
  both: z.enum(['run-off', 'more-votes', 'none']),
});
export type ExclusiveRule = z.infer<typeof exclusive>;

/** An earlier election's decision on the same text, and this one's; they may be divided. */
const ratify = z.strictObject({
  id,
  kind: z.literal('ratify'),
  /** A motion of this manifest, listed before. */
  own: id,
  /** The earlier election, which the manifest links to, and its decision. */
  link: hash,
  rule: id,
  /** Of the text that both decide on: `hashMotion` in texts.ts. */
  text: hash,
  divided: z.enum(['falls', 'own', 'earlier']),
});
export type RatifyRule = z.infer<typeof ratify>;

/** Each motion, and each merged one, has support enough or not. */
const petition = z.strictObject({
  id,
  kind: z.literal('petition'),
  contest: id,
  colleges,
  needed: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('number'), n: positive }),
    z.strictObject({ kind: z.literal('share'), p: positive.max(1_000_000), q: positive.max(1_000_000) }),
  ]),
});
export type PetitionRule = z.infer<typeof petition>;

export const decisionRule = z.discriminatedUnion('kind', [
  motion,
  seats,
  order,
  consultative,
  exclusive,
  ratify,
  petition,
]);
export type DecisionRule = z.infer<typeof decisionRule>;
export type ContestRule = Extract<DecisionRule, { contest: string }>;

/** The contest that a rule counts; undefined where it goes by other decisions. */
export function contestOf(rule: DecisionRule | undefined): string | undefined {
  return rule !== undefined && 'contest' in rule ? rule.contest : undefined;
}

/** The colleges whose votes a rule counts. */
export function collegesOf(rule: ContestRule): string[] {
  return rule.colleges.map((one) => (typeof one === 'string' ? one : one.college));
}
