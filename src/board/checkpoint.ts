/**
 * C2SP tlog-checkpoint: the head of a log's tree as a signed note. The log's key has the log's origin as its
 * name. Extension lines, which no monitor could audit, are refused.
 *
 *     <origin>
 *     <tree size>
 *     <root hash in base64>
 */
import { type Bytes, equalBytes, fromBase64, toBase64 } from '../crypto/bytes.ts';
import type { SigningKey } from '../crypto/ed25519.ts';
import { BoardError, decoding } from './errors.ts';
import { checkHash, checkInteger, EMPTY_ROOT } from './merkle.ts';
import { checkText, encodeNote, noteVerifier, openNote, signText, type VerifierKey } from './note.ts';

export interface Checkpoint {
  /** The name of the log. */
  readonly origin: string;
  /** The number of entries. */
  readonly size: number;
  /** The root of their Merkle tree, 32 bytes. */
  readonly root: Bytes;
}

/** @throws BoardError `bad-encoding`, `out-of-range` or `bad-length` with the field that cannot be. */
function checkCheckpoint({ origin, size, root }: Checkpoint): void {
  checkText(origin, 'origin');
  if (origin === '' || origin.includes('\n')) throw new BoardError('bad-encoding', 'origin', 'not a line');
  checkInteger(size, 0, Number.MAX_SAFE_INTEGER, 'size');
  checkHash(root, 'root');
  if (size === 0 && !equalBytes(root, EMPTY_ROOT)) {
    throw new BoardError('wrong-hash', 'root', 'not the root of the empty tree');
  }
}

/** The text of a checkpoint, ending in a newline. */
export function encodeCheckpoint(checkpoint: Checkpoint): string {
  checkCheckpoint(checkpoint);
  return `${checkpoint.origin}\n${checkpoint.size}\n${toBase64(checkpoint.root)}\n`;
}

/** @throws BoardError `bad-encoding`, `bad-length`, `out-of-range` or `wrong-hash`, with the field. */
export function parseCheckpoint(text: string): Checkpoint {
  const lines = text.split('\n');
  const [origin, size, root, end] = lines;
  if (lines.length !== 4 || origin === undefined || size === undefined || root === undefined || end !== '') {
    throw new BoardError('bad-encoding', 'checkpoint', 'not three lines');
  }
  if (!/^(0|[1-9]\d{0,15})$/.test(size)) {
    throw new BoardError('bad-encoding', 'size', 'not a decimal number without leading zeroes');
  }
  const checkpoint = {
    origin,
    size: Number(size),
    root: decoding('bad-encoding', 'root', () => fromBase64(root)),
  };
  checkCheckpoint(checkpoint);
  return checkpoint;
}

/** The checkpoint as a note with the log's signature; its origin is the key's name. */
export function signCheckpoint(checkpoint: Checkpoint, key: SigningKey): Bytes {
  const text = encodeCheckpoint(checkpoint);
  return encodeNote({ text, signatures: [signText(text, checkpoint.origin, key)] });
}

/**
 * The checkpoint in a note that the log has signed. Other signatures, cosignatures among them, are passed over.
 * @throws BoardError as `openNote` and `parseCheckpoint` do; `wrong-origin` for a checkpoint of another log.
 */
export function openCheckpoint(note: Bytes, logKey: VerifierKey): Checkpoint {
  const checkpoint = parseCheckpoint(openNote(note, [noteVerifier(logKey)]));
  if (checkpoint.origin !== logKey.name) {
    throw new BoardError('wrong-origin', 'origin', `${JSON.stringify(checkpoint.origin)} is another log`);
  }
  return checkpoint;
}
