/** The challenges and fingerprints of many ballots at once, as ballot-statement.ts gives them one by one. */
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
 * @returns C of each, 64 bytes each, and e, 32 bytes each.
 */
export function ballotChallenges(
  kernel: Kernel,
  statements: Bytes,
  commitments: Bytes,
  size: number,
): { readonly hashedCommitments: Bytes; readonly challenges: Bytes } {
  const frame = framed(toUtf8(TAGS.ballotCommitments), new Uint8Array(size));
  const head = frame.subarray(0, frame.length - size);
  const hashedCommitments = kernel.hashEach(
    wrapEach(commitments, size, head, new Uint8Array()),
    frame.length,
  );
  const both = new Uint8Array(2 * statements.length);
  for (let at = 0; at < statements.length; at += HASH_BYTES) {
    both.set(statements.subarray(at, at + HASH_BYTES), 2 * at);
    both.set(hashedCommitments.subarray(at, at + HASH_BYTES), 2 * at + HASH_BYTES);
  }
  const challenges = hashEachToScalar(kernel, TAGS.ballotChallenge, both, 2 * HASH_BYTES);
  return { hashedCommitments, challenges };
}

/** F of each, 32 bytes each, from M and C of each. */
export function ballotFingerprints(kernel: Kernel, statements: Bytes, hashedCommitments: Bytes): Bytes {
  const none = new Uint8Array(HASH_BYTES);
  const frame = framed(toUtf8(TAGS.ballotFingerprint), none, none);
  const count = statements.length / HASH_BYTES;
  const messages = new Uint8Array(count * frame.length);
  const ofC = frame.length - HASH_BYTES;
  // Before each part is its length, in four bytes.
  const ofM = ofC - 4 - HASH_BYTES;
  for (let i = 0; i < count; i += 1) {
    messages.set(frame, i * frame.length);
    messages.set(statements.subarray(i * HASH_BYTES, (i + 1) * HASH_BYTES), i * frame.length + ofM);
    messages.set(hashedCommitments.subarray(i * HASH_BYTES, (i + 1) * HASH_BYTES), i * frame.length + ofC);
  }
  return kernel.hashEach(messages, frame.length, 'sha512_256');
}
