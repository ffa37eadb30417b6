/** Forgeries of a worked election as patches to its files, and what a recount finds (docs/protocol.md §12). */
import { type Bytes, equalBytes, toBase64Url, toHex } from '../src/crypto/bytes.ts';
import type { RecordSource } from '../src/record/record-source.ts';
import { verifyRecord } from '../src/tally/verify/verify-record.ts';
import type { BuiltElection } from '../test/elections/built-election.ts';
import { publishedFiles, sourceOf } from '../test/elections/publish.ts';
import type { Files, Forgery } from './vector-forgeries.ts';

/** A piece of a file: bytes in base64url, or [file of the record, from, to]. */
type Piece = string | readonly [path: string, from: number, to: number];

/** Where the parts of a tile begin: entries of a bundle, hashes of another tile. */
function partsOf(path: string, bytes: Bytes): Bytes[] {
  if (!path.startsWith('tile/')) return [bytes];
  const parts: Bytes[] = [];
  const isBundle = path.startsWith('tile/entries/');
  for (let at = 0; at < bytes.length; ) {
    const length = isBundle ? 2 + 256 * (bytes[at] ?? 0) + (bytes[at + 1] ?? 0) : 32;
    parts.push(bytes.subarray(at, at + length));
    at += length;
  }
  return parts;
}

/** The file in pieces, with what the genuine tiles have taken from there. */
function piecesOf(path: string, bytes: Bytes, genuine: Files): Piece[] {
  const known = new Map<string, readonly [string, number, number]>();
  for (const [from, file] of genuine) {
    if (!from.startsWith('tile/')) continue;
    let at = 0;
    for (const part of partsOf(from, file)) {
      known.set(toHex(part), [from, at, at + part.length]);
      at += part.length;
    }
  }
  const pieces: Piece[] = [];
  for (const part of partsOf(path, bytes)) {
    const piece = known.get(toHex(part)) ?? toBase64Url(part);
    const last = pieces.at(-1);
    if (typeof piece !== 'string' && Array.isArray(last) && last[0] === piece[0] && last[2] === piece[1]) {
      pieces[pieces.length - 1] = [piece[0], last[1] as number, piece[2]];
    } else pieces.push(piece);
  }
  return pieces;
}

/** Each forgery with its patch, the check that must fail, and all that our own recount finds. */
export async function failures(built: BuiltElection, forgeries: readonly Forgery[]): Promise<object[]> {
  const genuine = await publishedFiles(built.record);
  const list: object[] = [];
  for (const [fails, what, make] of forgeries) {
    const files = await make(built);
    // A forged log has no cosignatures of its own, and keeps those of the sizes that it has not changed.
    const source: RecordSource = sourceOf(new Map([...genuine, ...files]));
    const removed = [...genuine.keys()].filter((path) => !files.has(path) && path.startsWith('blob/'));
    const patched: RecordSource = {
      read: async (path) => (removed.includes(path) ? undefined : await source.read(path)),
    };
    const { checks } = await verifyRecord(patched, { anchor: { manifest: built.election } });
    const found = checks.filter(({ status }) => status === 'fail').map(({ id }) => id);
    if (!found.includes(fails)) throw new Error(`${what}: ${fails} does not fail, but ${found.join(', ')}`);
    const changed = [...files].filter(([path, bytes]) => {
      const same = genuine.get(path);
      return same === undefined || !equalBytes(same, bytes);
    });
    const patch = [
      ...changed.map(([path, bytes]) => [path, piecesOf(path, bytes, genuine)] as const),
      ...removed.map((path) => [path, null] as const),
    ];
    list.push({ what, fails, also: found.filter((id) => id !== fails), files: Object.fromEntries(patch) });
  }
  return list;
}
