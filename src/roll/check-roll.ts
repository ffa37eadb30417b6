/**
 * The recount's `roll` check (docs/protocol.md §4.2, §4.3): a published roll against its manifest and its entry.
 * The document has passed its schema and is otherwise hostile. Every problem is reported, with its place. That
 * the blob has the hash that the entry names is for whoever fetched it.
 */
import { type Bytes, fromBase64Url, toBase64Url } from '../crypto/bytes.ts';
import { CryptoError } from '../crypto/errors.ts';
import { ELEMENT_BYTES, parseNonIdentity } from '../crypto/group.ts';
import { wasmKernel } from '../crypto/kernel/wasm.ts';
import { collegeSizes, isNamed, type RollEntryBody, type RollTerms } from './build-roll.ts';
import { entitlements } from './entitlement.ts';
import type { EntitlementRule } from './entitlement-rule.ts';
import { RollError } from './errors.ts';
import { FlatLines, type Roll } from './flat-lines.ts';
import { compareBytes, compareText } from './order.ts';
import type { RollBody, RollDocument, RollLine } from './roll-document.ts';
import { rollHead } from './roll-head.ts';

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

type Problems = Generator<RollProblem, void>;

const KEYS_AT_ONCE = 4096;

/** What several rules look up. */
interface RollIndex {
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

function indexRoll(document: Roll, terms: RollTerms): RollIndex {
  const listed = new Map<string, number>();
  for (const { college, bodies } of document.lines) {
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

function* checkBodies({ document, bodies }: RollIndex): Problems {
  let previous: RollBody | undefined;
  for (const [i, body] of document.bodies.entries()) {
    const where = `bodies[${i}]`;
    if (previous && compareText(previous.id, body.id) >= 0) {
      yield { where: `${where}.id`, code: 'not-sorted', why: `${body.id} after ${previous.id}` };
    }
    previous = body;
    if (body.kind !== 'affiliate' && body.size !== null)
      yield { where: `${where}.size`, code: 'size-not-allowed', why: 'only an affiliate has one' };
    if (body.kind !== 'branch') {
      if (body.region !== null)
        yield { where: `${where}.region`, code: 'wrong-region', why: 'only a branch has one' };
    } else if (body.region === null || bodies.get(body.region)?.kind !== 'region') {
      yield {
        where: `${where}.region`,
        code: 'wrong-region',
        why: `${body.region} is no region of this roll`,
      };
    }
  }
}

function* checkCounts({ document, terms, colleges, bodies, listed }: RollIndex): Problems {
  const known = new Set<string>();
  let previous: RollDocument['counts'][number] | undefined;
  for (const [i, count] of document.counts.entries()) {
    const where = `counts[${i}]`;
    const { college, body, n } = count;
    const key = `${college}/${body}`;
    known.add(key);
    if (previous && (compareText(previous.college, college) || compareText(previous.body, body)) >= 0) {
      yield { where, code: 'not-sorted', why: `${key} after ${previous.college}/${previous.body}` };
    }
    previous = count;
    if (!colleges.has(college)) yield { where: `${where}.college`, code: 'unknown-college', why: college };
    if (!bodies.has(body)) yield { where: `${where}.body`, code: 'unknown-body', why: body };
    if (n === 0) yield { where: `${where}.n`, code: 'wrong-count', why: 'a body without voters is left out' };
    const lines = listed.get(key) ?? 0;
    const own = colleges.get(college);
    const named = (own && isNamed(terms, own)) || n >= terms.roll.mergeBelow;
    // A strand's members are counted and not listed; those who represent it are.
    const unlisted = lines === 0 && bodies.get(body)?.kind === 'strand';
    if (named && lines !== n && !unlisted)
      yield { where: `${where}.n`, code: 'wrong-count', why: `${n}, but ${lines} lines list ${key}` };
    if (!named && lines > 0)
      yield {
        where: `${where}.n`,
        code: 'too-small-to-name',
        why: `${lines} lines list ${key}, which has ${n}`,
      };
  }
  for (const [key, lines] of listed) {
    if (!known.has(key))
      yield { where: 'counts', code: 'wrong-count', why: `none for ${key}, which ${lines} lines list` };
  }
}

function decodeKey(key: string, where: string): Bytes | RollProblem {
  try {
    const P = fromBase64Url(key, where);
    parseNonIdentity(P, where);
    return P;
  } catch (error) {
    if (error instanceof CryptoError) return { where, code: 'bad-key', why: error.message };
    throw error;
  }
}

/** The places of the lines whose P no voter can have. */
function badKeys({ keys, length }: FlatLines): Set<number> {
  const bad = new Set<number>();
  for (let at = 0; at < length; at += KEYS_AT_ONCE) {
    const some = keys.subarray(at * ELEMENT_BYTES, (at + KEYS_AT_ONCE) * ELEMENT_BYTES);
    const decoded = wasmKernel.decode(some);
    if (!decoded.ok) for (const i of decoded.bad) bad.add(at + i);
  }
  return bad;
}

function* checkKeys({ document }: RollIndex): Problems {
  const lines = FlatLines.of(document.lines);
  const bad = badKeys(lines);
  let previous: Bytes | undefined;
  for (let i = 0; i < lines.length; i += 1) {
    const where = `lines[${i}].P`;
    const P = lines.keyAt(i);
    if (bad.has(i) || P.every((byte) => byte === 0)) {
      yield { where, code: 'bad-key', why: bad.has(i) ? 'not the encoding of an element' : 'the identity' };
      continue;
    }
    const order = previous ? compareBytes(previous, P) : -1;
    if (order >= 0)
      yield {
        where,
        code: 'not-sorted',
        why: order === 0 ? 'the same as the line before' : 'below the line before',
      };
    previous = P;
  }
}

/** Keys of substitutes are valid, and nobody else's: no line has them, and no other substitute. */
function* checkSubstituteKeys({ document }: RollIndex): Problems {
  const keys = new Map<string, string>();
  for (const [i, { substitutes }] of document.lines.entries()) {
    for (const [j, { P }] of substitutes.entries()) {
      const where = `lines[${i}].substitutes[${j}].P`;
      const decoded = decodeKey(P, where);
      const before = keys.get(P);
      if (!(decoded instanceof Uint8Array)) yield decoded;
      else if (before !== undefined) yield { where, code: 'bad-key', why: `the same as ${before}` };
      keys.set(P, where);
    }
  }
  if (keys.size === 0) return;
  for (const [i, { P }] of document.lines.entries()) {
    const where = keys.get(P);
    if (where !== undefined) yield { where, code: 'bad-key', why: `the same as lines[${i}].P` };
  }
}

function* checkLines(index: RollIndex): Problems {
  const chosen = new Set<string>();
  for (const [i, line] of index.document.lines.entries()) {
    const where = `lines[${i}]`;
    const college = index.colleges.get(line.college);
    if (!college) {
      yield { where: `${where}.college`, code: 'unknown-college', why: line.college };
      continue;
    }
    if (!college.weights.includes(line.weight))
      yield { where: `${where}.weight`, code: 'weight-not-allowed', why: `${line.weight} in ${college.id}` };
    yield* checkName(index.terms, college, line.name, `${where}.name`);
    if (line.chosen !== null) {
      const { election, contest, option } = line.chosen;
      const key = [line.college, election, contest, option].join('/');
      if (chosen.has(key))
        yield { where: `${where}.chosen`, code: 'chosen-twice', why: `${contest}/${option}` };
      chosen.add(key);
    }
    yield* checkMandates(index, college, line, `${where}.mandates`);
    if (index.bases.has(college.id) && line.substitutes.length > 0)
      yield { where: `${where}.substitutes`, code: 'not-a-delegate', why: `${college.id} is of members` };
    for (const [j, { name }] of line.substitutes.entries())
      yield* checkName(index.terms, college, name, `${where}.substitutes[${j}].name`);
    yield* checkLineBodies(index, college, line, `${where}.bodies`);
  }
}

function* checkName(
  terms: RollTerms,
  college: RollTerms['colleges'][number],
  name: string | null,
  where: string,
): Problems {
  const named = isNamed(terms, college);
  if (!named && name !== null)
    yield { where, code: 'name-not-allowed', why: `nobody is named in ${college.id}` };
  if (named && name === null) yield { where, code: 'name-missing', why: `${college.id} votes on the record` };
}

function* checkMandates(
  { contests, terms }: RollIndex,
  college: RollTerms['colleges'][number],
  { mandates }: RollLine,
  where: string,
): Problems {
  if (mandates === null) return;
  const { id } = college;
  if (!isNamed(terms, college)) yield { where, code: 'bad-mandate', why: `nobody is named in ${id}` };
  for (const [j, { contest, option }] of mandates.entries()) {
    const before = mandates[j - 1];
    if (before !== undefined && compareText(before.contest, contest) >= 0)
      yield {
        where: `${where}[${j}].contest`,
        code: 'not-sorted',
        why: `${contest} after ${before.contest}`,
      };
    const known = contests.get(contest);
    if (!known?.colleges.includes(id))
      yield {
        where: `${where}[${j}].contest`,
        code: 'bad-mandate',
        why: `${id} does not vote in ${contest}`,
      };
    else if (!known.options.includes(option))
      yield {
        where: `${where}[${j}].option`,
        code: 'bad-mandate',
        why: `${option} is no option of ${contest}`,
      };
  }
}

function* checkLineBodies(
  { bodies, bases }: RollIndex,
  college: RollTerms['colleges'][number],
  line: RollLine,
  where: string,
): Problems {
  for (const [j, id] of line.bodies.entries()) {
    const before = line.bodies[j - 1];
    if (before !== undefined && compareText(before, id) >= 0)
      yield { where: `${where}[${j}]`, code: 'not-sorted', why: `${id} after ${before}` };
    if (!bodies.has(id)) yield { where: `${where}[${j}]`, code: 'unknown-body', why: id };
    if (bodies.get(id)?.kind === 'strand' && line.bodies.length > 1)
      yield { where: `${where}[${j}]`, code: 'too-many-bodies', why: `strand ${id} beside other bodies` };
  }
  if (college.entitlement !== null && line.bodies.length > 1)
    yield { where, code: 'too-many-bodies', why: 'a delegate represents one body' };
  if (!bases.has(college.id)) return;
  const [branch, ...branches] = line.bodies.filter((id) => bodies.get(id)?.kind === 'branch');
  const [region, ...regions] = line.bodies.filter((id) => bodies.get(id)?.kind === 'region');
  if (branches.length > 0 || regions.length > 0)
    yield { where, code: 'too-many-bodies', why: 'one branch and one region at most' };
  const home = branch === undefined ? null : (bodies.get(branch)?.region ?? null);
  // A region is at least as large as its branches, so where a branch is named its region is.
  if (home !== null && region !== home)
    yield { where, code: 'wrong-region', why: `branch ${branch} is of region ${home}` };
}

/** Sums of the published counts that hold even for bodies too small to be named on lines. */
function* checkSums({ document, terms, bodies, sizes, bases }: RollIndex): Problems {
  for (const { id, entitlement } of terms.colleges) {
    const size = sizes.get(id) ?? 0;
    const counts = document.counts.filter(({ college }) => college === id);
    const total = (kind?: RollBody['kind']) =>
      counts.reduce((sum, { body, n }) => sum + (!kind || bodies.get(body)?.kind === kind ? n : 0), 0);
    if (bases.has(id) && total('region') > size)
      yield {
        where: 'counts',
        code: 'bad-counts',
        why: `regions of ${id} add up to ${total('region')} of ${size}`,
      };
    for (const { body, n } of counts) {
      if (bases.has(id) && bodies.get(body)?.kind === 'strand' && n > size)
        yield { where: 'counts', code: 'bad-counts', why: `strand ${body} has ${n} of ${size} in ${id}` };
    }
    if (entitlement !== null && total() !== size)
      yield { where: 'counts', code: 'no-body', why: `${size} in ${id}, but its bodies have ${total()}` };
  }
}

/** Bodies that a rule names are on the roll, and of the kind that it says. */
function* checkNamed({ bodies }: RollIndex, college: string, rule: EntitlementRule): Problems {
  const { branches, regions, strands, affiliates } = rule;
  const kinds = { branch: branches, region: regions, strand: strands, affiliate: affiliates };
  for (const [kind, part] of Object.entries(kinds)) {
    if (part?.kind !== 'named') continue;
    for (const { body } of part.bodies) {
      if (bodies.get(body)?.kind !== kind)
        yield {
          where: `bodies(${college})`,
          code: 'unknown-body',
          why: `${body} is no ${kind} of this roll`,
        };
    }
  }
}

/** No body has more delegates than its entitlement; fewer are vacancies. */
function* checkEntitlements(index: RollIndex): Problems {
  const { document, terms } = index;
  for (const { id, entitlement } of terms.colleges) {
    if (entitlement === null) continue;
    yield* checkNamed(index, id, entitlement);
    const delegates = new Map(
      document.counts.flatMap(({ college, body, n }) => (college === id ? [[body, n] as const] : [])),
    );
    try {
      for (const { body, seats, why } of entitlements(entitlement, document.bodies, document.counts)) {
        const n = delegates.get(body) ?? 0;
        if (n > seats)
          yield {
            where: `counts(${id}, ${body})`,
            code: 'too-many-delegates',
            why: `${n} for ${seats} seats: ${why}`,
          };
      }
    } catch (error) {
      if (!(error instanceof RollError)) throw error;
      const where =
        error.code === 'no-size'
          ? `bodies(${error.where}).size`
          : `counts(${entitlement.from}, ${error.where})`;
      yield { where, code: 'bad-counts', why: error.message };
    }
  }
}

function* checkEntry({ document, terms, sizes }: RollIndex, entry: PublishedRollEntry): Problems {
  const { root, size, colleges } = entry.body;
  if (document.election !== entry.election)
    yield { where: 'election', code: 'wrong-election', why: 'not the election of the entry' };
  if (document.lines.length !== size)
    yield {
      where: 'entry.size',
      code: 'wrong-size',
      why: `${size}, but there are ${document.lines.length} lines`,
    };
  const head = toBase64Url(rollHead(document));
  if (head !== root) yield { where: 'entry.root', code: 'wrong-root', why: `the lines have root ${head}` };
  const stated = colleges.map((college) => `${college.id}: ${college.size}`).join(', ');
  const found = terms.colleges.map(({ id }) => `${id}: ${sizes.get(id) ?? 0}`).join(', ');
  if (stated !== found)
    yield { where: 'entry.colleges', code: 'wrong-colleges', why: `the lines have ${found}` };
}

/** What the check reads of a `roll` entry. */
export interface PublishedRollEntry {
  readonly election: string;
  readonly body: RollEntryBody;
}

/** Everything that is wrong with a roll, in document order within each rule; empty if nothing is. */
export function checkRoll(document: Roll, terms: RollTerms, entry: PublishedRollEntry): RollProblem[] {
  const index = indexRoll(document, terms);
  return [
    ...checkEntry(index, entry),
    ...checkBodies(index),
    ...checkCounts(index),
    ...checkKeys(index),
    ...checkSubstituteKeys(index),
    ...checkLines(index),
    ...checkSums(index),
    ...checkEntitlements(index),
  ];
}
