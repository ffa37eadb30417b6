/**
 * What a contest asks, as the manifest says it: docs/protocol.md §4.1, §6.2. What it allows a ballot to hold is in
 * clauses.ts, what is counted of it in columns.ts, how people say it in choices.ts.
 */
import { z } from 'zod';
import { count, id, positive } from '../codec/fields.ts';

/** min … max of the options are chosen, each at most once, or none at all where a ballot may be left blank. */
const choose = z.strictObject({
  kind: z.literal('choose'),
  min: count.max(100),
  max: positive.max(100),
  blank: z.boolean(),
});

/** Each option gets 0 … max. */
const score = z.strictObject({ kind: z.literal('score'), max: positive.max(100) });

/** As many options as there are points are put in order; the first place gives the first number, and so on. */
const ranking = z.strictObject({
  kind: z.literal('ranking'),
  points: z.array(count.max(1000)).min(1).max(100),
  blank: z.boolean(),
});

/** A card vote: the weight of the ballot is divided among the options, and what is left is unused. */
const split = z.strictObject({ kind: z.literal('split') });

/** A petition: any of the motions are supported. A merged motion has the support of whoever supports one of its parts. */
const support = z.strictObject({
  kind: z.literal('support'),
  merged: z.array(z.strictObject({ id, parts: z.array(id).min(2).max(100) })).max(100),
});

export const shape = z.discriminatedUnion('kind', [choose, score, ranking, split, support]);
export type Shape = z.infer<typeof shape>;
