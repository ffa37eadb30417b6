/**
 * RFC 8785 canonical JSON, restricted to what the record uses: objects, arrays, strings of well-formed
 * Unicode, safe integers, booleans and null. Input to `parseCanonical` is hostile.
 */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

export class CodecError extends Error {
  override readonly name = 'CodecError';
  readonly code: 'not-utf8' | 'not-json' | 'not-canonical' | 'not-representable';
  constructor(code: CodecError['code'], message: string) {
    super(message);
    this.code = code;
  }
}

const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const utf8 = new TextEncoder();

function serialise(value: Json): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'number') {
    // Safe integers only: every reader, in any language, sees the same number (RFC 8785 §3.2.2.3 note).
    if (!Number.isSafeInteger(value) || Object.is(value, -0))
      throw new CodecError('not-representable', `number ${value} is not a safe integer`);
    return String(value);
  }
  if (typeof value === 'string') {
    if (!value.isWellFormed()) throw new CodecError('not-representable', 'string with a lone surrogate');
    return JSON.stringify(value);
  }
  if (Array.isArray(value)) return `[${value.map(serialise).join(',')}]`;
  // RFC 8785 §3.2.3: keys sorted as UTF-16 code units, which is JavaScript's own order of strings.
  const object = value as { readonly [key: string]: Json };
  const keys = Object.keys(object).sort();
  // Schemas pass over this key in JavaScript without a word; no format has it.
  if (keys.includes('__proto__')) throw new CodecError('not-representable', 'the key __proto__');
  return `{${keys.map((key) => `${serialise(key)}:${serialise(object[key] as Json)}`).join(',')}}`;
}

/** The RFC 8785 bytes of a value. Throws CodecError for what has no such form here (floats, undefined, lone surrogates, a key __proto__). */
export function encodeCanonical(value: Json): Uint8Array {
  return utf8.encode(serialise(value));
}

/**
 * Parses bytes that must *be* the canonical form of what they parse to; so duplicate keys, other spellings of
 * numbers and strings, white space, and unsafe integers are all refused.
 */
export function parseCanonical(bytes: Uint8Array): Json {
  let text: string;
  try {
    text = strictUtf8.decode(bytes);
  } catch {
    throw new CodecError('not-utf8', 'bytes are not UTF-8');
  }
  let value: Json;
  try {
    value = JSON.parse(text) as Json;
  } catch {
    throw new CodecError('not-json', 'text is not JSON');
  }
  let again: string;
  try {
    again = serialise(value);
  } catch (error) {
    if (error instanceof CodecError) throw error;
    throw new CodecError('not-json', 'JSON is nested too deeply');
  }
  if (again !== text) throw new CodecError('not-canonical', 'text is not the RFC 8785 form of its value');
  return value;
}
