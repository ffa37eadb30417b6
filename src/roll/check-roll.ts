/**
 * The recount's `roll` check (docs/protocol.md §4.2, §4.3): a published roll against its manifest and its entry.
 * The document has passed its schema and is otherwise hostile. Every problem is reported, with its place. That
 * the blob has the hash that the entry names is for whoever fetched it.
 */
import { toBase64Url } from '../crypto/bytes.ts';
import { isNamed, type RollEntryBody, type RollTerms } from './build-roll.ts';
import { checkKeys, checkLines, checkSubstituteKeys } from './check-roll-lines.ts';
import { entitlements } from './entitlement.ts';
import type { EntitlementRule } from './entitlement-rule.ts';
import { RollError } from './errors.ts';
import type { Roll } from './flat-lines.ts';
import { compareText } from './order.ts';
import type { RollBody, RollDocument } from './roll-document.ts';
import { rollHead } from './roll-head.ts';
import { type IndexedRoll, indexRoll, type Problems, type RollProblem } from './roll-problem.ts';

function* checkBodies({ document, bodies }: IndexedRoll): Problems {
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

function* checkCounts({ document, terms, colleges, bodies, listed }: IndexedRoll): Problems {
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

/** Sums of the published counts that hold even for bodies too small to be named on lines. */
function* checkSums({ document, terms, bodies, sizes, bases }: IndexedRoll): Problems {
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
function* checkNamed({ bodies }: IndexedRoll, college: string, rule: EntitlementRule): Problems {
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
function* checkEntitlements(index: IndexedRoll): Problems {
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

function* checkEntry({ document, terms, sizes }: IndexedRoll, entry: PublishedRollEntry): Problems {
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
