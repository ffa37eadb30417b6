/**
 * The published roll: who may vote, in pseudonyms, and how many members each body has (docs/protocol.md §4.2).
 * Input is hostile.
 */
import { z } from 'zod';
import { count, element, hash, id, positive, unixTime } from '../codec/fields.ts';
import { MOST_MEMBERS } from './entitlement-rule.ts';

/** Of a recorded college that is not a petition's; null in others. */
const name = z.string().min(1).max(300).nullable();

export const rollBody = z.strictObject({
  id,
  /** A strand (youth, students, a liberation group) has members whatever their branch; an affiliate joins as a body. */
  kind: z.enum(['region', 'branch', 'strand', 'affiliate']),
  /** A branch's region; null for all others. */
  region: id.nullable(),
  /** Members that an affiliate declares, or null; null for all others. */
  size: count.max(MOST_MEMBERS).nullable(),
});

export const rollLine = z.strictObject({
  /** The credential's public key; lines are sorted by its bytes, and the place (from 1) is the voter number. */
  P: element,
  college: id,
  weight: positive,
  /** Bodies this voter belongs to or represents, sorted, without those too small to name. */
  bodies: z.array(id).max(20),
  name,
  /** The election, contest and option that chose a delegate. */
  chosen: z.strictObject({ election: hash, contest: id, option: id }).nullable(),
  /** How the body told its delegate to vote, by contest; only in recorded colleges. */
  mandates: z
    .array(z.strictObject({ contest: id, option: id }))
    .min(1)
    .max(1000)
    .nullable(),
  /** Who may be put in a delegate's place, in this order. */
  substitutes: z.array(z.strictObject({ P: element, name })).max(5),
});

export const rollDocument = z.strictObject({
  v: z.literal(1),
  election: hash,
  /** The roll is of the members as they were then. */
  frozen: unixTime,
  bodies: z.array(rollBody).max(10_000),
  /** Exact numbers of voters per college and body, sorted by college, then body; none is zero. */
  counts: z.array(z.strictObject({ college: id, body: id, n: count })).max(1_000_000),
  lines: z.array(rollLine).min(1).max(5_000_000),
});

export type RollBody = z.infer<typeof rollBody>;
export type RollLine = z.infer<typeof rollLine>;
export type RollCount = RollDocument['counts'][number];
export type RollDocument = z.infer<typeof rollDocument>;
