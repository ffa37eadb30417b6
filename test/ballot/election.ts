/** A small election to make ballots in: its manifest, key and context. */

import { sha256 } from '@noble/hashes/sha2.js';
import { type BallotContext, type BallotSetting, ballotContext } from '../../src/ballot/ballot-context.ts';
import { type Credential, deriveCredential } from '../../src/ballot/credential.ts';
import type { College, Contest, ManifestBody } from '../../src/ballot/manifest.ts';
import { drawToken } from '../../src/ballot/token.ts';
import { type Bytes, toBase64Url, toUtf8 } from '../../src/crypto/bytes.ts';
import { encodeElement, G, multiplySecret } from '../../src/crypto/group.ts';
import { randomScalar, type Scalar } from '../../src/crypto/scalar.ts';

export const hashOf = (text: string): string => toBase64Url(sha256(toUtf8(text)));

export const contest = (
  id: string,
  options: number,
  min: number,
  max: number,
  colleges = ['members'],
): Contest => ({
  id,
  colleges,
  options: Array.from({ length: options }, (_, i) => `option-${i + 1}`),
  shape: { kind: 'choose', min, max, blank: false },
});

export const college = (id: string, mode: College['mode'] = 'secret', weights = [1]): College => ({
  id,
  mode,
  weights,
  entitlement: null,
});

const MOTION = contest('motion', 3, 1, 1);
const BOARD = contest('board', 5, 0, 3, ['members', 'delegates']);

function manifestOf(contests: Contest[], colleges: College[]): ManifestBody {
  return {
    kind: 'rehearsal',
    suite: 'ristretto255-SHA512',
    origin: 'vote.example/AAAAAAAAAAAAAAAAAAAAAA',
    log: 'vote.example/AAAAAAAAAAAAAAAAAAAAAA+00000000+AA==',
    texts: [],
    roles: { officers: [], registrars: [], boxes: [], observers: [] },
    trustees: { threshold: 2, count: 3, agreements: 2, keys: [] },
    issuers: 1,
    colleges,
    contests,
    cells: { requiredMin: 5, optional: null },
    roll: { mergeBelow: 5 },
    rules: [],
    revoting: true,
    times: { notice: 0, opens: 0, closes: null, grace: 0, extension: 0, disputes: 0 },
    witnesses: { quorum: 0, keys: [] },
    booth: [],
    links: [],
    caps: { replacements: 0 },
    features: [],
  };
}

export interface TestElection {
  readonly setting: BallotSetting;
  readonly context: BallotContext;
  /** The election's secret key, which no election has in one place. */
  readonly secret: Scalar;
}

export function election(
  contests: Contest[] = [MOTION, BOARD],
  colleges: College[] = [college('members'), college('delegates', 'recorded', [1, 25])],
  name = 'election',
): TestElection {
  const secret = randomScalar();
  const setting = {
    election: hashOf(name),
    ctx: hashOf(`opening of ${name}`),
    key: toBase64Url(encodeElement(multiplySecret(G, secret))),
    manifest: manifestOf(contests, colleges),
  };
  return { setting, context: ballotContext(setting), secret };
}

export function credential(context: BallotContext, collegeId = 'members'): Credential {
  return deriveCredential(drawToken(), context.election, collegeId);
}

/** `bytes` with the byte at `at` changed by `by`. */
export function changed(bytes: Bytes, at: number, by = 1): Bytes {
  return bytes.map((byte, i) => (i === at ? byte ^ by : byte));
}
