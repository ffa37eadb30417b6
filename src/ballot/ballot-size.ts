/** How large a ballot can be, before there is one: docs/protocol.md §4.1, §6.1. */
import { encodeCanonical } from '../codec/canonical-json.ts';
import { CIPHERTEXT_BYTES } from '../crypto/elgamal.ts';
import { ballotProofBytes } from '../crypto/proofs/ballot-proof-codec.ts';
import type { BallotEntry, VotedContest } from './ballot-entry.ts';
import { contestClauses } from './clauses.ts';
import type { College, Contest, ManifestBody } from './manifest.ts';
import { valueCount } from './values.ts';

/** As long as base64url of `bytes` bytes. */
const base64url = (bytes: number): string => 'A'.repeat(Math.ceil((bytes * 4) / 3));

/** Every choice is as large as its clause allows. */
function largestContest(contest: Contest, mode: College['mode'], weight: number): VotedContest {
  const { id, shape } = contest;
  const values = valueCount(contest, weight);
  if (mode === 'secret') return { id, mode, ciphertexts: base64url(CIPHERTEXT_BYTES * values) };
  const largest = shape.kind === 'score' ? shape.max : 1;
  return { id, mode, choices: Array.from({ length: values }, () => largest) };
}

/** The greatest weight, and the longest kind of prev. Everything else of a ballot has one length. */
function largestOf({ id, mode, weights }: College, contests: readonly Contest[]): number {
  const hash = base64url(32);
  const weight = Math.max(...weights);
  const clauses = mode === 'secret' ? contests.flatMap((contest) => contestClauses(contest, weight)) : [];
  const entry: BallotEntry = {
    v: 1,
    type: 'ballot',
    election: hash,
    ext: {},
    body: {
      ctx: hash,
      college: id,
      weight,
      P: hash,
      prev: { kind: 'replacement', leaf: hash },
      part: { i: 1, of: 1 },
      contests: contests.map((contest) => largestContest(contest, mode, weight)),
      proof: base64url(ballotProofBytes(clauses)),
    },
  };
  return encodeCanonical(entry).length;
}

/** Bytes of the largest entry that a ballot of any college can be. */
export function largestBallot({ contests, colleges }: Pick<ManifestBody, 'contests' | 'colleges'>): number {
  const sizes = colleges.map((college) =>
    largestOf(
      college,
      contests.filter((contest) => contest.colleges.includes(college.id)),
    ),
  );
  return Math.max(0, ...sizes);
}
