/**
 * The body of a `ballot` entry and of a `check` entry (docs/protocol.md §6). Input is hostile.
 * Whether points decode and the proof holds is checked by `check-ballot.ts`.
 */
import { z } from 'zod';
import { base64urlOf, base64urlOfMany, count, element, hash, id, positive } from '../codec/fields.ts';
import { MAX_CONTESTS, MAX_FIELD_BYTES, MAX_VALUES } from './ballot-limits.ts';

/** Link to the voter's latest earlier entry, if any. */
export const previous = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('none') }),
  z.strictObject({ kind: z.literal('ballot'), leaf: hash }),
  z.strictObject({ kind: z.literal('replacement'), leaf: hash }),
]);

const votedContest = z.discriminatedUnion('mode', [
  /** α₁‖β₁‖α₂‖β₂… of its values, in order. */
  z.strictObject({ id, mode: z.literal('secret'), ciphertexts: base64urlOfMany(64, MAX_FIELD_BYTES) }),
  z.strictObject({ id, mode: z.literal('recorded'), choices: z.array(count.max(100)).max(MAX_VALUES) }),
]);

export const ballotBody = z.strictObject({
  ctx: hash,
  college: id,
  weight: positive,
  P: element,
  prev: previous,
  part: z.strictObject({ i: z.literal(1), of: z.literal(1) }),
  /** The contests of this college, in manifest order. */
  contests: z.array(votedContest).min(1).max(MAX_CONTESTS),
  proof: base64urlOfMany(32, MAX_FIELD_BYTES),
});

export const checkBody = z.strictObject({
  ctx: hash,
  P: element,
  /** Fingerprint of the ballot that was opened, and may never be cast. */
  F: hash,
  proof: base64urlOf(64),
});

export type Previous = z.infer<typeof previous>;
export type BallotBody = z.infer<typeof ballotBody>;
export type VotedContest = BallotBody['contests'][number];
export type CheckBody = z.infer<typeof checkBody>;

/** The envelopes: see `ballotEntry` and `checkEntry` of the record's entries. */
export type BallotEntry = {
  readonly v: 1;
  readonly type: 'ballot';
  readonly election: string;
  readonly body: BallotBody;
  readonly ext: Record<string, never>;
};
export type CheckEntry = {
  readonly v: 1;
  readonly type: 'check';
  readonly election: string;
  readonly body: CheckBody;
  readonly ext: Record<string, never>;
};
