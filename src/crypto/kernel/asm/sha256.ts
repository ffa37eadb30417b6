/** SHA-256, FIPS 180-4 section 6.2, of four public messages of one length at a time, one in each lane of a v128. */

/** Section 4.2.2. */
const K = memory.data<u32>([
  0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5, 0xd807aa98,
  0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786,
  0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da, 0x983e5152, 0xa831c66d, 0xb00327c8,
  0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967, 0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13,
  0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819,
  0xd6990624, 0xf40e3585, 0x106aa070, 0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a,
  0x5b9cca4f, 0x682e6ff3, 0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7,
  0xc67178f2,
]);

/** Section 5.3.3. */
const START = memory.data<u32>([
  0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
]);

const BLOCK: i32 = 64;
const SCHEDULE = memory.data(1024, 16);
const STATE = memory.data(128, 16);
/** The ends of four messages, each with 0x80, zeros, and the length in bits. */
const LAST = memory.data(512, 8);
const LAST_BYTES: usize = 128;

// @ts-ignore: decorator
@inline function rotate(x: v128, n: i32): v128 {
  return v128.or(i32x4.shr_u(x, n), i32x4.shl(x, 32 - n));
}

/** A block of each message. */
function compress(block0: usize, block1: usize, block2: usize, block3: usize): void {
  for (let t: usize = 0; t < 16; t++) {
    let w = i32x4.splat(bswap<u32>(load<u32>(block0 + 4 * t)));
    w = i32x4.replace_lane(w, 1, bswap<u32>(load<u32>(block1 + 4 * t)));
    w = i32x4.replace_lane(w, 2, bswap<u32>(load<u32>(block2 + 4 * t)));
    w = i32x4.replace_lane(w, 3, bswap<u32>(load<u32>(block3 + 4 * t)));
    v128.store(SCHEDULE + 16 * t, w);
  }
  for (let at = SCHEDULE + 256; at < SCHEDULE + 1024; at += 16) {
    const w2 = v128.load(at - 32);
    const w15 = v128.load(at - 240);
    const s1 = v128.xor(v128.xor(rotate(w2, 17), rotate(w2, 19)), i32x4.shr_u(w2, 10));
    const s0 = v128.xor(v128.xor(rotate(w15, 7), rotate(w15, 18)), i32x4.shr_u(w15, 3));
    v128.store(at, i32x4.add(i32x4.add(s1, v128.load(at - 112)), i32x4.add(s0, v128.load(at - 256))));
  }
  let a = v128.load(STATE);
  let b = v128.load(STATE, 16);
  let c = v128.load(STATE, 32);
  let d = v128.load(STATE, 48);
  let e = v128.load(STATE, 64);
  let f = v128.load(STATE, 80);
  let g = v128.load(STATE, 96);
  let h = v128.load(STATE, 112);
  for (let t: usize = 0; t < 64; t++) {
    const sum1 = v128.xor(v128.xor(rotate(e, 6), rotate(e, 11)), rotate(e, 25));
    const word = i32x4.add(v128.load32_splat(K + 4 * t), v128.load(SCHEDULE + 16 * t));
    const t1 = i32x4.add(i32x4.add(h, sum1), i32x4.add(v128.bitselect(f, g, e), word));
    const sum0 = v128.xor(v128.xor(rotate(a, 2), rotate(a, 13)), rotate(a, 22));
    // The majority: c where a and b differ, a where they agree.
    const t2 = i32x4.add(sum0, v128.bitselect(c, a, v128.xor(a, b)));
    h = g;
    g = f;
    f = e;
    e = i32x4.add(d, t1);
    d = c;
    c = b;
    b = a;
    a = i32x4.add(t1, t2);
  }
  v128.store(STATE, i32x4.add(v128.load(STATE), a));
  v128.store(STATE, i32x4.add(v128.load(STATE, 16), b), 16);
  v128.store(STATE, i32x4.add(v128.load(STATE, 32), c), 32);
  v128.store(STATE, i32x4.add(v128.load(STATE, 48), d), 48);
  v128.store(STATE, i32x4.add(v128.load(STATE, 64), e), 64);
  v128.store(STATE, i32x4.add(v128.load(STATE, 80), f), 80);
  v128.store(STATE, i32x4.add(v128.load(STATE, 96), g), 96);
  v128.store(STATE, i32x4.add(v128.load(STATE, 112), h), 112);
}

/** @returns the length of what is left, padded. */
function writeLast(last: usize, message: usize, rest: i32, length: i32): i32 {
  const padded = rest < BLOCK - 8 ? BLOCK : 2 * BLOCK;
  memory.fill(last, 0, padded);
  memory.copy(last, message + (length - rest), rest);
  store<u8>(last + rest, 0x80);
  store<u64>(last + padded - 8, bswap<u64>((<u64>length) << 3));
  return padded;
}

/** 32 bytes of each to o0 … o3, which may be the same where the messages are. */
export function sha256(
  o0: usize,
  o1: usize,
  o2: usize,
  o3: usize,
  message0: usize,
  message1: usize,
  message2: usize,
  message3: usize,
  length: i32,
): void {
  for (let i: usize = 0; i < 8; i++) v128.store(STATE + 16 * i, v128.load32_splat(START + 4 * i));
  let at = 0;
  for (; at + BLOCK <= length; at += BLOCK) compress(message0 + at, message1 + at, message2 + at, message3 + at);
  const rest = length - at;
  const padded = writeLast(LAST, message0, rest, length);
  writeLast(LAST + LAST_BYTES, message1, rest, length);
  writeLast(LAST + 2 * LAST_BYTES, message2, rest, length);
  writeLast(LAST + 3 * LAST_BYTES, message3, rest, length);
  for (let block: usize = LAST; block < LAST + padded; block += BLOCK) {
    compress(block, block + LAST_BYTES, block + 2 * LAST_BYTES, block + 3 * LAST_BYTES);
  }
  for (let i: usize = 0; i < 8; i++) {
    const word = v128.load(STATE + 16 * i);
    store<u32>(o0 + 4 * i, bswap<u32>(i32x4.extract_lane(word, 0)));
    store<u32>(o1 + 4 * i, bswap<u32>(i32x4.extract_lane(word, 1)));
    store<u32>(o2 + 4 * i, bswap<u32>(i32x4.extract_lane(word, 2)));
    store<u32>(o3 + 4 * i, bswap<u32>(i32x4.extract_lane(word, 3)));
  }
}
