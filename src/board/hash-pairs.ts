/** Inner nodes of a Merkle tree (RFC 6962 section 2.1), many at a time, in the kernel: for logs and rolls of millions. */
import { sha256 } from '@noble/hashes/sha2.js';
import type { Bytes } from '../crypto/bytes.ts';
import { wasmKernel } from '../crypto/kernel/wasm.ts';
import { HASH_BYTES } from './merkle.ts';

const NODE = 0x01;
const NODE_BYTES = 1 + 2 * HASH_BYTES;
/** Fewer are hashed before a kernel has been called. */
const WORTH_A_KERNEL = 16;

/** SHA-256(0x01 ‖ left ‖ right) of each two neighbours among an even number of hashes, side by side. */
export function hashPairs(hashes: Bytes): Bytes {
  const pairs = hashes.length / (2 * HASH_BYTES);
  const messages = new Uint8Array(pairs * NODE_BYTES);
  for (let i = 0; i < pairs; i += 1) {
    messages[i * NODE_BYTES] = NODE;
    messages.set(hashes.subarray(2 * HASH_BYTES * i, 2 * HASH_BYTES * (i + 1)), i * NODE_BYTES + 1);
  }
  if (pairs >= WORTH_A_KERNEL) return wasmKernel.hashEach(messages, NODE_BYTES, 'sha256');
  const out = new Uint8Array(pairs * HASH_BYTES);
  for (let i = 0; i < pairs; i += 1) {
    out.set(sha256(messages.subarray(i * NODE_BYTES, (i + 1) * NODE_BYTES)), i * HASH_BYTES);
  }
  return out;
}
