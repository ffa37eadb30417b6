/** How large a ballot can be, before there is one: docs/protocol.md §4.1, §6.1. */
import { encodeCanonical } from '../codec/canonical-json.ts';
import { CIPHERTEXT_BYTES } from '../crypto/elgamal.ts';
import { ballotProofBytes } from '../crypto/proofs/ballot-proof-codec.ts';
import type { Clause } from '../crypto/proofs/ballot-statement.ts';
import type { BallotEntry, VotedContest } from './ballot-entry.ts';
import { contestClauses } from './clauses.ts';
import type { College, Contest, ManifestBody } from './manifest.ts';

/** As long as base64url of `bytes` bytes. */
const base64url = (bytes: number): string => 'A'.repeat(Math.ceil((bytes * 4) / 3));

interface SizedContest {
  readonly contest: Contest;
  readonly clauses: readonly Clause[];
}

function largestContest({ id, options }: Contest, mode: College['mode']): VotedContest {
  if (mode === 'secret') return { id, mode, ciphertexts: base64url(CIPHERTEXT_BYTES * options.length) };
  return { id, mode, choices: options.map(() => 1) };
}

/** The greatest weight, and the longest kind of prev. Everything else of a ballot has one length. */
function largestOf({ id, mode, weights }: College, contests: readonly SizedContest[]): number {
  const hash = base64url(32);
  const clauses = mode === 'secret' ? contests.flatMap((sized) => sized.clauses) : [];
  const entry: BallotEntry = {
    v: 1,
    type: 'ballot',
    election: hash,
    ext: {},
    body: {
      ctx: hash,
      college: id,
      weight: Math.max(...weights),
      P: hash,
      prev: { kind: 'replacement', leaf: hash },
      part: { i: 1, of: 1 },
      contests: contests.map(({ contest }) => largestContest(contest, mode)),
      proof: base64url(ballotProofBytes(clauses)),
    },
  };
  return encodeCanonical(entry).length;
}

/** Bytes of the largest entry that a ballot of any college can be. */
export function largestBallot({ contests, colleges }: Pick<ManifestBody, 'contests' | 'colleges'>): number {
  const sized = contests.map((contest) => ({ contest, clauses: contestClauses(contest) }));
  const sizes = colleges.map((college) =>
    largestOf(
      college,
      sized.filter(({ contest }) => contest.colleges.includes(college.id)),
    ),
  );
  return Math.max(0, ...sizes);
}
