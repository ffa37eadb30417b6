/** The rules of the roll check for lines: keys, weights, names, mandates, substitutes and bodies (docs/protocol.md §4.2). */
import { type Bytes, fromBase64Url } from '../crypto/bytes.ts';
import { CryptoError } from '../crypto/errors.ts';
import { ELEMENT_BYTES, parseNonIdentity } from '../crypto/group.ts';
import { wasmKernel } from '../crypto/kernel/wasm.ts';
import { isNamed, type RollTerms } from './build-roll.ts';
import { FlatLines, kindsOf, type LineKind } from './flat-lines.ts';
import { compareBytes, compareText } from './order.ts';
import type { IndexedRoll, Problems, RollProblem } from './roll-problem.ts';

const KEYS_AT_ONCE = 4096;

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

/** Every P is one that a voter can have, and they ascend. */
export function* checkKeys({ document }: IndexedRoll): Problems {
  const lines = FlatLines.of(document.lines);
  const bad = badKeys(lines);
  let previous: Bytes | undefined;
  for (let i = 0; i < lines.length; i += 1) {
    const P = lines.keyAt(i);
    if (bad.has(i) || P.every((byte) => byte === 0)) {
      const why = bad.has(i) ? 'not the encoding of an element' : 'the identity';
      yield { where: `lines[${i}].P`, code: 'bad-key', why };
      continue;
    }
    const order = previous ? compareBytes(previous, P) : -1;
    if (order >= 0)
      yield {
        where: `lines[${i}].P`,
        code: 'not-sorted',
        why: order === 0 ? 'the same as the line before' : 'below the line before',
      };
    previous = P;
  }
}

/** Keys of substitutes are valid, and nobody else's: no line has them, and no other substitute. */
export function* checkSubstituteKeys({ document }: IndexedRoll): Problems {
  const keys = new Map<string, string>();
  let i = -1;
  for (const { substitutes } of kindsOf(document.lines)) {
    i += 1;
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
  for (const [line, { P }] of document.lines.entries()) {
    const where = keys.get(P);
    if (where !== undefined) yield { where, code: 'bad-key', why: `the same as lines[${line}].P` };
  }
}

/** Each line against its college, its contests and the bodies. */
export function* checkLines(index: IndexedRoll): Problems {
  const chosen = new Set<string>();
  let i = -1;
  // Neighbours of one kind have the same problems, but for an option that was chosen twice.
  let faultless: LineKind | undefined;
  for (const line of kindsOf(index.document.lines)) {
    i += 1;
    if (line === faultless) continue;
    let problems = 0;
    for (const problem of checkLine(index, line, `lines[${i}]`, chosen)) {
      problems += 1;
      yield problem;
    }
    faultless = problems === 0 && line.chosen === null ? line : undefined;
  }
}

function* checkLine(index: IndexedRoll, line: LineKind, where: string, chosen: Set<string>): Problems {
  const college = index.colleges.get(line.college);
  if (!college) {
    yield { where: `${where}.college`, code: 'unknown-college', why: line.college };
    return;
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
  { contests, terms }: IndexedRoll,
  college: RollTerms['colleges'][number],
  { mandates }: LineKind,
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
  { bodies, bases }: IndexedRoll,
  college: RollTerms['colleges'][number],
  line: LineKind,
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
