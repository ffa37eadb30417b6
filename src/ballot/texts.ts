/**
 * The texts documents that a manifest names (docs/protocol.md §4.4), against the manifest: a title for every college,
 * contest, option and merged motion, and for nothing else; as many trustees as have keys. The document has
 * passed its schema and is otherwise hostile.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { encodeCanonical } from '../codec/canonical-json.ts';
import { toBase64Url } from '../crypto/bytes.ts';
import type { ManifestBody, TextsDocument } from './manifest.ts';
import { idsOf } from './manifest-problem.ts';

export interface TextsProblem {
  /** In the document, e.g. `contests.motion.options.for`. */
  readonly field: string;
  readonly code: 'wrong-language' | 'missing' | 'unknown' | 'wrong-text';
  readonly why: string;
}

type Problems = Generator<TextsProblem, void>;

function* checkNames(field: string, what: string, expected: readonly string[], given: object): Problems {
  for (const name of expected) {
    if (!Object.hasOwn(given, name))
      yield { field: `${field}.${name}`, code: 'missing', why: `no text for this ${what}` };
  }
  for (const name of Object.keys(given)) {
    if (!expected.includes(name))
      yield { field: `${field}.${name}`, code: 'unknown', why: `the manifest has no such ${what}` };
  }
}

/** As many trustees as have keys: another number would put names beside the keys of others. */
function* checkPeople({ people }: TextsDocument, { trustees }: ManifestBody): Problems {
  if (people === undefined) return;
  const keys = trustees?.count ?? 0;
  const given = people.trustees.length;
  for (let i = given; i < keys; i += 1)
    yield { field: `people.trustees[${i}]`, code: 'missing', why: 'no name for this trustee' };
  for (let i = keys; i < given; i += 1)
    yield { field: `people.trustees[${i}]`, code: 'unknown', why: 'the manifest has no such trustee' };
}

function* check(document: TextsDocument, manifest: ManifestBody, lang: string): Problems {
  if (document.lang !== lang)
    yield { field: 'lang', code: 'wrong-language', why: `${document.lang} where the manifest says ${lang}` };
  const { colleges, contests } = document;
  yield* checkPeople(document, manifest);
  yield* checkNames(
    'colleges',
    'college',
    manifest.colleges.map(({ id }) => id),
    colleges,
  );
  yield* checkNames(
    'contests',
    'contest',
    manifest.contests.map(({ id }) => id),
    contests,
  );
  for (const { id, options, shape } of manifest.contests) {
    const texts = Object.hasOwn(contests, id) ? contests[id] : undefined;
    const merged = shape.kind === 'support' ? idsOf(shape.merged) : [];
    if (texts) yield* checkNames(`contests.${id}.options`, 'option', [...options, ...merged], texts.options);
  }
}

/** What two elections decide on alike: SHA-256, in base64url, of all that the texts say of the contest; null without. */
export function hashMotion({ contests }: Pick<TextsDocument, 'contests'>, contest: string): string | null {
  const text = Object.hasOwn(contests, contest) ? contests[contest] : undefined;
  return text === undefined ? null : toBase64Url(sha256(encodeCanonical(text)));
}

/** Rules that ratify, in the first language: the text is the one that the earlier election decided on. */
function* checkRatified(document: TextsDocument, { rules, texts }: ManifestBody, lang: string): Problems {
  if (texts[0]?.lang !== lang) return;
  for (const rule of rules) {
    if (rule.kind !== 'ratify') continue;
    const own = rules.find(({ id }) => id === rule.own);
    if (own?.kind !== 'motion' || hashMotion(document, own.contest) === rule.text) continue;
    const why = `not the text that the rule ${rule.id} is to ratify`;
    yield { field: `contests.${own.contest}`, code: 'wrong-text', why };
  }
}

/** Everything that is wrong with the texts of one language; empty if nothing is. `lang` is the manifest's. */
export function checkTexts(document: TextsDocument, manifest: ManifestBody, lang: string): TextsProblem[] {
  return [...check(document, manifest, lang), ...checkRatified(document, manifest, lang)];
}
