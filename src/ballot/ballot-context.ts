/** What every ballot of an election is checked against and made for, decoded once: docs/protocol.md §5.2, §6. */
import { type Bytes, fromBase64Url } from '../crypto/bytes.ts';
import { type Element, parseNonIdentity, prepareBase } from '../crypto/group.ts';
import type { Clause } from '../crypto/proofs/ballot-statement.ts';
import { contestClauses, hashClauses } from './clauses.ts';
import { BallotError, decoding } from './errors.ts';
import type { Contest, ManifestBody } from './manifest.ts';

/** Plain data, as the record has it. */
export interface BallotSetting {
  /** The manifest's leaf hash, base64url. */
  readonly election: string;
  /** The opening's leaf hash, base64url. */
  readonly ctx: string;
  /** Y, base64url, of the opening; null if every college is recorded. */
  readonly key: string | null;
  readonly manifest: ManifestBody;
}

export interface ContestRules {
  readonly contest: Contest;
  readonly clauses: readonly Clause[];
  readonly clausesHash: Bytes;
}

export interface CollegeRules {
  readonly mode: 'secret' | 'recorded';
  readonly weights: readonly number[];
  /** Those put to the college, in manifest order. */
  readonly contests: readonly ContestRules[];
}

export interface BallotContext extends BallotSetting {
  readonly ctxBytes: Bytes;
  readonly keyBytes: Bytes | null;
  /** A prepared base. */
  readonly keyElement: Element | null;
  readonly colleges: ReadonlyMap<string, CollegeRules>;
}

/** @throws BallotError `bad-point` for a key that is no element, or the identity; `bad-form` for a bad ctx. */
export function ballotContext({ election, ctx, key, manifest }: BallotSetting): BallotContext {
  const keyBytes = key === null ? null : decoding('bad-point', 'key', () => fromBase64Url(key, 'key'));
  const contests = manifest.contests.map((contest) => {
    const clauses = contestClauses(contest);
    return { contest, clauses, clausesHash: hashClauses(clauses) };
  });
  return {
    election,
    ctx,
    key,
    manifest,
    ctxBytes: decoding('bad-form', 'ctx', () => fromBase64Url(ctx, 'ctx')),
    keyBytes,
    keyElement:
      keyBytes === null
        ? null
        : prepareBase(decoding('bad-point', 'key', () => parseNonIdentity(keyBytes, 'key'))),
    colleges: new Map(
      manifest.colleges.map(({ id, mode, weights }) => [
        id,
        { mode, weights, contests: contests.filter(({ contest }) => contest.colleges.includes(id)) },
      ]),
    ),
  };
}

/** @throws BallotError `wrong-college`. */
export function collegeRules(context: BallotContext, college: string, where: string): CollegeRules {
  const rules = context.colleges.get(college);
  if (rules === undefined) throw new BallotError('wrong-college', where, `no college ${college}`);
  return rules;
}

/** @throws BallotError `wrong-weight`. */
export function checkWeight({ weights }: CollegeRules, weight: number, where: string): void {
  if (!weights.includes(weight))
    throw new BallotError('wrong-weight', where, `the college has no weight ${weight}`);
}
