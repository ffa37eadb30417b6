/**
 * An opened ballot as a short code for a QR picture or a link: docs/protocol.md §6.6. What the second device reads from
 * the record is left out. Codes to be parsed are hostile.
 *
 *     u8(1) ‖ u32(voter) ‖ prev ‖ C ‖ for each contest: u16(values) ‖ u8(1 with k, else 0) ‖ value… ‖ k…
 *     prev: u8(0), or u8(1 for a ballot, 2 for a replacement) ‖ leaf; each value an unsigned LEB128
 */
import { type Bytes, concat, fromBase64Url, toBase64Url, u32 } from '../crypto/bytes.ts';
import type { RollLine } from '../roll/roll-document.ts';
import type { OpenedBallot } from './ballot-check.ts';
import { type BallotContext, ballotRules } from './ballot-context.ts';
import type { Previous } from './ballot-entry.ts';
import { BallotError, decoding } from './errors.ts';

const VERSION = 1;
const KINDS = ['none', 'ballot', 'replacement'] as const;
const LEAF_BYTES = 32;
const C_BYTES = 64;

function leb128(n: number): Bytes {
  const bytes = [];
  let rest = n;
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) + 128);
  return Uint8Array.from([...bytes, rest]);
}

function encodePrevious(prev: Previous): Bytes {
  const kind = Uint8Array.of(KINDS.indexOf(prev.kind));
  return prev.kind === 'none' ? kind : concat(kind, fromBase64Url(prev.leaf));
}

/** base64url. */
export function encodeOpenedCode({ voter, prev, C, contests }: OpenedBallot): string {
  const parts = contests.flatMap(({ k, values }) => [
    Uint8Array.of(values.length >> 8, values.length & 255, k.length > 0 ? 1 : 0),
    ...values.map(leb128),
    ...k.map((text) => fromBase64Url(text)),
  ]);
  return toBase64Url(
    concat(Uint8Array.of(VERSION), u32(voter), encodePrevious(prev), fromBase64Url(C), ...parts),
  );
}

/** Takes bytes from the front. */
class Reader {
  readonly #bytes: Bytes;
  #at = 0;

  constructor(bytes: Bytes) {
    this.#bytes = bytes;
  }

  get isAtEnd(): boolean {
    return this.#at === this.#bytes.length;
  }

  take(length: number): Bytes {
    if (this.#at + length > this.#bytes.length) throw new BallotError('bad-form', 'code', 'ends too early');
    this.#at += length;
    return this.#bytes.slice(this.#at - length, this.#at);
  }

  number(length: number): number {
    return this.take(length).reduce((n, byte) => n * 256 + byte, 0);
  }

  value(): number {
    let n = 0;
    for (let place = 0; place < 7; place += 1) {
      const byte = this.number(1);
      n += (byte & 127) * 128 ** place;
      if (byte < 128) return n;
    }
    throw new BallotError('bad-form', 'code', 'a value is too long');
  }
}

/** What a code says by itself. */
export interface OpenedCode {
  readonly voter: number;
  readonly prev: Previous;
  readonly C: string;
  readonly contests: readonly { readonly k: readonly string[]; readonly values: readonly number[] }[];
}

function readPrevious(reader: Reader): Previous {
  const kind = KINDS[reader.number(1)];
  if (kind === undefined) throw new BallotError('bad-form', 'code', 'no such kind of link');
  return kind === 'none' ? { kind } : { kind, leaf: toBase64Url(reader.take(LEAF_BYTES)) };
}

function readContest(reader: Reader): OpenedCode['contests'][number] {
  const count = reader.number(2);
  const withK = reader.number(1);
  if (withK > 1) throw new BallotError('bad-form', 'code', 'neither with k nor without');
  const values = Array.from({ length: count }, () => reader.value());
  const k = Array.from({ length: withK * count }, () => toBase64Url(reader.take(32)));
  return { k, values };
}

/** @throws BallotError `bad-form`. */
export function parseOpenedCode(text: string): OpenedCode {
  const reader = new Reader(decoding('bad-form', 'code', () => fromBase64Url(text, 'code')));
  if (reader.number(1) !== VERSION) throw new BallotError('bad-form', 'code', 'of another version');
  const voter = reader.number(4);
  const prev = readPrevious(reader);
  const C = toBase64Url(reader.take(C_BYTES));
  const contests = [];
  while (!reader.isAtEnd) contests.push(readContest(reader));
  return { voter, prev, C, contests };
}

/**
 * The whole opened ballot.
 * @param line of the roll, at the code's voter number.
 * @throws BallotError `wrong-college`, `wrong-weight`, `wrong-contests`.
 */
export function completeOpened(
  { voter, prev, C, contests }: OpenedCode,
  context: BallotContext,
  line: Pick<RollLine, 'P' | 'college' | 'weight'>,
): OpenedBallot {
  const { P, college, weight } = line;
  const rules = ballotRules(context, line);
  if (rules.contests.length !== contests.length)
    throw new BallotError('wrong-contests', 'code', `${contests.length} instead of ${rules.contests.length}`);
  return {
    v: 1,
    election: context.election,
    ctx: context.ctx,
    college,
    weight,
    voter,
    P,
    prev,
    C,
    contests: rules.contests.map(({ contest }, i) => ({
      id: contest.id,
      k: [...(contests[i]?.k ?? [])],
      values: [...(contests[i]?.values ?? [])],
    })),
  };
}
