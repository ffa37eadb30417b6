/** The files of a published record (docs/protocol.md §8.2), made from log and store as they are asked for. */
import { BoardError } from '../board/errors.ts';
import {
  encodeEntryBundle,
  encodeHashTile,
  isTileOf,
  parseTilePath,
  TILE_WIDTH,
  type Tile,
} from '../board/tiles.ts';
import type { Bytes } from '../crypto/bytes.ts';
import { DISPUTES_PATH, disputePath, encodeDisputeList } from '../record/filed-disputes.ts';
import { encodeMoments, MOMENTS_PATH } from '../record/moments.ts';
import { blobPath, CHECKPOINT_PATH } from '../record/record-source.ts';
import type { ElectionLog } from './election-log.ts';
import { Problem } from './problem.ts';
import type { RecordStore } from './store/record-store.ts';

export interface RecordFile {
  readonly bytes: Bytes;
  readonly type: string;
  /** Never changes; only checkpoint, moments and the list of disputes do. */
  readonly immutable: boolean;
}

const OCTETS = 'application/octet-stream';

/** @throws Problem `unknown-resource`. */
export function recordFile(log: ElectionLog, store: RecordStore, path: string): RecordFile {
  if (path === CHECKPOINT_PATH) {
    const note = store.latestCheckpoint(log.election)?.note;
    if (note === undefined) throw new Problem('unknown-resource');
    return { bytes: note, type: 'text/plain; charset=utf-8', immutable: false };
  }
  if (path === MOMENTS_PATH)
    return { bytes: encodeMoments(log.moments), type: 'application/json', immutable: false };
  if (path === DISPUTES_PATH) {
    const bytes = encodeDisputeList(store.disputeNames(log.election));
    return { bytes, type: 'application/json', immutable: false };
  }
  const dispute = disputePath('');
  if (path.startsWith(dispute)) {
    const filed = store.dispute(log.election, path.slice(dispute.length));
    if (filed === undefined) throw new Problem('unknown-resource');
    return { bytes: filed.bytes, type: 'application/json', immutable: true };
  }
  const blob = blobPath('');
  if (path.startsWith(blob)) {
    const bytes = store.blob(log.election, path.slice(blob.length));
    if (bytes === undefined) throw new Problem('unknown-resource');
    return { bytes, type: OCTETS, immutable: true };
  }
  return { bytes: tileBytes(log, store, tileOf(log, path)), type: OCTETS, immutable: true };
}

function tileOf(log: ElectionLog, path: string): Tile {
  try {
    const tile = parseTilePath(path);
    if (isTileOf(log.state.tree.size, tile)) return tile;
  } catch (error) {
    if (!(error instanceof BoardError)) throw error;
  }
  throw new Problem('unknown-resource');
}

function tileBytes({ election, state }: ElectionLog, store: RecordStore, tile: Tile): Bytes {
  if (tile.level !== 'entries') return encodeHashTile(tile, state.tree.node);
  const first = tile.index * TILE_WIDTH;
  return encodeEntryBundle(store.entryBytes(election, first, first + tile.width));
}
