/** The election that the benchmark votes in: one contest, one voter, a key without trustees. */
import type { BallotContext } from '../src/ballot/ballot-context.ts';
import { ballotContext } from '../src/ballot/ballot-context.ts';
import { ballotStatement, type StatedBallot } from '../src/ballot/check-ballot.ts';
import { deriveCredential } from '../src/ballot/credential.ts';
import { type ManifestBody, SUITE } from '../src/ballot/manifest.ts';
import { type PreparedBallot, prepareBallot } from '../src/ballot/prepare-ballot.ts';
import { drawToken } from '../src/ballot/token.ts';
import { encodeVerifierKey, NOTE_SIGNATURE, verifierKey } from '../src/board/note.ts';
import { toBase64Url } from '../src/crypto/bytes.ts';
import { generateSigningKey, publicKeyOf } from '../src/crypto/ed25519.ts';
import { encodeElement, G, multiplySecret } from '../src/crypto/group.ts';
import { randomScalar, type Scalar } from '../src/crypto/scalar.ts';

export const COLLEGE = 'members';
export const CONTEST = 'question';

export interface BenchElection {
  readonly context: BallotContext;
  /** The discrete logarithm of the election key: one trustee has it all. */
  readonly secret: Scalar;
  /** A new ballot for one of the options, or several where the contest asks for them. */
  readonly prepare: () => PreparedBallot;
}

/** @param most how many of the options a ballot may choose; at least one where it is one. */
export function benchElection(options: number, most: number): BenchElection {
  const key = (): string => toBase64Url(publicKeyOf(generateSigningKey()));
  const origin = `bench.example/${'x'.repeat(22)}`;
  const names = Array.from({ length: options }, (_, i) => `option-${i + 1}`);
  const manifest: ManifestBody = {
    kind: 'rehearsal',
    suite: SUITE,
    origin,
    log: encodeVerifierKey(verifierKey(origin, NOTE_SIGNATURE, publicKeyOf(generateSigningKey()))),
    texts: [],
    roles: { officers: [key()], registrars: [key()], boxes: [key()], observers: [] },
    trustees: { threshold: 1, count: 1, agreements: 1, keys: [key()] },
    issuers: 1,
    colleges: [{ id: COLLEGE, mode: 'secret', weights: [1], entitlement: null }],
    contests: [
      {
        id: CONTEST,
        colleges: [COLLEGE],
        options: names,
        shape: { kind: 'choose', min: most === 1 ? 1 : 0, max: most, blank: false },
      },
    ],
    cells: { requiredMin: 3, optional: null },
    roll: { mergeBelow: 1 },
    rules: [{ id: 'seats', kind: 'seats', contest: CONTEST, college: COLLEGE, seats: 1, ties: 'lot' }],
    revoting: true,
    times: { notice: 0, opens: 0, closes: null, grace: 0, extension: 0, disputes: 0 },
    witnesses: { quorum: 0, keys: [] },
    booth: [],
    links: [],
    caps: { replacements: 0 },
    features: [],
  };
  const secret = randomScalar();
  const election = toBase64Url(new Uint8Array(32).fill(1));
  const ctx = toBase64Url(new Uint8Array(32).fill(2));
  const context = ballotContext({
    election,
    ctx,
    key: toBase64Url(encodeElement(multiplySecret(G, secret))),
    manifest,
  });
  const credential = deriveCredential(drawToken(), election, COLLEGE);
  const choices = { [CONTEST]: names.slice(0, most) };
  return {
    context,
    secret,
    prepare: () =>
      prepareBallot({ context, college: COLLEGE, weight: 1, credential, prev: { kind: 'none' }, choices }),
  };
}

/** So many ballots to verify. A few are made and repeated: a verifier does the same work for each. */
export function statedBallots({ context, prepare }: BenchElection, count: number): StatedBallot[] {
  const made = Array.from({ length: Math.min(count, 16) }, () => ballotStatement(prepare().entry, context));
  return Array.from({ length: count }, (_, i) => made[i % made.length]).filter(
    (ballot) => ballot !== undefined,
  );
}
