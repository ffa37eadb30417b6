/**
 * The bytes of ballots, docs/protocol.md §6.1: honest entries of one college, weight and kind of prev differ in
 * nothing but some points, scalars and hashes, of fixed lengths at fixed places. A form is all the rest.
 *
 * Bytes that are a form with strict base64url in its gaps *are* the RFC 8785 form of a ballot of this election and
 * opening, and there is nothing in it that `parseEntry` or `ballotStatement` (check-ballot.ts) could refuse but the
 * scalars. Of bytes that are not, nothing is said here: those two judge them. Input is hostile.
 */
import { encodeCanonical } from '../codec/canonical-json.ts';
import { type Bytes, readBase64Url, toBase64Url, toUtf8 } from '../crypto/bytes.ts';
import { CIPHERTEXT_BYTES } from '../crypto/elgamal.ts';
import { ballotProofBytes } from '../crypto/proofs/ballot-proof-codec.ts';
import type { BallotStatement } from '../crypto/proofs/ballot-statement.ts';
import { framed } from '../crypto/transcript.ts';
import type { BallotContext, BallotRules } from './ballot-context.ts';
import type { BallotEntry, Previous } from './ballot-entry.ts';
import { statementOf } from './ballot-hash.ts';
import { MAX_CONTESTS, MAX_FIELD_BYTES } from './ballot-limits.ts';

const HASH_BYTES = 32;

/** base64url in an entry: where its digits begin, and their number. */
export interface Gap {
  readonly at: number;
  readonly digits: number;
}

interface Literal {
  readonly at: number;
  readonly bytes: Bytes;
}

export interface BallotForm {
  readonly college: string;
  readonly weight: number;
  readonly rules: BallotRules;
  /** Whether prev is `{kind: "ballot", leaf}`, and not `{kind: "none"}`. */
  readonly isLinked: boolean;
  /** Of the entry. */
  readonly length: number;
  readonly literals: readonly Literal[];
  readonly P: Gap;
  readonly contents: readonly Gap[];
  /** Of the ballot before; undefined unless it is linked. */
  readonly leaf: Gap | undefined;
  readonly proof: Gap;
  /** What M is the hash of, and where in it are P, the leaf and the contents. */
  readonly message: Bytes;
  readonly messageP: number;
  readonly messageLeaf: number;
  readonly messageContents: readonly number[];
  /** The statement that every ballot of this form has, but for its bytes. */
  readonly statement: Pick<BallotStatement, 'clauses'>;
  /** In all contests. */
  readonly ciphertexts: number;
}

/** In no JSON that a ballot can have outside of its gaps. */
const FILLER = '~';

const filler = (bytes: number): string => FILLER.repeat(Math.ceil((bytes * 4) / 3));

/** The literals of a text, and the gaps between them, which are runs of the filler. */
function cutText(text: string): { literals: Literal[]; gaps: Gap[] } {
  const literals = Array.from(text.matchAll(/[^~]+/g), (found) => ({
    at: found.index,
    bytes: toUtf8(found[0]),
  }));
  const gaps = Array.from(text.matchAll(/~+/g), (found) => ({ at: found.index, digits: found[0].length }));
  return { literals, gaps };
}

type Fill = (bytes: number) => string;

/** A ballot with fillers in its gaps. */
function filled(
  context: BallotContext,
  college: string,
  weight: number,
  isLinked: boolean,
  fill: Fill,
): BallotEntry {
  const rules = context.colleges.get(college)?.ofWeight(weight);
  const prev: Previous = isLinked ? { kind: 'ballot', leaf: fill(HASH_BYTES) } : { kind: 'none' };
  return {
    v: 1,
    type: 'ballot',
    election: context.election,
    ext: {},
    body: {
      ctx: context.ctx,
      college,
      weight,
      P: fill(HASH_BYTES),
      prev,
      part: { i: 1, of: 1 },
      contests: (rules?.contests ?? []).map(({ contest, values }) => ({
        id: contest.id,
        mode: 'secret',
        ciphertexts: fill(values * CIPHERTEXT_BYTES),
      })),
      proof: '',
    },
  };
}

/** The parts of a message behind their lengths, and where each begins. */
function framedParts(parts: readonly Bytes[]): { message: Bytes; starts: number[] } {
  let at = 0;
  const starts = parts.map((part) => (at += 4 + part.length) - part.length);
  return { message: framed(...parts), starts };
}

/** What M is the hash of, found by filling each gap with bytes of its own. */
function messageOf(
  context: BallotContext,
  form: Pick<BallotForm, 'college' | 'weight' | 'rules' | 'isLinked'>,
) {
  const fillers: Bytes[] = [];
  const fill: Fill = (bytes) => {
    const made = new Uint8Array(bytes).fill(0xff - (fillers.length % 2));
    fillers.push(made);
    return toBase64Url(made);
  };
  const { body, ext } = filled(context, form.college, form.weight, form.isLinked, fill);
  let parts: readonly Bytes[] = [];
  const { clauses, ciphertexts } = statementOf(body, ext, form.rules, (tag, ...given) => {
    parts = [toUtf8(tag), ...given];
    return new Uint8Array();
  });
  const { message, starts } = framedParts(parts);
  let next = 0;
  /** Parts are looked for in their order in the message. */
  const startOf = (wanted: Bytes | undefined): number => {
    next = parts.findIndex((part, i) => i >= next && isFilledAs(part, wanted)) + 1;
    const start = starts[next - 1];
    if (start === undefined) throw new TypeError('a part of the statement is missing');
    return start;
  };
  const [leaf, P, ...contents] = form.isLinked ? fillers : [undefined, ...fillers];
  return {
    message,
    messageP: startOf(P),
    messageLeaf: form.isLinked ? startOf(leaf) : 0,
    messageContents: contents.map(startOf),
    statement: { clauses },
    ciphertexts: ciphertexts.length / CIPHERTEXT_BYTES,
  };
}

/** Whether a part consists of the same byte as the filler that is wanted, as often. */
function isFilledAs(part: Bytes, wanted: Bytes | undefined): boolean {
  return part.length === wanted?.length && part.every((byte) => byte === wanted[0]);
}

/**
 * Whether ballots of these rules have forms: those in the open differ in length, and a field may be too long for
 * `ballotBody`, whose other bounds the manifest keeps.
 */
export function isRegular(
  { ctxBytes }: Pick<BallotContext, 'ctxBytes'>,
  { mode, contests }: BallotRules,
): boolean {
  const proof = ballotProofBytes(contests.flatMap(({ clauses }) => clauses));
  const fields = [proof, ...contests.map(({ values }) => values * CIPHERTEXT_BYTES)];
  return (
    mode === 'secret' &&
    ctxBytes.length === HASH_BYTES &&
    contests.length > 0 &&
    contests.length <= MAX_CONTESTS &&
    fields.every((bytes) => bytes <= MAX_FIELD_BYTES)
  );
}

function makeForm(
  context: BallotContext,
  college: string,
  weight: number,
  rules: BallotRules,
  isLinked: boolean,
): BallotForm {
  const message = messageOf(context, { college, weight, rules, isLinked });
  const entry = filled(context, college, weight, isLinked, filler);
  const proof = filler(ballotProofBytes(message.statement.clauses));
  const text = new TextDecoder().decode(encodeCanonical({ ...entry, body: { ...entry.body, proof } }));
  const { literals, gaps } = cutText(text);
  // RFC 8785 sorts keys: P, contests, prev, proof.
  const [P, ...others] = gaps;
  const ofProof = others.at(-1);
  if (P === undefined || ofProof === undefined) throw new TypeError('a ballot without P or proof');
  const rest = others.slice(0, -1);
  return {
    college,
    weight,
    rules,
    isLinked,
    length: text.length,
    literals,
    P,
    contents: isLinked ? rest.slice(0, -1) : rest,
    leaf: isLinked ? rest.at(-1) : undefined,
    proof: ofProof,
    ...message,
  };
}

const QUOTE = 0x22;
const [ZERO, NINE] = [0x30, 0x39];
const LONGEST_ID = 40;

function ascii(bytes: Bytes, start: number, end: number): string {
  let text = '';
  for (let i = start; i < end; i += 1) text += String.fromCharCode(bytes[i] ?? 0);
  return text;
}

function isAt(bytes: Bytes, start: number, { at, bytes: expected }: Literal): boolean {
  for (let i = 0, from = start + at; i < expected.length; i += 1) {
    if (bytes[from + i] !== expected[i]) return false;
  }
  return true;
}

/** The forms of an election's secret ballots, made when they are first met. */
export class BallotForms {
  readonly #context: BallotContext;
  readonly #made = new Map<string, readonly BallotForm[]>();
  /** Where a college begins, and how far from its end an entry has the last digit of its weight. */
  readonly #collegeAt: number;
  readonly #behindWeight: number;

  constructor(context: BallotContext) {
    this.#context = context;
    const text = JSON.stringify({ body: { P: filler(HASH_BYTES), college: '' } });
    this.#collegeAt = text.indexOf('""') + 1;
    this.#behindWeight = `},"election":"${context.election}","ext":{},"type":"ballot","v":1}`.length;
  }

  /** The form of the entry from `start` to before `end`, but for what is in its gaps; undefined if it has none. */
  find(bytes: Bytes, start: number, end: number): BallotForm | undefined {
    const college = start + this.#collegeAt;
    let collegeEnd = college;
    while (collegeEnd < college + LONGEST_ID && bytes[collegeEnd] !== QUOTE) collegeEnd += 1;
    const weightEnd = end - this.#behindWeight;
    let weight = weightEnd;
    for (let digit = bytes[weight - 1] ?? 0; digit >= ZERO && digit <= NINE; digit = bytes[weight - 1] ?? 0) {
      weight -= 1;
      if (weightEnd - weight > 16 || weight <= start) return undefined;
    }
    const forms = this.#of(ascii(bytes, college, collegeEnd), ascii(bytes, weight, weightEnd));
    const form = forms.find(({ length }) => length === end - start);
    return form?.literals.every((literal) => isAt(bytes, start, literal)) ? form : undefined;
  }

  #of(college: string, weight: string): readonly BallotForm[] {
    const name = `${college}/${weight}`;
    const made = this.#made.get(name);
    if (made !== undefined) return made;
    const rules = this.#context.colleges.get(college);
    const number = Number(weight);
    // What the manifest does not know is not remembered either.
    if (rules === undefined || !rules.weights.has(number) || String(number) !== weight) return [];
    const own = rules.ofWeight(number);
    const forms = isRegular(this.#context, own)
      ? [false, true].map((isLinked) => makeForm(this.#context, college, number, own, isLinked))
      : [];
    this.#made.set(name, forms);
    return forms;
  }
}

/** Reads a gap of the entry at `start` into `out` at `to`. @returns false unless it is strict base64url. */
export function readGap(bytes: Bytes, start: number, { at, digits }: Gap, out: Bytes, to: number): boolean {
  return readBase64Url(bytes, start + at, digits, out, to);
}
