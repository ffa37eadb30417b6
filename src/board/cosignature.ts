/**
 * C2SP tlog-cosignature, Ed25519: a witness's statement that at a time the log's largest consistent tree it had
 * seen was that of a checkpoint. The cosignatures of a note are hostile; the witnesses' keys are configuration.
 *
 *     timestamped_signature = timestamp (8 bytes, big-endian) ‖ signature (64 bytes)
 *     signed message        = "cosignature/v1\n" ‖ "time " ‖ timestamp in decimal ‖ "\n" ‖ the checkpoint's text
 */
import { type Bytes, concat, toUtf8, u64 } from '../crypto/bytes.ts';
import * as ed25519 from '../crypto/ed25519.ts';
import { BoardError } from './errors.ts';
import { checkInteger } from './merkle.ts';
import {
  COSIGNATURE,
  encodeNote,
  type NoteVerifier,
  parseNote,
  type VerifierKey,
  verifierKey,
  verifySignatures,
} from './note.ts';

export interface Cosignature {
  readonly witness: VerifierKey;
  /** Seconds since the Epoch, of the first and the last of its cosignatures of this note. */
  readonly earliest: number;
  readonly latest: number;
}

function signedMessage(timestamp: number, text: string): Bytes {
  return toUtf8(`cosignature/v1\ntime ${timestamp}\n${text}`);
}

/** The timestamp of a signature of 72 bytes; undefined for one past 2^53, as for another length. */
function timestampOf(signature: Bytes): number | undefined {
  if (signature.length !== 8 + ed25519.SIGNATURE_BYTES) return undefined;
  const timestamp = Number(new DataView(signature.buffer, signature.byteOffset).getBigUint64(0));
  return Number.isSafeInteger(timestamp) ? timestamp : undefined;
}

/** Verifies signatures of type 0x04. */
function cosignatureVerifier(key: VerifierKey): NoteVerifier {
  if (key.type !== COSIGNATURE) throw new BoardError('bad-key', key.name, 'not a key for cosignatures');
  return {
    key,
    verify: (text, signature) => {
      const timestamp = timestampOf(signature);
      if (timestamp === undefined) return false;
      return ed25519.verify(key.publicKey, signedMessage(timestamp, text), signature.subarray(8));
    },
  };
}

/**
 * The note with one more signature line, by a witness at a time in seconds since the Epoch. Whether the tree
 * is consistent with those before is the witness's business.
 * @throws BoardError `out-of-range` for the time; as `parseNote` does.
 */
export function addCosignature(note: Bytes, name: string, key: ed25519.SigningKey, timestamp: number): Bytes {
  checkInteger(timestamp, 0, Number.MAX_SAFE_INTEGER, 'timestamp');
  const { text, signatures } = parseNote(note);
  const { id } = verifierKey(name, COSIGNATURE, ed25519.publicKeyOf(key));
  const signature = concat(u64(timestamp), ed25519.sign(key, signedMessage(timestamp, text)));
  return encodeNote({ text, signatures: [...signatures, { name, id, signature }] });
}

/**
 * The witnesses among those given that have cosigned the note, one result for each. That the note is a checkpoint of the log is `openCheckpoint`'s to verify; that a quorum is
 * reached and no time lies in the future, the caller's.
 * @throws BoardError `bad-signature` if the cosignature of a given witness does not verify; as `parseNote` does.
 */
export function openCosignatures(note: Bytes, witnesses: readonly VerifierKey[]): Cosignature[] {
  const verified = verifySignatures(parseNote(note), witnesses.map(cosignatureVerifier));
  const times = Map.groupBy(verified, ({ verifier }) => verifier.key);
  return Array.from(times, ([witness, cosignatures]) => {
    const stamps = cosignatures.flatMap(({ signature }) => timestampOf(signature) ?? []);
    return { witness, earliest: Math.min(...stamps), latest: Math.max(...stamps) };
  });
}
