/** `hash256` of many lists of parts at once, in the kernel: for what is public and much. */
import { type Bytes, toUtf8 } from '../bytes.ts';
import { framed } from '../transcript.ts';
import type { Kernel } from './kernel.ts';

const HASH_BYTES = 32;
const LENGTH_BYTES = 4;

/** The frame of a list, and where each part is in it. */
function layout(tag: string, parts: readonly Bytes[]): { frame: Bytes; places: number[] } {
  const frame = framed(toUtf8(tag, 'tag'), ...parts);
  let at = LENGTH_BYTES + toUtf8(tag).length;
  const places = parts.map(({ length }) => {
    at += LENGTH_BYTES + length;
    return at - length;
  });
  return { frame, places };
}

/** Lists alike in the lengths of their parts. */
function hashAlike(kernel: Kernel, tag: string, lists: readonly (readonly Bytes[])[]): Bytes {
  const { frame, places } = layout(tag, lists[0] ?? []);
  const messages = new Uint8Array(lists.length * frame.length);
  lists.forEach((parts, i) => {
    const start = i * frame.length;
    messages.set(frame, start);
    parts.forEach((part, j) => messages.set(part, start + (places[j] ?? 0)));
  });
  return kernel.hashEach(messages, frame.length, 'sha256');
}

/** 32 bytes of each list, in order. */
export function hash256Each(kernel: Kernel, tag: string, lists: readonly (readonly Bytes[])[]): Bytes[] {
  const hashes: Bytes[] = [];
  const alike = Map.groupBy(lists.keys(), (i) => (lists[i] ?? []).map(({ length }) => length).join());
  for (const places of alike.values()) {
    const own = hashAlike(
      kernel,
      tag,
      places.map((i) => lists[i] ?? []),
    );
    places.forEach((place, i) => {
      hashes[place] = own.subarray(i * HASH_BYTES, (i + 1) * HASH_BYTES);
    });
  }
  return hashes;
}
