/**
 * From the bytes of many entries straight to the verdicts on those that are ballots of a known form (ballot-form.ts),
 * without an object for any of them. Whatever is out of the ordinary, in form, points or scalars, is left to
 * check-ballot.ts, which names the fault; so that this says of a ballot what that would. Input is hostile.
 */
import type { Bytes } from '../crypto/bytes.ts';
import { CIPHERTEXT_BYTES } from '../crypto/elgamal.ts';
import { ELEMENT_BYTES } from '../crypto/group.ts';
import type { Kernel } from '../crypto/kernel/kernel.ts';
import { ballotFingerprints } from '../crypto/proofs/ballot-challenges.ts';
import {
  type BallotRows,
  ballotShape,
  challengeRows,
  type Group,
  isIdentityEncoding,
  PROOF_SCALARS_AT,
  type Shape,
} from '../crypto/proofs/ballot-groups.ts';
import { type Faults, findFaults } from '../crypto/proofs/verify-ballots.ts';
import { isScalar, SCALAR_BYTES } from '../crypto/scalar.ts';
import type { BallotContext, BallotRules } from './ballot-context.ts';
import { type BallotForm, BallotForms, readGap } from './ballot-form.ts';
import type { BallotProblem } from './check-ballot.ts';
import { problemOf } from './errors.ts';

const HASH_BYTES = 32;
/** Of M. */
const WIDE_BYTES = 64;

/** Entries side by side. */
export interface PackedEntries {
  readonly bytes: Bytes;
  /** Where each begins; and last, where the last one ends. */
  readonly starts: Uint32Array;
  /** Hostile, as `BallotRows` has them, side by side; and where those of each entry begin. */
  readonly hints?: { readonly bytes: Bytes; readonly starts: Uint32Array } | undefined;
}

/** What all ballots of a form have in common. Plain data: it can be sent to another thread. */
export interface GroupForm {
  readonly college: string;
  readonly weight: number;
  readonly isLinked: boolean;
}

/**
 * Ballots of one set of rules, side by side, valid but for `faults` and but for their places in the log. Plain data.
 */
export interface CheckedBallots {
  readonly forms: readonly GroupForm[];
  /** Of each row: its place in `forms`. */
  readonly formOf: Uint32Array;
  /** Of each row, among all entries. */
  readonly places: Uint32Array;
  /** P, the ciphertexts of all contests, and K, of each row, `encodingsSize` bytes. */
  readonly encodings: Bytes;
  readonly encodingsSize: number;
  /** Contests in order, and where in a row their ciphertexts begin and end. */
  readonly contests: readonly { readonly id: string; readonly start: number; readonly end: number }[];
  /** Of the encodings: for whoever decodes them again. */
  readonly hints: Bytes;
  /** 32 bytes of each row: the leaf that prev names, zeros where there is none; F; and the leaf. */
  readonly previous: Bytes;
  readonly fingerprints: Bytes;
  readonly leaves: Bytes;
  readonly faults: readonly { readonly row: number; readonly problem: BallotProblem }[];
}

/** Entries of one form. */
interface Found {
  readonly form: BallotForm;
  readonly places: number[];
}

/** What is read of ballots of one set of rules: as much room as there may be rows. */
interface Reading {
  readonly shape: Shape;
  readonly found: readonly Found[];
  rows: number;
  readonly formOf: Uint32Array;
  readonly places: Uint32Array;
  readonly statements: Bytes;
  readonly encodings: Bytes;
  readonly scalars: Bytes;
  readonly hints: Bytes;
  readonly previous: Bytes;
  readonly leaves: Bytes;
}

/** Some rows of bytes, `size` each. */
function pickBytes(bytes: Bytes, size: number, rows: readonly number[]): Bytes {
  const out = new Uint8Array(rows.length * size);
  rows.forEach((row, i) => out.set(bytes.subarray(row * size, (row + 1) * size), i * size));
  return out;
}

function pickNumbers(numbers: Uint32Array, rows: readonly number[]): Uint32Array {
  return Uint32Array.from(rows, (row) => numbers[row] ?? 0);
}

export class RegularBallots {
  readonly #context: BallotContext;
  readonly #kernel: Kernel;
  readonly #forms: BallotForms;
  readonly #shapes = new Map<BallotRules, Shape>();

  constructor(context: BallotContext, kernel: Kernel) {
    this.#context = context;
    this.#kernel = kernel;
    this.#forms = new BallotForms(context);
  }

  /** Checks the ballots of known forms among entries. Those that are in no group are left to others. */
  check(entries: PackedEntries): CheckedBallots[] {
    // Without a key no secret ballot can be verified.
    if (this.#context.keyBytes === null) return [];
    const groups = this.#find(entries).map((found) => {
      const reading = this.#read(entries, found);
      return { reading, group: challengeRows(this.#kernel, rowsOf(reading)) };
    });
    // Rows of all groups are numbered through.
    let first = 0;
    const numbered = groups.map(({ group }) => {
      const places = group.places.map((_, i) => first + i);
      first += places.length;
      return { ...group, places };
    });
    const found = findFaults(this.#kernel, this.#context.keyBytes, numbered);
    return groups.map(({ reading, group }, i) =>
      this.#checked(reading, group, found, numbered[i]?.places[0] ?? 0),
    );
  }

  /** The places of entries that have a form, by rules and by form. */
  #find({ bytes, starts }: PackedEntries): Found[][] {
    const byRules = new Map<BallotRules, Map<BallotForm, Found>>();
    for (let place = 0; place + 1 < starts.length; place += 1) {
      const form = this.#forms.find(bytes, starts[place] ?? 0, starts[place + 1] ?? 0);
      if (form === undefined) continue;
      const forms = byRules.get(form.rules) ?? new Map<BallotForm, Found>();
      byRules.set(form.rules, forms);
      const found = forms.get(form) ?? { form, places: [] };
      forms.set(form, found);
      found.places.push(place);
    }
    return Array.from(byRules.values(), (forms) => [...forms.values()]);
  }

  #shapeOf({ rules, statement, ciphertexts }: BallotForm): Shape {
    const shape = this.#shapes.get(rules) ?? ballotShape(statement.clauses, ciphertexts);
    this.#shapes.set(rules, shape);
    return shape;
  }

  #read(entries: PackedEntries, found: readonly Found[]): Reading {
    const [first] = found;
    if (first === undefined) throw new TypeError('nothing to read');
    const shape = this.#shapeOf(first.form);
    const room = found.reduce((sum, { places }) => sum + places.length, 0);
    const reading: Reading = {
      shape,
      found,
      rows: 0,
      formOf: new Uint32Array(room),
      places: new Uint32Array(room),
      statements: new Uint8Array(room * WIDE_BYTES),
      encodings: new Uint8Array(room * shape.plan.own * ELEMENT_BYTES),
      scalars: new Uint8Array(room * shape.plan.scalars * SCALAR_BYTES),
      hints: new Uint8Array(room * shape.plan.own * ELEMENT_BYTES),
      previous: new Uint8Array(room * HASH_BYTES),
      leaves: new Uint8Array(room * HASH_BYTES),
    };
    found.forEach((one, i) => this.#readForm(entries, reading, one, i));
    return reading;
  }

  /** Reads the ballots of one form into the next rows, and hashes them. */
  #readForm(entries: PackedEntries, reading: Reading, { form, places }: Found, number: number): void {
    const { bytes, starts } = entries;
    const firstRow = reading.rows;
    const messages = new Uint8Array(places.length * form.message.length);
    const leafLength = 1 + form.length;
    const leafMessages = new Uint8Array(places.length * leafLength);
    const proof = new Uint8Array(reading.shape.proof);
    let n = 0;
    for (const place of places) {
      const start = starts[place] ?? 0;
      const message = messages.subarray(n * form.message.length, (n + 1) * form.message.length);
      message.set(form.message);
      if (!readBallot(bytes, start, form, reading, message, proof)) continue;
      // SHA-256(0x00 ‖ entry)
      leafMessages.set(bytes.subarray(start, start + form.length), n * leafLength + 1);
      takeHints(entries, place, reading);
      reading.formOf[reading.rows] = number;
      reading.places[reading.rows] = place;
      reading.rows += 1;
      n += 1;
    }
    const kernel = this.#kernel;
    reading.statements.set(
      kernel.hashEach(messages.subarray(0, n * form.message.length), form.message.length),
      firstRow * WIDE_BYTES,
    );
    reading.leaves.set(
      kernel.hashEach(leafMessages.subarray(0, n * leafLength), leafLength, 'sha256'),
      firstRow * HASH_BYTES,
    );
  }

  /** What is said of a group whose rows are numbered from `first` on. */
  #checked(reading: Reading, group: Group, { faults, unread }: Faults, first: number): CheckedBallots {
    const { found, shape } = reading;
    const size = shape.plan.own * ELEMENT_BYTES;
    const kept = unread.size === 0 ? group.places : group.places.filter((row) => !unread.has(first + row));
    const some = (bytes: Bytes, length: number): Bytes =>
      kept === group.places ? bytes.subarray(0, kept.length * length) : pickBytes(bytes, length, kept);
    const told = kept.flatMap((place, row) => {
      const error = faults.get(first + place);
      if (error === undefined) return [];
      const { code, where, message } = problemOf(error);
      return [{ row, problem: { code, where, message } }];
    });
    let at = ELEMENT_BYTES;
    return {
      forms: found.map(({ form: { college, weight, isLinked } }) => ({ college, weight, isLinked })),
      formOf: pickNumbers(reading.formOf, kept),
      places: pickNumbers(reading.places, kept),
      encodings: some(group.encodings, size),
      encodingsSize: size,
      contests: (found[0]?.form.rules.contests ?? []).map(({ contest: { id }, values }) => {
        const start = at;
        at += values * CIPHERTEXT_BYTES;
        return { id, start, end: at };
      }),
      hints: some(group.hints, size),
      previous: some(reading.previous, HASH_BYTES),
      fingerprints: some(
        ballotFingerprints(this.#kernel, group.statements, group.hashedCommitments),
        HASH_BYTES,
      ),
      leaves: some(reading.leaves, HASH_BYTES),
      faults: told,
    };
  }
}

/** The gaps of the ballot at `start` into the next row and the message. @returns false if anything is out of the ordinary. */
function readBallot(
  bytes: Bytes,
  start: number,
  form: BallotForm,
  { rows, shape, encodings, scalars, previous }: Reading,
  message: Bytes,
  proof: Bytes,
): boolean {
  const row = rows * shape.plan.own * ELEMENT_BYTES;
  if (!readGap(bytes, start, form.P, encodings, row) || isIdentityEncoding(encodings, row)) return false;
  message.set(encodings.subarray(row, row + ELEMENT_BYTES), form.messageP);
  previous.fill(0, rows * HASH_BYTES, (rows + 1) * HASH_BYTES);
  if (form.leaf !== undefined) {
    if (!readGap(bytes, start, form.leaf, previous, rows * HASH_BYTES)) return false;
    message.set(previous.subarray(rows * HASH_BYTES, (rows + 1) * HASH_BYTES), form.messageLeaf);
  }
  let at = row + ELEMENT_BYTES;
  for (const [i, gap] of form.contents.entries()) {
    if (!readGap(bytes, start, gap, encodings, at)) return false;
    const end = at + Math.floor((gap.digits * 3) / 4);
    message.set(encodings.subarray(at, end), form.messageContents[i]);
    for (; at < end; at += CIPHERTEXT_BYTES) if (isIdentityEncoding(encodings, at)) return false;
  }
  if (!readGap(bytes, start, form.proof, proof, 0)) return false;
  for (let scalar = shape.commitments; scalar < proof.length; scalar += SCALAR_BYTES) {
    if (!isScalar(proof, scalar)) return false;
  }
  encodings.set(proof.subarray(0, shape.commitments), at);
  scalars.set(proof.subarray(shape.commitments), rows * shape.plan.scalars * SCALAR_BYTES + PROOF_SCALARS_AT);
  return true;
}

/** The hints of an entry into the next row, where there are as many as it has points. */
function takeHints({ hints }: PackedEntries, place: number, { rows, shape, hints: out }: Reading): void {
  const size = shape.plan.own * ELEMENT_BYTES;
  const start = hints?.starts[place] ?? 0;
  const end = hints?.starts[place + 1] ?? 0;
  if (hints !== undefined && end - start === size) out.set(hints.bytes.subarray(start, end), rows * size);
}

function rowsOf(reading: Reading): BallotRows {
  const { shape, rows, statements, encodings, scalars, hints } = reading;
  const size = shape.plan.own * ELEMENT_BYTES;
  return {
    shape,
    places: Array.from({ length: rows }, (_, i) => i),
    statements: statements.subarray(0, rows * WIDE_BYTES),
    encodings: encodings.subarray(0, rows * size),
    scalars: scalars.subarray(0, rows * shape.plan.scalars * SCALAR_BYTES),
    hints: hints.subarray(0, rows * size),
  };
}
