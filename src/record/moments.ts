/**
 * How long the log was when, by the clock of the server that kept it (docs/protocol.md §8.2): beside the record, signed
 * by nobody, and proof of nothing. No moment is that of a vote: of votes there is at most one an hour, the hour's start.
 */
import { z } from 'zod';
import { encodeCanonical } from '../codec/canonical-json.ts';
import { positive, unixTime } from '../codec/fields.ts';
import type { Bytes } from '../crypto/bytes.ts';
import type { ElectionState } from './election-state.ts';
import { parseDocument } from './envelope.ts';
import { RecordError } from './errors.ts';

export const MOMENTS_PATH = 'moments';
export const HOUR = 3600;

/** The log had its first `size` entries, and no others, at `time` in Unix seconds. */
export interface Moment {
  readonly size: number;
  readonly time: number;
}

const momentsDocument = z.strictObject({
  v: z.literal(1),
  moments: z.array(z.strictObject({ size: positive, time: unixTime })).max(1_000_000),
});

export function encodeMoments(moments: readonly Moment[]): Bytes {
  return encodeCanonical({ v: 1, moments: moments.map(({ size, time }) => ({ size, time })) });
}

/** @throws RecordError for another form, and for a log that shrinks or goes back in time. */
export function parseMoments(bytes: Bytes): Moment[] {
  const { moments } = parseDocument(momentsDocument, bytes, MOMENTS_PATH);
  moments.forEach(({ size, time }, i) => {
    const before = moments[i - 1];
    if (before !== undefined && (size < before.size || time < before.time))
      throw new RecordError('bad-field', `moments[${i}]`, 'goes back');
  });
  return moments;
}

/** When the entry at this index came, for an entry of a role; null where nobody noted it. */
export function timeOf(moments: readonly Moment[], index: number): number | null {
  return moments.find(({ size }) => size === index + 1)?.time ?? null;
}

/**
 * What to note of entries that are about to be appended. A server's clock may be put back: a log does not.
 * @param last the latest moment that was noted.
 * @param size of the log before them.
 */
export function momentsOf(
  last: Moment | undefined,
  { size, now, types }: { readonly size: number; readonly now: number; readonly types: readonly string[] },
): Moment[] {
  const latest = last?.time ?? 0;
  const ofRoles = types.flatMap((type, i) =>
    type === 'ballot' || type === 'check' ? [] : [{ size: size + i + 1, time: Math.max(now, latest) }],
  );
  if (ofRoles.length === types.length) return ofRoles;
  const hour = now - (now % HOUR);
  return hour > latest && size > 0 ? [{ size, time: hour }, ...ofRoles] : ofRoles;
}

/** Until when disputes can be filed, by the clock of the service that noted the result; null where there is none. */
export function disputesUntil(
  { manifest, result }: Pick<ElectionState, 'manifest' | 'result'>,
  moments: readonly Moment[],
): number | null {
  const declared = result === null ? null : timeOf(moments, result.index);
  return declared === null ? null : declared + manifest.times.disputes;
}
