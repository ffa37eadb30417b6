/**
 * The published roll: who may vote, in pseudonyms, and how many members each body has (docs/protocol.md §4.2).
 * Input is hostile.
 */
import { z } from 'zod';
import { count, element, hash, id, positive } from '../codec/fields.ts';

export const rollBody = z.strictObject({
  id,
  kind: z.enum(['region', 'branch', 'affiliate']),
  /** A branch's region; null for regions and affiliates. */
  region: id.nullable(),
});

export const rollLine = z.strictObject({
  /** The credential's public key; lines are sorted by its bytes, and the place (from 1) is the voter number. */
  P: element,
  college: id,
  weight: positive,
  /** Bodies this voter belongs to or represents, sorted, without those too small to name. */
  bodies: z.array(id).max(20),
  /** Only in recorded colleges. */
  name: z.string().min(1).max(300).nullable(),
  /** The election and option that chose a delegate. */
  chosen: z.strictObject({ election: hash, option: id }).nullable(),
});

export const rollDocument = z.strictObject({
  v: z.literal(1),
  election: hash,
  bodies: z.array(rollBody).max(10_000),
  /** Exact numbers of voters per college and body, sorted by college, then body; none is zero. */
  counts: z.array(z.strictObject({ college: id, body: id, n: count })).max(1_000_000),
  lines: z.array(rollLine).min(1).max(5_000_000),
});

export type RollBody = z.infer<typeof rollBody>;
export type RollLine = z.infer<typeof rollLine>;
export type RollCount = RollDocument['counts'][number];
export type RollDocument = z.infer<typeof rollDocument>;
