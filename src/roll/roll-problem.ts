/** The form in which the roll check reports what is wrong, and what its rules look up (docs/protocol.md §4.2). */
import { collegeSizes, type RollTerms } from './build-roll.ts';
import { kindsOf, type Roll } from './flat-lines.ts';
import type { RollBody } from './roll-document.ts';

type RollProblemCode =
  | 'wrong-election'
  | 'wrong-size'
  | 'wrong-root'
  | 'wrong-colleges'
  | 'bad-key'
  | 'not-sorted'
  | 'unknown-college'
  | 'unknown-body'
  | 'wrong-region'
  | 'size-not-allowed'
  | 'weight-not-allowed'
  | 'name-not-allowed'
  | 'name-missing'
  | 'chosen-twice'
  | 'bad-mandate'
  | 'not-a-delegate'
  | 'too-many-bodies'
  | 'wrong-count'
  | 'too-small-to-name'
  | 'bad-counts'
  | 'no-body'
  | 'too-many-delegates';

export interface RollProblem {
  /** In the document, e.g. `lines[3].weight`, or in the entry, e.g. `entry.root`. */
  readonly where: string;
  readonly code: RollProblemCode;
  readonly why: string;
}

export type Problems = Generator<RollProblem, void>;

/** What several rules look up. */
export interface IndexedRoll {
  readonly document: Roll;
  readonly terms: RollTerms;
  readonly colleges: ReadonlyMap<string, RollTerms['colleges'][number]>;
  readonly contests: ReadonlyMap<string, RollTerms['contests'][number]>;
  readonly bodies: ReadonlyMap<string, RollBody>;
  /** Lines of each college. */
  readonly sizes: ReadonlyMap<string, number>;
  /** Of `college/body`: the lines of the college that list the body. */
  readonly listed: ReadonlyMap<string, number>;
  /** Colleges whose counts are the basis of an entitlement: there, branches lie inside regions. */
  readonly bases: ReadonlySet<string>;
}

export function indexRoll(document: Roll, terms: RollTerms): IndexedRoll {
  const listed = new Map<string, number>();
  for (const { college, bodies } of kindsOf(document.lines)) {
    for (const body of bodies) listed.set(`${college}/${body}`, (listed.get(`${college}/${body}`) ?? 0) + 1);
  }
  return {
    document,
    terms,
    colleges: new Map(terms.colleges.map((college) => [college.id, college])),
    contests: new Map(terms.contests.map((contest) => [contest.id, contest])),
    bodies: new Map(document.bodies.map((body) => [body.id, body])),
    sizes: collegeSizes(document),
    listed,
    bases: new Set(terms.colleges.flatMap(({ entitlement }) => entitlement?.from ?? [])),
  };
}
