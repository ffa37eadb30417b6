/** Single values on the way of the worked election, each worked out here once more and compared (docs/protocol.md §12). */
import { ristretto255 } from '@noble/curves/ed25519.js';
import { sha512 } from '@noble/hashes/sha2.js';
import { encodeOpenedBallot, openBallot } from '../src/ballot/ballot-check.ts';
import type { BallotEntry } from '../src/ballot/ballot-entry.ts';
import { hashContest } from '../src/ballot/clauses.ts';
import { valueCount } from '../src/ballot/values.ts';
import { hashLeaf } from '../src/board/merkle.ts';
import { encodeCanonical } from '../src/codec/canonical-json.ts';
import {
  type Bytes,
  concat,
  fromBase64Url,
  toBase64Url,
  toHex,
  toUtf8,
  u32,
  u64,
} from '../src/crypto/bytes.ts';
import { lotPoint } from '../src/crypto/decryption-shares.ts';
import { parsePublicKey, verify } from '../src/crypto/ed25519.ts';
import {
  encodeScalar,
  hashToScalar,
  parseScalar,
  type Scalar,
  scalarFromWide,
  scalarOf,
} from '../src/crypto/scalar.ts';
import { TAGS } from '../src/crypto/tags.ts';
import { framed } from '../src/crypto/transcript.ts';
import { type EntryOf, type EntryType, sharesDocument, tallyDocument } from '../src/record/entries.ts';
import { parseDocument, parseEntry } from '../src/record/envelope.ts';
import { readBlob } from '../src/record/record-source.ts';
import { encryptedCells } from '../src/tally/decryption.ts';
import { split } from '../src/tally/sums.ts';
import type { BuiltElection } from '../test/elections/built-election.ts';

const { Point } = ristretto255;

function expect(holds: boolean, what: string): void {
  if (!holds) throw new Error(`${what} does not hold`);
}

/** r·G = T + e·P, all in bytes but e. */
function isSchnorr(T: Bytes, e: Scalar, P: Bytes, r: Bytes): boolean {
  const right = Point.fromBytes(T).add(Point.fromBytes(P).multiply(e));
  return Point.BASE.multiply(parseScalar(r)).equals(right);
}

interface Logged<T extends EntryType> {
  readonly index: number;
  readonly entry: EntryOf<T>;
}

function entriesOf<T extends EntryType>({ record }: BuiltElection, type: T): Logged<T>[] {
  return record.entries.flatMap((bytes, index) => {
    const entry = parseEntry(bytes);
    return entry.type === type ? [{ index, entry: entry as EntryOf<T> }] : [];
  });
}

function firstOf<T extends EntryType>(built: BuiltElection, type: T): Logged<T> {
  const [first] = entriesOf(built, type);
  if (first === undefined) throw new Error(`no ${type}`);
  return first;
}

/** The items that M hashes after the tag, in order (§6.3). */
export function statementParts({ manifest }: BuiltElection, { body, ext }: BallotEntry): Bytes[] {
  const { prev, part } = body;
  return [
    u32(1),
    toUtf8(manifest.body.suite),
    fromBase64Url(body.ctx),
    toUtf8(body.college),
    u64(body.weight),
    fromBase64Url(body.P),
    Uint8Array.of({ none: 0, ballot: 1, replacement: 2 }[prev.kind]),
    prev.kind === 'none' ? new Uint8Array() : fromBase64Url(prev.leaf),
    u32(part.i),
    u32(part.of),
    encodeCanonical(ext),
    u32(body.contests.length),
    ...body.contests.flatMap((voted) => {
      const contest = manifest.body.contests.find(({ id }) => id === voted.id);
      if (contest === undefined) throw new Error(`no contest ${voted.id}`);
      const content =
        voted.mode === 'secret'
          ? fromBase64Url(voted.ciphertexts)
          : concat(...voted.choices.map((choice) => u64(choice)));
      return [
        toUtf8(voted.id),
        toUtf8(voted.mode),
        toUtf8(contest.shape.kind),
        u32(valueCount(contest, body.weight)),
        content,
        hashContest(contest, body.weight),
      ];
    }),
  ];
}

function rollLine({ roll }: BuiltElection) {
  const [line] = roll.lines;
  if (line === undefined) throw new Error('no line');
  const bytes = encodeCanonical(line);
  return { voter: 1, bytes: toHex(bytes), leaf: toBase64Url(hashLeaf(bytes)) };
}

function signedEntry(built: BuiltElection) {
  const { index, entry } = firstOf(built, 'closing');
  const { sigs, ...unsigned } = entry;
  const bytes = concat(toUtf8(TAGS.entrySignature), encodeCanonical(unsigned));
  const key = built.manifest.body.roles.boxes[0] ?? '';
  const sig = sigs[0]?.sig ?? '';
  expect(verify(parsePublicKey(fromBase64Url(key)), bytes, fromBase64Url(sig)), 'the signature');
  return { index, bytes: toHex(bytes), key, sig };
}

function ceremony(built: BuiltElection) {
  return entriesOf(built, 'reveal').map(({ entry: { body } }) => {
    const commitments = body.commitments.map((text) => fromBase64Url(text));
    const proof = fromBase64Url(body.proof);
    const [key = new Uint8Array()] = commitments;
    const [R, z] = [proof.subarray(0, 32), proof.subarray(32)];
    const i = encodeScalar(scalarOf(body.i));
    const c = scalarFromWide(sha512(concat(toUtf8('FROST-RISTRETTO255-SHA512-v1dkg'), i, key, R)));
    expect(isSchnorr(R, c, key, z), 'the proof of possession');
    return { i: body.i, R: toHex(concat(...commitments, proof)), c: toBase64Url(encodeScalar(c)) };
  });
}

function check(built: BuiltElection) {
  const { index, entry } = firstOf(built, 'check');
  const [ctx, P, F, proof] = [entry.body.ctx, entry.body.P, entry.body.F, entry.body.proof].map((text) =>
    fromBase64Url(text),
  ) as [Bytes, Bytes, Bytes, Bytes];
  const T = proof.subarray(0, 32);
  const input = framed(ctx, P, F, T);
  const e = hashToScalar(TAGS.checkChallenge, input);
  expect(isSchnorr(T, e, P, proof.subarray(32)), 'the check');
  return { index, input: toHex(input), e: toBase64Url(encodeScalar(e)) };
}

async function shares(built: BuiltElection) {
  const { record, box } = built;
  const { body } = firstOf(built, 'tally').entry;
  const tally = parseDocument(tallyDocument, await readBlob(record, body.blob));
  return await Promise.all(
    entriesOf(built, 'shares').map(async ({ entry }) => {
      const document = parseDocument(sharesDocument, await readBlob(record, entry.body.blob));
      const { i, W, lot, cells, z } = document;
      const key = fromBase64Url(box.state.ceremony.confirmable?.shares[i - 1] ?? '');
      const leaf = fromBase64Url(document.tally);
      const secret = encryptedCells(tally).flatMap(({ id, alphas }, at) => {
        const columns = [alphas, fromBase64Url(cells[at]?.D ?? ''), fromBase64Url(cells[at]?.W ?? '')];
        const [A = [], D = [], Ws = []] = columns.map((column) => split(column, 32));
        return A.map((a, option) => [toUtf8(id), u32(option), a, D[option] ?? a, Ws[option] ?? a]);
      });
      const zero = [toUtf8('lot'), u32(0), lotPoint(leaf), fromBase64Url(lot.D), fromBase64Url(lot.W)];
      const rows = [zero, ...secret];
      const input = framed(
        fromBase64Url(tally.ctx),
        u32(i),
        key,
        leaf,
        fromBase64Url(W),
        u32(rows.length),
        ...rows.flat(),
      );
      const e = hashToScalar(TAGS.sharesChallenge, input);
      expect(isSchnorr(fromBase64Url(W), e, key, fromBase64Url(z)), `the shares of trustee ${i}`);
      return { i, input: toHex(input), e: toBase64Url(encodeScalar(e)) };
    }),
  );
}

/** A receipt of the first ballot; the ballot that was checked, as the booth opened it. */
export async function steps(built: BuiltElection) {
  const { index, entry } = firstOf(built, 'ballot');
  const receipt = built.box.receiptOf({ index, entry, leaf: built.record.tree.node(0, index) });
  const checking = built.voters.find(({ opened }) => opened.length > 0);
  const [opened] = checking?.opened ?? [];
  if (checking === undefined || opened === undefined) throw new Error('no ballot was checked');
  const document = openBallot(opened, checking.voter);
  return {
    rollLine: rollLine(built),
    signed: signedEntry(built),
    ceremony: ceremony(built),
    check: check(built),
    shares: await shares(built),
    receipt,
    opened: { document, bytes: toHex(encodeOpenedBallot(document)), F: opened.fingerprint },
  };
}
