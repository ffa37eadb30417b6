/**
 * An election that is ready but for keys, dates and the names of earlier elections: what an officer starts from.
 * In a template `trustees` has no keys, `times` says how long instead of when, and elections that are linked to have
 * a word in place of their hash. What is made of it passes the rules of a manifest before it is published.
 */
import { z } from 'zod';
import { encodeCanonical } from '../codec/canonical-json.ts';
import { count, firstProblem, id, positive } from '../codec/fields.ts';
import { nameBlob } from '../record/record-source.ts';
import { CannotRun } from './exit.ts';
import { expandLists } from './repeated-json.ts';

const electionTemplate = z.strictObject({
  texts: z.array(z.looseObject({ contests: z.record(id, z.json()) })).min(1),
  manifest: z.looseObject({
    kind: z.enum(['real', 'petition']),
    trustees: z.strictObject({ threshold: positive, count: positive, agreements: positive }).nullable(),
    rules: z.array(z.looseObject({ id, kind: z.string() })),
    /** Seconds; `lasts` from opening to closing. */
    times: z.looseObject({ notice: count, lasts: positive }),
    links: z.array(z.looseObject({ manifest: id })).default([]),
  }),
});
export type ElectionTemplate = z.infer<typeof electionTemplate>;

export interface Filling {
  /** Of the trustees, in order. */
  readonly keys: readonly string[];
  /** Unix seconds. */
  readonly opens: number;
  /** The hashes of earlier elections, by the words that the template has for them. */
  readonly elections: Readonly<Record<string, string>>;
  /** A rehearsal needs no notice, and is closed by hand; a petition then gives a second's notice, and is a short one. */
  readonly rehearsal: boolean;
}

/** How long a petition runs that is to show how one runs. */
export const SHORT_PETITION_SECONDS = 45;

/** @throws CannotRun with the field at fault. */
export function parseTemplate(text: string, file: string): ElectionTemplate {
  const parsed = electionTemplate.safeParse(expandLists(text, file));
  if (parsed.success) return parsed.data;
  const { path, message } = firstProblem(parsed.error);
  throw new CannotRun(`${file}: ${path}: ${message}`);
}

function electionNamed({ elections }: Filling, word: string): string {
  const election = elections[word];
  if (election === undefined) throw new CannotRun(`the template links to ${word}: which election is that?`);
  return election;
}

type Rule = ElectionTemplate['manifest']['rules'][number];

/** A rule that ratifies names the earlier election, and the text that both vote on. */
function fillRule(rule: Rule, { texts, manifest }: ElectionTemplate, filling: Filling): Rule {
  if (rule.kind !== 'ratify') return rule;
  const own = manifest.rules.find(({ id: other }) => other === rule['own']);
  const text = texts[0]?.contests[String(own?.['contest'])];
  if (text === undefined) throw new CannotRun(`rule ${rule.id}: there is no text for what it ratifies`);
  return {
    ...rule,
    link: electionNamed(filling, String(rule['link'])),
    text: nameBlob(encodeCanonical(text)).sha256,
  };
}

/** A draft to publish, as `parseDraft` reads it. @throws CannotRun for a link without its election, or too few keys. */
export function fillTemplate(template: ElectionTemplate, filling: Filling): object {
  const { texts, manifest } = template;
  const { keys, opens, rehearsal } = filling;
  const { lasts, notice, ...times } = manifest.times;
  if (keys.length !== (manifest.trustees?.count ?? 0))
    throw new CannotRun(
      `the template asks for ${manifest.trustees?.count ?? 0} trustees, not ${keys.length}`,
    );
  const isPetition = manifest.kind === 'petition';
  const rehearsed = isPetition
    ? { kind: manifest.kind, notice: 1, closes: opens + SHORT_PETITION_SECONDS }
    : { kind: 'rehearsal', notice: 0, closes: null };
  const { kind, ...when } = rehearsal ? rehearsed : { kind: manifest.kind, notice, closes: opens + lasts };
  return {
    texts,
    manifest: {
      ...manifest,
      kind,
      trustees: manifest.trustees && { ...manifest.trustees, keys },
      rules: manifest.rules.map((rule) => fillRule(rule, template, filling)),
      times: { ...times, opens, ...when },
      links: manifest.links.map((link) => ({ ...link, manifest: electionNamed(filling, link.manifest) })),
    },
  };
}
