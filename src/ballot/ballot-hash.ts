/** What a ballot says, docs/protocol.md §6.3: the hash M of all of it, and the statement that is proved. */
import { encodeCanonical } from '../codec/canonical-json.ts';
import { type Bytes, concat, fromBase64Url, toUtf8, u32, u64 } from '../crypto/bytes.ts';
import { CIPHERTEXT_BYTES } from '../crypto/elgamal.ts';
import type { BallotStatement, Clause } from '../crypto/proofs/ballot-statement.ts';
import { TAGS } from '../crypto/tags.ts';
import { type Hash512, hash512 } from '../crypto/transcript.ts';
import type { BallotRules, ContestRules } from './ballot-context.ts';
import type { BallotBody, BallotEntry, Previous, VotedContest } from './ballot-entry.ts';
import { SUITE } from './ballot-limits.ts';
import { shiftClauses } from './clauses.ts';
import { BallotError } from './errors.ts';

/** A ballot as it is before there is a proof. */
export type Unproved = Omit<BallotBody, 'proof'>;

const VERSION = 1;
const PREVIOUS = { none: 0, ballot: 1, replacement: 2 } as const;

function previousParts(prev: Previous): Bytes[] {
  return [
    Uint8Array.of(PREVIOUS[prev.kind]),
    prev.kind === 'none' ? new Uint8Array() : fromBase64Url(prev.leaf),
  ];
}

function contestParts(voted: VotedContest, { contest, clausesHash }: ContestRules): Bytes[] {
  const content =
    voted.mode === 'secret'
      ? fromBase64Url(voted.ciphertexts)
      : concat(...voted.choices.map((choice) => u64(choice)));
  const count = voted.mode === 'secret' ? content.length / CIPHERTEXT_BYTES : voted.choices.length;
  return [toUtf8(voted.id), toUtf8(voted.mode), toUtf8(contest.shape.kind), u32(count), content, clausesHash];
}

/**
 * M, 64 bytes.
 * @param body has the contests of `rules`, in that order.
 * @throws BallotError `wrong-contests` if it has others.
 */
export function hashBallot(
  body: Unproved,
  ext: BallotEntry['ext'],
  rules: BallotRules,
  hash: Hash512 = hash512,
): Bytes {
  return hash(
    TAGS.ballotStatement,
    u32(VERSION),
    toUtf8(SUITE),
    fromBase64Url(body.ctx),
    toUtf8(body.college),
    u64(body.weight),
    fromBase64Url(body.P),
    ...previousParts(body.prev),
    u32(body.part.i),
    u32(body.part.of),
    encodeCanonical(ext),
    u32(body.contests.length),
    ...rules.contests.flatMap((contestRules, i) => {
      const voted = body.contests[i];
      if (voted === undefined) throw new BallotError('wrong-contests', `body.contests[${i}]`, 'missing');
      return contestParts(voted, contestRules);
    }),
  );
}

/** The ciphertexts of all secret contests, and the clauses of those. */
function secrets(body: Unproved, rules: BallotRules): { ciphertexts: Bytes; clauses: Clause[] } {
  if (rules.mode === 'recorded') return { ciphertexts: concat(), clauses: [] };
  const ciphertexts = body.contests.flatMap((voted) =>
    voted.mode === 'secret' ? [fromBase64Url(voted.ciphertexts)] : [],
  );
  let offset = 0;
  const clauses = rules.contests.flatMap(({ values, clauses: own }) => {
    const shifted = shiftClauses(own, offset);
    offset += values;
    return shifted;
  });
  return { ciphertexts: concat(...ciphertexts), clauses };
}

/**
 * What a body without a proof says, for the prover.
 * @throws BallotError as `hashBallot`.
 */
export function statementOf(
  body: Unproved,
  ext: BallotEntry['ext'],
  rules: BallotRules,
  hash: Hash512 = hash512,
): BallotStatement {
  return { M: hashBallot(body, ext, rules, hash), P: fromBase64Url(body.P), ...secrets(body, rules) };
}
