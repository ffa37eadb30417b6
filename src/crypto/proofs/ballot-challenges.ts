/** The challenges of many ballots at once, as `ballotChallenge` gives them one by one. */
import { type Bytes, concat, toUtf8 } from '../bytes.ts';
import type { Kernel } from '../kernel/kernel.ts';
import { TAGS } from '../tags.ts';
import { framed } from '../transcript.ts';

const HASH_BYTES = 64;
const BLOCK_BYTES = 128;

/** Each part of `size` bytes between `before` and `after`. */
function wrapEach(parts: Bytes, size: number, before: Bytes, after: Bytes): Bytes {
  const length = before.length + size + after.length;
  const count = parts.length / size;
  const out = new Uint8Array(count * length);
  for (let i = 0; i < count; i += 1) {
    out.set(before, i * length);
    out.set(parts.subarray(i * size, (i + 1) * size), i * length + before.length);
    out.set(after, (i + 1) * length - after.length);
  }
  return out;
}

/**
 * HashToScalar of messages of `size` bytes, to 32 bytes each. The output of expand_message_xmd (RFC 9380 section
 * 5.3.1) of one hash's length is b_1 = H(b_0 ‖ 1 ‖ DST_prime), where b_0 = H(Z_pad ‖ message ‖ 0, 64 ‖ 0 ‖ DST_prime).
 */
function hashEachToScalar(kernel: Kernel, tag: string, messages: Bytes, size: number): Bytes {
  const dst = toUtf8(tag);
  const dstPrime = concat(dst, Uint8Array.of(dst.length));
  const padding = new Uint8Array(BLOCK_BYTES);
  const before = wrapEach(messages, size, padding, concat(Uint8Array.of(0, HASH_BYTES, 0), dstPrime));
  const b0 = kernel.hashEach(before, padding.length + size + 3 + dstPrime.length);
  const last = concat(Uint8Array.of(1), dstPrime);
  return kernel.reduceEach(
    kernel.hashEach(wrapEach(b0, HASH_BYTES, new Uint8Array(), last), HASH_BYTES + last.length),
  );
}

/**
 * @param statements M of each ballot, 64 bytes each.
 * @param commitments K of each, `size` bytes each.
 * @returns e of each, 32 bytes each.
 */
export function ballotChallenges(kernel: Kernel, statements: Bytes, commitments: Bytes, size: number): Bytes {
  const frame = framed(toUtf8(TAGS.ballotCommitments), new Uint8Array(size));
  const head = frame.subarray(0, frame.length - size);
  const C = kernel.hashEach(wrapEach(commitments, size, head, new Uint8Array()), frame.length);
  const both = new Uint8Array(2 * C.length);
  for (let at = 0; at < C.length; at += HASH_BYTES) {
    both.set(statements.subarray(at, at + HASH_BYTES), 2 * at);
    both.set(C.subarray(at, at + HASH_BYTES), 2 * at + HASH_BYTES);
  }
  return hashEachToScalar(kernel, TAGS.ballotChallenge, both, 2 * HASH_BYTES);
}
