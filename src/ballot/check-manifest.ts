/**
 * The rules between the fields of a manifest (docs/protocol.md §4.1, "Beyond the types"). A manifest that breaks
 * one could not be voted on, counted or decided, so it is refused before it is published, and a record with it
 * fails its recount. The body has passed its schema and is otherwise hostile; every problem is reported.
 */

import { BoardError } from '../board/errors.ts';
import {
  COSIGNATURE,
  NOTE_SIGNATURE,
  parseVerifierKey,
  type SignatureType,
  type VerifierKey,
} from '../board/note.ts';
import { fromBase64Url, toBase64Url } from '../crypto/bytes.ts';
import { parsePublicKey } from '../crypto/ed25519.ts';
import { CryptoError } from '../crypto/errors.ts';
import { checkEntitlementRule } from '../roll/entitlement-rule.ts';
import { largestBallot } from './ballot-size.ts';
import { checkCells } from './check-cells.ts';
import { checkLinks } from './check-links.ts';
import { checkRules } from './check-rules.ts';
import { checkShape, checkShapesOfColleges } from './check-shapes.ts';
import type { ManifestBody } from './manifest.ts';
import { checkDistinct, idsOf, type ManifestProblem, type Problems } from './manifest-problem.ts';

const MAX_ENTRY_BYTES = 65_535;

/** Support is public, under pseudonyms. */
function* checkKind({ kind, colleges }: ManifestBody): Problems {
  if (kind !== 'petition') return;
  for (const [i, { mode }] of colleges.entries()) {
    if (mode === 'secret')
      yield { field: `colleges[${i}].mode`, code: 'contradiction', why: 'support for a petition is public' };
  }
}

function* checkTexts({ texts }: ManifestBody): Problems {
  const langs = texts.map(({ lang }) => lang);
  yield* checkDistinct((i) => `texts[${i}].lang`, langs);
}

function* checkColleges({ colleges }: ManifestBody): Problems {
  yield* checkDistinct((i) => `colleges[${i}].id`, idsOf(colleges));
  for (const [i, { id, weights, entitlement }] of colleges.entries()) {
    for (const [j, weight] of weights.entries()) {
      if (weight <= (weights[j - 1] ?? 0))
        yield { field: `colleges[${i}].weights[${j}]`, code: 'not-sorted', why: 'not above the one before' };
    }
    if (entitlement === null) continue;
    const field = `colleges[${i}].entitlement.from`;
    const basis = colleges.find((college) => college.id === entitlement.from);
    for (const problem of checkEntitlementRule(entitlement))
      yield { ...problem, field: `colleges[${i}].entitlement.${problem.field}` };
    if (!basis) yield { field, code: 'unknown', why: `no college ${entitlement.from}` };
    else if (basis.entitlement !== null)
      yield {
        field,
        code: 'impossible',
        why: `${basis.id} has delegates itself; ${id} needs a college of members`,
      };
  }
}

function* checkContests({ colleges, contests }: ManifestBody): Problems {
  const known = new Set(idsOf(colleges));
  const voting = new Set(contests.flatMap((contest) => contest.colleges));
  yield* checkDistinct((i) => `contests[${i}].id`, idsOf(contests));
  for (const [i, contest] of contests.entries()) {
    const field = `contests[${i}]`;
    yield* checkDistinct((j) => `${field}.options[${j}]`, contest.options);
    yield* checkDistinct((j) => `${field}.colleges[${j}]`, contest.colleges);
    for (const [j, college] of contest.colleges.entries()) {
      if (!known.has(college))
        yield { field: `${field}.colleges[${j}]`, code: 'unknown', why: `no college ${college}` };
    }
    yield* checkShape(contest, `${field}.shape`);
  }
  for (const [i, { id }] of colleges.entries()) {
    if (!voting.has(id))
      yield { field: `colleges[${i}].id`, code: 'unused', why: `${id} votes in no contest` };
  }
}

function* checkTrustees({ colleges, trustees }: ManifestBody): Problems {
  const secret = colleges.some(({ mode }) => mode === 'secret');
  if (!trustees) {
    if (secret) yield { field: 'trustees', code: 'contradiction', why: 'a secret college needs trustees' };
    return;
  }
  const { threshold, count, agreements, keys } = trustees;
  const because = (field: string, why: string) =>
    ({ field: `trustees.${field}`, code: 'contradiction', why }) as const;
  if (!secret) yield { field: 'trustees', code: 'contradiction', why: 'every college is recorded' };
  if (keys.length !== count) yield because('count', `${count}, but there are ${keys.length} keys`);
  if (threshold > count) yield because('threshold', `${threshold} of ${count}`);
  if (2 * threshold <= count) yield because('threshold', `${threshold} is not more than half of ${count}`);
  if (agreements < threshold)
    yield because('agreements', `${agreements} is below the threshold, ${threshold}`);
  if (agreements > count) yield because('agreements', `${agreements} of ${count}`);
}

function* checkRoleKeys({ roles, trustees }: ManifestBody): Problems {
  const keys = [
    ...roles.officers.map((key, i) => [`roles.officers[${i}]`, key] as const),
    ...roles.registrars.map((key, i) => [`roles.registrars[${i}]`, key] as const),
    ...roles.boxes.map((key, i) => [`roles.boxes[${i}]`, key] as const),
    ...roles.observers.map((key, i) => [`roles.observers[${i}]`, key] as const),
    ...(trustees?.keys ?? []).map((key, i) => [`trustees.keys[${i}]`, key] as const),
  ];
  yield* checkDistinct(
    (i) => keys[i]?.[0] ?? '',
    keys.map(([, key]) => key),
  );
  for (const [field, key] of keys) {
    try {
      parsePublicKey(fromBase64Url(key), field);
    } catch (error) {
      if (!(error instanceof CryptoError)) throw error;
      yield { field, code: 'bad-key', why: error.message };
    }
  }
}

function* checkSecond({ roles: { officers, second = [] } }: ManifestBody): Problems {
  yield* checkDistinct((i) => `roles.second[${i}]`, second);
  if (second.length > 0 && officers.length < 2)
    yield { field: 'roles.second', code: 'impossible', why: 'there is one officer' };
}

/** Reports what is wrong with a verifier key; gives it otherwise. */
function* checkNoteKey(
  field: string,
  text: string,
  type: SignatureType,
): Generator<ManifestProblem, VerifierKey | null> {
  try {
    const key = parseVerifierKey(text, field);
    if (key.type === type) return key;
    yield { field, code: 'bad-key', why: `of signature type ${key.type} instead of ${type}` };
  } catch (error) {
    if (!(error instanceof BoardError)) throw error;
    yield { field, code: 'bad-key', why: error.message };
  }
  return null;
}

function* checkLog({ origin, log, witnesses }: ManifestBody): Problems {
  const own = yield* checkNoteKey('log', log, NOTE_SIGNATURE);
  if (own !== null && own.name !== origin)
    yield { field: 'log', code: 'wrong-name', why: `${own.name} instead of ${origin}` };
  const holders = own === null ? [] : [{ field: 'log', ...own }];
  for (const [i, text] of witnesses.keys.entries()) {
    const field = `witnesses.keys[${i}]`;
    const key = yield* checkNoteKey(field, text, COSIGNATURE);
    if (key !== null) holders.push({ field, ...key });
  }
  // By the keys, whatever their names: under two names one holder would count twice in the quorum.
  yield* checkDistinct(
    (i) => holders[i]?.field ?? '',
    holders.map(({ publicKey }) => toBase64Url(publicKey)),
  );
  const { quorum, keys } = witnesses;
  if (quorum > keys.length)
    yield { field: 'witnesses.quorum', code: 'contradiction', why: `${quorum} of ${keys.length} witnesses` };
}

function* checkTimes({ kind, times }: ManifestBody): Problems {
  const { notice, opens, closes, extension } = times;
  if (closes === null && kind !== 'rehearsal')
    yield { field: 'times.closes', code: 'undetermined', why: 'only a rehearsal may leave it open' };
  if (closes !== null && closes <= opens)
    yield { field: 'times.closes', code: 'contradiction', why: 'not after times.opens' };
  if (closes === null && extension > 0)
    yield { field: 'times.extension', code: 'contradiction', why: 'there is no time to put off' };
  if (notice === 0 && kind !== 'rehearsal')
    yield { field: 'times.notice', code: 'contradiction', why: 'only a rehearsal needs no notice' };
  if (opens < notice)
    yield { field: 'times.opens', code: 'impossible', why: 'earlier than any notice of this length' };
}

function* checkSizes(manifest: ManifestBody): Problems {
  const ballot = largestBallot(manifest);
  if (ballot > MAX_ENTRY_BYTES)
    yield {
      field: 'contests',
      code: 'too-large',
      why: `a ballot may have ${ballot} bytes, over ${MAX_ENTRY_BYTES}`,
    };
}

/** Everything that is wrong between the fields of a manifest's body; empty if nothing is. */
export function checkManifest(manifest: ManifestBody): ManifestProblem[] {
  const problems = [
    ...checkKind(manifest),
    ...checkTexts(manifest),
    ...checkColleges(manifest),
    ...checkContests(manifest),
    ...checkShapesOfColleges(manifest),
    ...checkTrustees(manifest),
    ...checkRoleKeys(manifest),
    ...checkSecond(manifest),
    ...checkLog(manifest),
    ...checkTimes(manifest),
    ...checkLinks(manifest),
    ...checkCells(manifest),
    ...checkRules(manifest),
  ];
  // Sizes mean something only where names and numbers fit together.
  return problems.length > 0 ? problems : [...checkSizes(manifest)];
}

/** Whether the notice of a manifest that was published at this time (Unix seconds) has run when voting opens. */
export function keepsNotice({ times }: ManifestBody, published: number, opens: number): boolean {
  return opens >= times.opens && opens - published >= times.notice;
}
