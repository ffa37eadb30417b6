/**
 * Making a ballot from choices: docs/protocol.md §6. Choices, x, k and nonces are secret; every call draws k
 * and nonces anew, and nothing of them is kept but what the voter may hand to a second device.
 */
import { hashLeaf } from '../board/merkle.ts';
import { MAX_ENTRY_BYTES } from '../board/tiles.ts';
import { encodeCanonical } from '../codec/canonical-json.ts';
import { type Bytes, concat, toBase64Url, u64 } from '../crypto/bytes.ts';
import { encodeCiphertext, encrypt } from '../crypto/elgamal.ts';
import type { Element } from '../crypto/group.ts';
import { hedgedNonce } from '../crypto/hedged-nonce.ts';
import { parseBallotProof } from '../crypto/proofs/ballot-proof-codec.ts';
import { ballotFingerprint, hashCommitments } from '../crypto/proofs/ballot-statement.ts';
import { proveBallot } from '../crypto/proofs/prove-ballot.ts';
import { encodeScalar, type RandomSource, type Scalar } from '../crypto/scalar.ts';
import { TAGS } from '../crypto/tags.ts';
import { type BallotContext, type BallotRules, ballotRules } from './ballot-context.ts';
import type { BallotEntry, Previous, VotedContest } from './ballot-entry.ts';
import { statementOf, type Unproved } from './ballot-hash.ts';
import { type Choices, valuesOf } from './choices.ts';
import { checkValues } from './clauses.ts';
import type { Credential } from './credential.ts';
import { BallotError } from './errors.ts';

export interface BallotRequest {
  readonly context: BallotContext;
  readonly college: string;
  /** Of the voter's line on the roll. */
  readonly weight: number;
  readonly credential: Credential;
  /** The voter's latest entry. */
  readonly prev: Previous;
  readonly choices: Choices;
  /** For test vectors. */
  readonly random?: RandomSource;
}

/** What opens a contest of one ballot: its values, and the k of each; no k where choices are recorded. */
export interface ContestOpening {
  readonly id: string;
  readonly k: readonly Scalar[];
  readonly values: readonly number[];
}

export interface PreparedBallot {
  readonly entry: BallotEntry;
  /** What is published: at most 65,535 bytes. */
  readonly bytes: Bytes;
  /** Leaf hash of the bytes, base64url: the voter's next `prev`. */
  readonly leaf: string;
  /** F, base64url: shown before the voter decides to cast or to check. */
  readonly fingerprint: string;
  /** Secret. To be dropped when the ballot is cast. */
  readonly opening: { readonly C: Bytes; readonly contests: readonly ContestOpening[] };
}

/** The values of every contest of the college, in order. */
function allValues({ contests }: BallotRules, weight: number, choices: Choices): number[][] {
  const extra = Object.keys(choices).find((id) => !contests.some(({ contest }) => contest.id === id));
  if (extra !== undefined)
    throw new BallotError('wrong-contests', `choices.${extra}`, 'not put to this college');
  return contests.map(({ contest, clauses }) => {
    const where = `choices.${contest.id}`;
    const own = Object.hasOwn(choices, contest.id) ? choices[contest.id] : undefined;
    if (own === undefined) throw new BallotError('wrong-contests', where, 'missing');
    const values = valuesOf(contest, weight, own);
    checkValues(clauses, values, where);
    return values;
  });
}

/** A k for each value: fresh, and hidden by x and the values should the random source fail. */
function drawOpenings(
  { context, college, credential, prev, random }: BallotRequest,
  values: readonly number[][],
) {
  const secret = concat(encodeScalar(credential.x), ...values.flat().map((value) => u64(value)));
  const statement = encodeCanonical({ ctx: context.ctx, college, prev });
  let drawn = 0;
  return values.map((own) => own.map(() => hedgedNonce(TAGS.nonce, secret, statement, drawn++, random)));
}

function encryptContest(
  id: string,
  key: Element,
  values: readonly number[],
  k: readonly Scalar[],
): VotedContest {
  const ciphertexts = k.map((kj, j) => encodeCiphertext(encrypt(key, values[j] ?? 0, kj)));
  return { id, mode: 'secret', ciphertexts: toBase64Url(concat(...ciphertexts)) };
}

function openedContests(request: BallotRequest, rules: BallotRules): ContestOpening[] {
  const values = allValues(rules, request.weight, request.choices);
  const k = rules.mode === 'secret' ? drawOpenings(request, values) : [];
  return rules.contests.map(({ contest }, i) => ({ id: contest.id, k: k[i] ?? [], values: values[i] ?? [] }));
}

/** The contests of a ballot as its opening gives them. @throws BallotError `bad-manifest` for a secret college without a key. */
export function voteContests(
  openings: readonly ContestOpening[],
  mode: BallotRules['mode'],
  key: Element | null,
): VotedContest[] {
  return openings.map(({ id, k, values }) => {
    if (mode === 'recorded') return { id, mode, choices: [...values] };
    if (key === null)
      throw new BallotError('bad-manifest', 'key', 'a secret college without an election key');
    return encryptContest(id, key, values, k);
  });
}

/**
 * A new ballot. Two calls with the same request share nothing but what the request says.
 * @throws BallotError before anything is encrypted: `wrong-college`, `wrong-weight`, `wrong-contests`, `unknown-option`,
 * `bad-choice`; `too-large`, which no checked manifest allows.
 */
export function prepareBallot(request: BallotRequest): PreparedBallot {
  const { context, college, weight, credential, prev, random } = request;
  const rules = ballotRules(context, request);
  const contests = openedContests(request, rules);
  const unproved: Unproved = {
    ctx: context.ctx,
    college,
    weight,
    P: credential.P,
    prev,
    part: { i: 1, of: 1 },
    contests: voteContests(contests, rules.mode, context.keyElement),
  };
  const statement = statementOf(unproved, {}, rules);
  const secret = rules.mode === 'secret' ? contests : [];
  const witness = {
    x: credential.x,
    k: secret.flatMap(({ k }) => k),
    values: secret.flatMap(({ values }) => values),
  };
  const proof = proveBallot(statement, context.keyElement, witness, random);
  const body = { ...unproved, proof: toBase64Url(proof) };
  const entry: BallotEntry = { v: 1, type: 'ballot', election: context.election, body, ext: {} };
  const bytes = encodeCanonical(entry);
  if (bytes.length > MAX_ENTRY_BYTES) throw new BallotError('too-large', 'entry', `${bytes.length} bytes`);

  const C = hashCommitments(parseBallotProof(proof, statement.clauses).commitments);
  const fingerprint = toBase64Url(ballotFingerprint(statement.M, C));
  return { entry, bytes, leaf: toBase64Url(hashLeaf(bytes)), fingerprint, opening: { C, contests } };
}
