/** What every ballot of an election is checked against and made for, decoded once: docs/protocol.md §5.2, §6. */
import { type Bytes, fromBase64Url } from '../crypto/bytes.ts';
import { type Element, parseNonIdentity, prepareBase } from '../crypto/group.ts';
import type { Clause } from '../crypto/proofs/ballot-statement.ts';
import { contestClauses, hashContest } from './clauses.ts';
import { BallotError, decoding } from './errors.ts';
import type { College, Contest, ManifestBody } from './manifest.ts';
import { valueCount } from './values.ts';

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

/** What a ballot of one weight says in a contest. */
export interface ContestRules {
  readonly contest: Contest;
  /** How many values there are. */
  readonly values: number;
  readonly clauses: readonly Clause[];
  readonly clausesHash: Bytes;
}

/** What a ballot of one college and weight says. */
export interface BallotRules {
  readonly mode: 'secret' | 'recorded';
  /** Those put to the college, in manifest order. */
  readonly contests: readonly ContestRules[];
}

export interface CollegeRules {
  readonly weights: ReadonlySet<number>;
  /** One and the same for all weights, unless the college has split cards. */
  readonly ofWeight: (weight: number) => BallotRules;
}

export interface BallotContext extends BallotSetting {
  readonly ctxBytes: Bytes;
  readonly keyBytes: Bytes | null;
  /** A prepared base. */
  readonly keyElement: Element | null;
  readonly colleges: ReadonlyMap<string, CollegeRules>;
}

function contestRules(contest: Contest, weight: number): ContestRules {
  return {
    contest,
    values: valueCount(contest, weight),
    clauses: contestClauses(contest, weight),
    clausesHash: hashContest(contest, weight),
  };
}

/** @param shared the rules of contests that are the same for every weight. */
function collegeRules(
  { mode, weights }: College,
  contests: readonly Contest[],
  shared: ReadonlyMap<string, ContestRules>,
): CollegeRules {
  const made = new Map<number, BallotRules>();
  const make = (weight: number): BallotRules => ({
    mode,
    contests: contests.map((contest) => shared.get(contest.id) ?? contestRules(contest, weight)),
  });
  const isShared = contests.every(({ id }) => shared.has(id));
  return {
    weights: new Set(weights),
    ofWeight: (weight) => {
      const key = isShared ? 1 : weight;
      const rules = made.get(key) ?? make(weight);
      made.set(key, rules);
      return rules;
    },
  };
}

/** @throws BallotError `bad-point` for a key that is no element, or the identity; `bad-form` for a bad ctx. */
export function ballotContext({ election, ctx, key, manifest }: BallotSetting): BallotContext {
  const keyBytes = key === null ? null : decoding('bad-point', 'key', () => fromBase64Url(key, 'key'));
  const shared = new Map(
    manifest.contests
      .filter(({ shape }) => shape.kind !== 'split')
      .map((contest) => [contest.id, contestRules(contest, 1)]),
  );
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
      manifest.colleges.map((college) => [
        college.id,
        collegeRules(
          college,
          manifest.contests.filter(({ colleges }) => colleges.includes(college.id)),
          shared,
        ),
      ]),
    ),
  };
}

/**
 * @param where prefix of the fields at fault: `college`, `weight`.
 * @throws BallotError `wrong-college`, `wrong-weight`.
 */
export function ballotRules(
  context: Pick<BallotContext, 'colleges'>,
  { college, weight }: { readonly college: string; readonly weight: number },
  where = '',
): BallotRules {
  const rules = context.colleges.get(college);
  if (rules === undefined) throw new BallotError('wrong-college', `${where}college`, `no college ${college}`);
  if (!rules.weights.has(weight))
    throw new BallotError('wrong-weight', `${where}weight`, `the college has no weight ${weight}`);
  return rules.ofWeight(weight);
}
