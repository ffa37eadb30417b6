/**
 * A ballot token as a person types it: docs/protocol.md §3. 128 random bits and an issuer number, with check
 * symbols, in Crockford base32. Who has the token has the vote. Input is hostile.
 */
import { randomBytes } from '@noble/hashes/utils.js';
import { type Bytes, concat } from '../crypto/bytes.ts';
import type { RandomSource } from '../crypto/scalar.ts';
import { TAGS } from '../crypto/tags.ts';
import { hash256 } from '../crypto/transcript.ts';
import { BallotError } from './errors.ts';

export interface Token {
  /** T, 16 bytes. */
  readonly secret: Bytes;
  /** s; this version knows 0 alone. */
  readonly issuer: number;
}

const SECRET_BYTES = 16;
const ISSUER_BITS = 2n;
const CHECK_BITS = 10n;
const SYMBOLS = 28;
const GROUP = /.{4}(?=.)/g;

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** The value of each symbol as a reader may meet it: either case, and the letters that look like digits. */
const VALUES: ReadonlyMap<string, bigint> = new Map(
  `${ALPHABET}ILO`.split('').flatMap((symbol, i) => {
    const value = BigInt(i < ALPHABET.length ? i : symbol === 'O' ? 0 : 1);
    return [[symbol, value] as const, [symbol.toLowerCase(), value] as const];
  }),
);

const toNumber = (bytes: Bytes): bigint => bytes.reduce((n, byte) => (n << 8n) | BigInt(byte), 0n);

/** The first 10 bits of H256(token-check, T ‖ u8(s)). */
function checkBits({ secret, issuer }: Token): bigint {
  return toNumber(hash256(TAGS.tokenCheck, concat(secret, Uint8Array.of(issuer))).subarray(0, 2)) >> 6n;
}

/** 28 symbols in seven groups of four, joined by hyphens. */
export function encodeToken(token: Token): string {
  const named = (toNumber(token.secret) << ISSUER_BITS) | BigInt(token.issuer);
  const bits = (named << CHECK_BITS) | checkBits(token);
  const symbols = Array.from({ length: SYMBOLS }, (_, i) =>
    ALPHABET.charAt(Number((bits >> BigInt(5 * (SYMBOLS - 1 - i))) & 31n)),
  );
  return symbols.join('').replace(GROUP, '$&-');
}

/**
 * Case, spaces and hyphens do not matter.
 * @throws BallotError `bad-token`; its message never repeats what was typed.
 */
export function parseToken(text: string): Token {
  const symbols = text.replace(/[ -]/g, '').split('');
  if (symbols.length !== SYMBOLS) {
    throw new BallotError('bad-token', 'token', `${symbols.length} symbols instead of ${SYMBOLS}`);
  }
  const bits = symbols.reduce((n, symbol, i) => {
    const value = VALUES.get(symbol);
    if (value === undefined)
      throw new BallotError('bad-token', 'token', `symbol ${i + 1} is not in the alphabet`);
    return (n << 5n) | value;
  }, 0n);
  const named = bits >> CHECK_BITS;
  const number = named >> ISSUER_BITS;
  const secret = Uint8Array.from({ length: SECRET_BYTES }, (_, i) =>
    Number((number >> BigInt(8 * (SECRET_BYTES - 1 - i))) & 255n),
  );
  const token = { secret, issuer: Number(named & 3n) };
  if (checkBits(token) !== (bits & 1023n))
    throw new BallotError('bad-token', 'token', 'the check symbols do not fit');
  if (token.issuer !== 0)
    throw new BallotError('bad-token', 'token', 'of an issuer that this version does not know');
  return token;
}

/** A new token of issuer 0. */
export function drawToken(random: RandomSource = randomBytes): Token {
  return { secret: random(SECRET_BYTES), issuer: 0 };
}

/** Seven groups of four, where no word goes on before or after; between them whatever comes there when a text is copied or wrapped. */
const GROUPS = /(?<![0-9a-z])(?=([0-9a-z]{4}(?:[^0-9a-z]{0,8}[0-9a-z]{4}){6})(?![0-9a-z]))/gi;
const BETWEEN = /[^0-9a-z]/gi;

/** Whether a text that is to be published tells a token. */
export function tellsToken(text: string): boolean {
  return [...text.matchAll(GROUPS)].some(([, groups = '']) => {
    try {
      parseToken(groups.replace(BETWEEN, ''));
      return true;
    } catch {
      return false;
    }
  });
}
