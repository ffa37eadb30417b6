/**
 * Byte strings and their text forms. Every decoder takes hostile input and accepts exactly one spelling
 * of each value: what it returns encodes back to what it was given.
 *
 * base64 and base64url: RFC 4648 sections 4 and 5 with the strictness of 3.3 and 3.5. Hexadecimal: lower case.
 */
import { bytesToHex, concatBytes, hexToBytes } from '@noble/hashes/utils.js';
import { CryptoError } from './errors.ts';

export type Bytes = Uint8Array;

/** The parts, one after another, in a new array. */
export function concat(...parts: readonly Bytes[]): Bytes {
  return concatBytes(...parts);
}

/** Whether two byte strings are equal. Not constant in time: for public values only. */
export function equalBytes(a: Bytes, b: Bytes): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i += 1) if (a[i] !== b[i]) return false;
  return true;
}

export function toHex(bytes: Bytes): string {
  return bytesToHex(bytes);
}

/** @throws CryptoError `bad-encoding` unless `text` is pairs of lower-case hexadecimal digits. */
export function fromHex(text: string, where = 'hex'): Bytes {
  if (text.length % 2 !== 0 || !/^[0-9a-f]*$/.test(text)) {
    throw new CryptoError('bad-encoding', where, 'not pairs of lower-case hexadecimal digits');
  }
  return hexToBytes(text);
}

const UPPER_LOWER_DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const PAD = 0x3d;
const NOT_A_DIGIT = 0xff;

interface Alphabet {
  /** The ASCII code of each of the 64 digits. */
  readonly codes: Bytes;
  /** The value of each ASCII code, or NOT_A_DIGIT. */
  readonly values: Bytes;
}

function alphabet(digits: string): Alphabet {
  const codes = new TextEncoder().encode(digits);
  const values = new Uint8Array(256).fill(NOT_A_DIGIT);
  codes.forEach((code, value) => {
    values[code] = value;
  });
  return { codes, values };
}

const STANDARD = alphabet(`${UPPER_LOWER_DIGITS}+/`);
const URL_SAFE = alphabet(`${UPPER_LOWER_DIGITS}-_`);
const ascii = new TextDecoder('utf-8');

/** Three bytes become four digits; one or two bytes at the end become two or three. */
function encodeDigits(bytes: Bytes, { codes }: Alphabet, padded: boolean): string {
  const digits = Math.ceil((bytes.length * 4) / 3);
  const out = new Uint8Array(padded ? Math.ceil(digits / 4) * 4 : digits).fill(PAD);
  const digit = (value: number): number => codes[value & 63] ?? 0;
  for (let i = 0, o = 0; i < bytes.length; i += 3) {
    const left = bytes.length - i;
    const group = ((bytes[i] ?? 0) << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    out[o++] = digit(group >> 18);
    out[o++] = digit(group >> 12);
    if (left > 1) out[o++] = digit(group >> 6);
    if (left > 2) out[o++] = digit(group);
  }
  return ascii.decode(out);
}

/** The bytes that `length` leading digits of `text` stand for; undefined if they are not the one spelling of any. */
function decodeDigits(text: string, length: number, { values }: Alphabet): Bytes | undefined {
  const rest = length % 4;
  if (rest === 1) return undefined;
  const out = new Uint8Array(Math.floor((length * 3) / 4));
  let bits = 0;
  let group = 0;
  let o = 0;
  for (let i = 0; i < length; i += 1) {
    const value = values[text.charCodeAt(i)] ?? NOT_A_DIGIT;
    if (value === NOT_A_DIGIT) return undefined;
    group = (group << 6) | value;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      out[o++] = group >> bits;
      group &= (1 << bits) - 1;
    }
  }
  // The bits left over by a short last group are zero, or another spelling would give the same bytes.
  return group === 0 ? out : undefined;
}

/**
 * base64url that is bytes already: what `digits` ASCII codes at `at` stand for, into `out` at `to`.
 * @returns false unless they are strict base64url; then `out` may hold anything.
 */
export function readBase64Url(text: Bytes, at: number, digits: number, out: Bytes, to: number): boolean {
  const { values } = URL_SAFE;
  const value = (i: number): number => values[text[i] ?? 0] ?? NOT_A_DIGIT;
  const whole = at + digits - (digits % 4);
  let all = 0;
  let i = at;
  let o = to;
  for (; i < whole; i += 4, o += 3) {
    const [a, b, c, d] = [value(i), value(i + 1), value(i + 2), value(i + 3)];
    all |= a | b | c | d;
    out[o] = (a << 2) | (b >> 4);
    out[o + 1] = (b << 4) | (c >> 2);
    out[o + 2] = (c << 6) | d;
  }
  // NOT_A_DIGIT alone has its highest bit set.
  if (all > 63) return false;
  const rest = digits % 4;
  if (rest === 0) return true;
  const [a, b, c] = [value(i), value(i + 1), rest === 3 ? value(i + 2) : 0];
  const spare = rest === 3 ? c & 3 : b & 15;
  if ((a | b | c) > 63 || rest === 1 || spare !== 0) return false;
  out[o] = (a << 2) | (b >> 4);
  if (rest === 3) out[o + 1] = (b << 4) | (c >> 2);
  return true;
}

/** base64url as ASCII codes: the digits of `size` bytes at `at`, into `out` at `to`. */
export function writeBase64Url(bytes: Bytes, at: number, size: number, out: Bytes, to: number): void {
  const { codes } = URL_SAFE;
  let bits = 0;
  let group = 0;
  let o = to;
  for (let i = at; i < at + size; i += 1) {
    group = (group << 8) | (bytes[i] ?? 0);
    for (bits += 8; bits >= 6; bits -= 6) out[o++] = codes[(group >> (bits - 6)) & 63] ?? 0;
    group &= 63;
  }
  if (bits > 0) out[o] = codes[(group << (6 - bits)) & 63] ?? 0;
}

/** Standard base64 with padding. */
export function toBase64(bytes: Bytes): string {
  return encodeDigits(bytes, STANDARD, true);
}

/** @throws CryptoError `bad-encoding` unless `text` is standard base64, padded, with no bit to spare. */
export function fromBase64(text: string, where = 'base64'): Bytes {
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  const bytes = text.length % 4 === 0 ? decodeDigits(text, text.length - padding, STANDARD) : undefined;
  if (bytes === undefined) throw new CryptoError('bad-encoding', where, 'not strict base64 with padding');
  return bytes;
}

/** base64url without padding. */
export function toBase64Url(bytes: Bytes): string {
  return encodeDigits(bytes, URL_SAFE, false);
}

/** @throws CryptoError `bad-encoding` unless `text` is base64url, not padded, with no bit to spare. */
export function fromBase64Url(text: string, where = 'base64url'): Bytes {
  const bytes = decodeDigits(text, text.length, URL_SAFE);
  if (bytes === undefined) {
    throw new CryptoError('bad-encoding', where, 'not strict base64url without padding');
  }
  return bytes;
}

function bigEndian(value: number | bigint, size: number, where: string): Bytes {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 && value < 2 ** (8 * size)) {
    const bytes = new Uint8Array(size);
    for (let i = size - 1, rest = value; i >= 0; i -= 1, rest = Math.floor(rest / 256)) bytes[i] = rest % 256;
    return bytes;
  }
  const whole = typeof value === 'bigint' || Number.isSafeInteger(value);
  const n = whole ? BigInt(value) : -1n;
  if (n < 0n || n >= 1n << BigInt(8 * size)) {
    throw new CryptoError('out-of-range', where, `not an integer of ${8 * size} bits`);
  }
  const wide = new DataView(new ArrayBuffer(8));
  wide.setBigUint64(0, n);
  return new Uint8Array(wide.buffer, 8 - size);
}

/** Two bytes, big-endian. @throws CryptoError `out-of-range`. */
export function u16(value: number, where = 'u16'): Bytes {
  return bigEndian(value, 2, where);
}

/** Four bytes, big-endian. @throws CryptoError `out-of-range`. */
export function u32(value: number, where = 'u32'): Bytes {
  return bigEndian(value, 4, where);
}

/** Eight bytes, big-endian. @throws CryptoError `out-of-range`; a number has to be a safe integer. */
export function u64(value: number | bigint, where = 'u64'): Bytes {
  return bigEndian(value, 8, where);
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** @throws CryptoError `bad-encoding` if `text` has a lone surrogate, which UTF-8 cannot carry. */
export function toUtf8(text: string, where = 'text'): Bytes {
  if (!text.isWellFormed()) throw new CryptoError('bad-encoding', where, 'a lone surrogate');
  return new TextEncoder().encode(text);
}

/** @throws CryptoError `bad-encoding` unless `bytes` is well-formed UTF-8. A leading U+FEFF is kept. */
export function fromUtf8(bytes: Bytes, where = 'text'): string {
  try {
    return utf8.decode(bytes);
  } catch {
    throw new CryptoError('bad-encoding', where, 'not UTF-8');
  }
}
