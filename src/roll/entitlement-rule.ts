/**
 * How many delegates a body is entitled to, as data in the manifest (docs/protocol.md §4.2).
 * "2 per 100 members or any part thereof" is {seats: 2, per: 100}: seats × ⌈members / per⌉.
 */
import { z } from 'zod';
import { count, id, positive } from '../codec/fields.ts';

export const entitlementRule = z.strictObject({
  /** The college whose published counts are the basis. */
  from: id,
  seats: positive.max(1000),
  per: positive.max(1_000_000),
  /** Members outside any branch, per region: at the same rate, or not at all. */
  unattached: z.enum(['same-rate', 'none']),
  /** Delegates of each affiliate, whatever its size. */
  affiliates: count.max(1000),
});

export type EntitlementRule = z.infer<typeof entitlementRule>;
