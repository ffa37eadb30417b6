/**
 * Distributed key generation among trustees 1 … n with threshold t (docs/protocol.md §7): FROST's, of
 * @noble/curves, behind a round of commitments in which every trustee publishes the hash of its round 1
 * before it sees another's, so that nobody who speaks last can choose the key.
 *
 * What @noble/curves returns is computed again from the published commitments, by code that a verifier runs
 * too. Its errors name nobody; the checks here name the sender. For t = 1, which it refuses, the same
 * entries come from the code here alone. Messages of other trustees are hostile.
 */
import type { DKG_Round1, DKG_Round2, DKG_Secret } from '@noble/curves/abstract/frost.js';
import { ristretto255_FROST } from '@noble/curves/ed25519.js';
import { randomBytes } from '@noble/hashes/utils.js';
import { type Bytes, concat, equalBytes, u32 } from './bytes.ts';
import { CryptoError } from './errors.ts';
import {
  add,
  type Element,
  encodeElement,
  equal,
  G,
  isIdentity,
  multiplySecret,
  parseNonIdentity,
} from './group.ts';
import { POSSESSION_BYTES, provePossession, verifyPossession } from './proofs/possession.ts';
import {
  addScalars,
  encodeScalar,
  parseScalar,
  type RandomSource,
  randomScalar,
  SCALAR_BYTES,
  type Scalar,
  scalarOf,
  ZERO,
} from './scalar.ts';
import { publicShareOf, shareOf } from './shamir.ts';
import { TAGS } from './tags.ts';
import { hash256 } from './transcript.ts';

const { DKG, Identifier } = ristretto255_FROST;

/** What is fixed before the ceremony starts. */
export interface Ceremony {
  /** The manifest's leaf hash, 32 bytes. */
  readonly election: Bytes;
  readonly attempt: number;
  /** n, 1 … 50. */
  readonly count: number;
  /** t, 1 … n. */
  readonly threshold: number;
}

/** What a trustee reveals. */
export interface Round1 {
  /** C_0 … C_(t−1), 32 bytes each. */
  readonly commitments: readonly Bytes[];
  /** R ‖ z, 64 bytes. */
  readonly proof: Bytes;
}

/** A trustee's secret polynomial and what it reveals of it. */
export interface Dealing {
  readonly i: number;
  readonly coefficients: readonly Scalar[];
  readonly round1: Round1;
}

/** What the ceremony makes, for everybody to see. */
export interface PublicKeys {
  /** Y, the election key. */
  readonly key: Bytes;
  /** S_1 … S_n: what each trustee's decryption shares are verified with. */
  readonly shares: readonly Bytes[];
}

/** @throws CryptoError `out-of-range` unless 1 ≤ t ≤ n and 1 ≤ i ≤ n. */
function checkPlace({ count, threshold }: Ceremony, i: number): void {
  const whole = [count, threshold, i].every((n) => Number.isSafeInteger(n) && n >= 1);
  if (!whole || threshold > count)
    throw new CryptoError('out-of-range', 'threshold', `${threshold} of ${count}`);
  if (i > count) throw new CryptoError('out-of-range', 'i', `trustee ${i} of ${count}`);
}

/** A fresh secret polynomial of degree t − 1 for trustee i, its commitments and the proof of possession. */
export function startDealing(ceremony: Ceremony, i: number, random: RandomSource = randomBytes): Dealing {
  checkPlace(ceremony, i);
  if (ceremony.threshold === 1) return dealingOf(i, [randomScalar(random)], random);
  const signers = { min: ceremony.threshold, max: ceremony.count };
  const source = (length = 32): Uint8Array<ArrayBuffer> => Uint8Array.from(random(length));
  const { public: round1, secret } = DKG.round1(Identifier.fromNumber(i), signers, undefined, source);
  return {
    i,
    coefficients: (secret.coefficients ?? []).map((coefficient) => scalarOf(coefficient)),
    round1: { commitments: round1.commitment, proof: round1.proofOfKnowledge },
  };
}

function dealingOf(i: number, coefficients: readonly Scalar[], random: RandomSource): Dealing {
  const [secret = ZERO] = coefficients;
  return {
    i,
    coefficients,
    round1: { commitments: commitTo(coefficients), proof: provePossession(i, secret, random) },
  };
}

function commitTo(coefficients: readonly Scalar[]): Bytes[] {
  return coefficients.map((coefficient) => encodeElement(multiplySecret(G, coefficient)));
}

/** For the trustee's own store: u32(i) ‖ coefficients ‖ proof. A secret. */
export function encodeDealing({ i, coefficients, round1 }: Dealing): Bytes {
  return concat(u32(i), ...coefficients.map(encodeScalar), round1.proof);
}

/**
 * @throws CryptoError `bad-length`, `out-of-range`, or `bad-proof` where the proof does not belong to the
 * coefficients: the store is damaged.
 */
export function parseDealing(ceremony: Ceremony, bytes: Bytes): Dealing {
  const length = 4 + ceremony.threshold * SCALAR_BYTES + POSSESSION_BYTES;
  if (bytes.length !== length) {
    throw new CryptoError('bad-length', 'dealing', `${bytes.length} bytes instead of ${length}`);
  }
  const i = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0);
  checkPlace(ceremony, i);
  const coefficients = Array.from({ length: ceremony.threshold }, (_, k) =>
    parseScalar(
      bytes.subarray(4 + k * SCALAR_BYTES, 4 + (k + 1) * SCALAR_BYTES),
      `dealing.coefficients[${k}]`,
    ),
  );
  const commitments = commitTo(coefficients);
  const proof = bytes.slice(length - POSSESSION_BYTES);
  verifyPossession(i, commitments[0] ?? new Uint8Array(), proof, 'dealing.proof');
  return { i, coefficients, round1: { commitments, proof } };
}

/** What trustee i publishes in its `commit`: the hash of its round 1, bound to the election and the attempt. */
export function commitHash(
  { election, attempt, count, threshold }: Ceremony,
  i: number,
  round1: Round1,
): Bytes {
  const bytes = concat(...round1.commitments, round1.proof);
  return hash256(TAGS.ceremonyCommit, election, u32(attempt), u32(i), u32(count), u32(threshold), bytes);
}

function parseCommitments({ commitments }: Round1, where: string): Element[] {
  return commitments.map((bytes, k) => parseNonIdentity(bytes, `${where}.commitments[${k}]`));
}

/**
 * Checks what trustee i revealed against what it committed to: exactly t elements, none the identity, and
 * the proof of possession.
 * @throws CryptoError `bad-proof` (another round 1 than committed to, or no possession), `bad-length`,
 * `bad-encoding`, `out-of-range`, `identity-refused`; `where` starts with `reveals[i]`, i from 1.
 */
export function verifyReveal(ceremony: Ceremony, i: number, round1: Round1, committed: Bytes): void {
  const where = `reveals[${i}]`;
  checkPlace(ceremony, i);
  if (round1.commitments.length !== ceremony.threshold) {
    const found = `${round1.commitments.length} commitments instead of ${ceremony.threshold}`;
    throw new CryptoError('bad-length', `${where}.commitments`, found);
  }
  parseCommitments(round1, where);
  verifyPossession(i, round1.commitments[0] ?? new Uint8Array(), round1.proof, `${where}.proof`);
  if (!equalBytes(commitHash(ceremony, i, round1), committed)) {
    throw new CryptoError('bad-proof', where, 'not what the trustee committed to');
  }
}

/**
 * Y = Σ_i C_i0 and S_j = Σ_i Σ_k j^k·C_ik, from the reveals of all trustees in their order.
 * @throws CryptoError `bad-length` unless all reveal equally many commitments; `bad-encoding`;
 * `identity-refused` for a commitment, Y or S_j.
 */
export function publicKeys(reveals: readonly Round1[]): PublicKeys {
  const polynomials = reveals.map((round1, at) => parseCommitments(round1, `reveals[${at + 1}]`));
  const sum = polynomials.reduce((left, right, at) => {
    if (left.length !== right.length)
      throw new CryptoError('bad-length', `reveals[${at + 1}]`, 'another threshold');
    return left.map((element, k) => add(element, right[k] ?? element));
  });
  const encode = (element: Element, where: string): Bytes => {
    if (isIdentity(element)) throw new CryptoError('identity-refused', where, 'the identity');
    return encodeElement(element);
  };
  const [Y] = sum;
  if (Y === undefined) throw new CryptoError('bad-length', 'reveals[1].commitments', 'none');
  return {
    key: encode(Y, 'key'),
    shares: reveals.map((_, at) => encode(publicShareOf(sum, at + 1), `shares[${at + 1}]`)),
  };
}

const named = (i: number, { commitments, proof }: Round1): DKG_Round1 => ({
  identifier: Identifier.fromNumber(i),
  commitment: commitments.map((bytes) => Uint8Array.from(bytes)),
  proofOfKnowledge: Uint8Array.from(proof),
});

/** @noble/curves' state after its round 2, made anew from the dealing. */
function nobleRound2({ i, coefficients, round1 }: Dealing, reveals: readonly Round1[]) {
  const secret: DKG_Secret = {
    identifier: BigInt(i),
    coefficients: [...coefficients],
    commitment: round1.commitments.map((bytes) => Uint8Array.from(bytes)),
    signers: { min: coefficients.length, max: reveals.length },
    step: 1,
  };
  const others = reveals.map((reveal, at) => named(at + 1, reveal)).filter((_, at) => at + 1 !== i);
  return { secret, others, shares: DKG.round2(secret, others) };
}

/**
 * f_i(1) … f_i(n), 32 bytes each: a secret of trustee i and of its recipient.
 * @param reveals of all trustees in their order, each verified by `verifyReveal`.
 */
export function dealShares(dealing: Dealing, reveals: readonly Round1[]): Bytes[] {
  const own = reveals.map((_, at) => encodeScalar(shareOf(dealing.coefficients, at + 1)));
  if (dealing.coefficients.length === 1) return own;
  const { shares } = nobleRound2(dealing, reveals);
  return own.map((share, at) => shares[Identifier.fromNumber(at + 1)]?.signingShare ?? share);
}

/**
 * Checks f_i(to), received from the trustee that revealed `round1`: f_i(to)·G = Σ_k to^k·C_ik.
 * @throws CryptoError `bad-share`, `bad-length` or `out-of-range`, with `where` as given.
 */
export function verifyDealtShare(round1: Round1, to: number, share: Bytes, where = 'share'): Scalar {
  const scalar = parseScalar(share, where);
  if (!equal(multiplySecret(G, scalar), publicShareOf(parseCommitments(round1, where), to))) {
    throw new CryptoError('bad-share', where, 'not on the polynomial that its sender committed to');
  }
  return scalar;
}

/**
 * s_i = Σ_j f_j(i), checked against S_i.
 * @param reveals of all trustees in their order, each verified.
 * @param received f_1(i) … f_n(i) in order of the senders; its own place is not read.
 * @throws CryptoError `bad-share` with `where` = `shares[j]`, j from 1, for the first sender j whose share fails.
 */
export function finishDealing(
  dealing: Dealing,
  reveals: readonly Round1[],
  received: readonly Bytes[],
): PublicKeys & { readonly share: Scalar } {
  const { i, coefficients } = dealing;
  const keys = publicKeys(reveals);
  const shares = reveals.map((reveal, at) => {
    const bytes = at + 1 === i ? encodeScalar(shareOf(coefficients, i)) : (received[at] ?? new Uint8Array());
    return verifyDealtShare(reveal, i, bytes, `shares[${at + 1}]`);
  });
  const share = shares.reduce((sum, part) => addScalars(sum, part), ZERO);
  verifyShareKey(keys, i, share);
  if (coefficients.length > 1) compareWithNoble(dealing, reveals, shares, keys, share);
  return { ...keys, share };
}

/** @throws CryptoError `bad-key` unless S_i = s_i·G: the share belongs to another ceremony, or is damaged. */
export function verifyShareKey(keys: PublicKeys, i: number, share: Scalar): void {
  const own = encodeElement(multiplySecret(G, share));
  if (!equalBytes(own, keys.shares[i - 1] ?? new Uint8Array())) {
    throw new CryptoError('bad-key', `shares[${i}]`, 'not the public key of this share');
  }
}

function compareWithNoble(
  dealing: Dealing,
  reveals: readonly Round1[],
  shares: readonly Scalar[],
  keys: PublicKeys,
  share: Scalar,
): void {
  const { secret, others } = nobleRound2(dealing, reveals);
  const round2: DKG_Round2[] = shares
    .map((part, at) => ({
      identifier: Identifier.fromNumber(at + 1),
      signingShare: Uint8Array.from(encodeScalar(part)),
    }))
    .filter((_, at) => at + 1 !== dealing.i);
  const theirs = DKG.round3(secret, others, round2);
  const nothing = new Uint8Array();
  const same =
    equalBytes(theirs.secret.signingShare, encodeScalar(share)) &&
    equalBytes(theirs.public.commitments[0] ?? nothing, keys.key) &&
    keys.shares.every((S, at) =>
      equalBytes(theirs.public.verifyingShares[Identifier.fromNumber(at + 1)] ?? nothing, S),
    );
  if (!same) throw new CryptoError('bad-key', 'key', 'two computations of the keys differ');
}

/**
 * What all trustees confirm and compare: the hash of the attempt's ceremony as the log has it.
 * @param leaves leaf hashes of the attempt's join, commit, reveal and dealt entries, in log order.
 */
export function transcriptHash({ election, attempt }: Ceremony, leaves: readonly Bytes[]): Bytes {
  return hash256(TAGS.ceremonyTranscript, election, u32(attempt), concat(...leaves));
}
