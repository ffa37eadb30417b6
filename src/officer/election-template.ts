/**
 * An election that is ready but for keys, dates and the names of earlier elections: what an officer starts from.
 * In a template `trustees` has no keys, `times` says how long instead of when, elections that are linked to have
 * a word in place of their hash, and texts may be empty. What is made of it passes the rules of a manifest before it
 * is published.
 */
import { z } from 'zod';
import { manifestBody, textsDocument } from '../ballot/manifest.ts';
import { decisionRule } from '../ballot/rules.ts';
import { hashMotion } from '../ballot/texts.ts';
import { firstProblem, id } from '../codec/fields.ts';
import { OPTIONAL } from './election-draft.ts';
import { OfficerError } from './errors.ts';
import { expandLists } from './repeated-json.ts';

const { colleges, contests, cells, roll, times, trustees, links } = manifestBody.shape;
const [motion, seats, order, consultative, exclusive, ratify, petition] = decisionRule.options;

const titles = z.record(id, z.string().max(300));

const templateTexts = textsDocument.extend({
  title: z.string().max(300),
  /** Cut to no length here: what is too long is said before it is published. */
  intro: z.string(),
  colleges: titles,
  contests: z.record(id, z.strictObject({ title: z.string().max(2000), text: z.string(), options: titles })),
});

const templateRule = z.discriminatedUnion('kind', [
  motion,
  seats,
  order,
  consultative,
  exclusive,
  /** The hash of the text is computed. */
  ratify.omit({ text: true }).extend({ link: id }),
  petition,
]);

export const electionTemplate = z.strictObject({
  texts: z.array(templateTexts).min(1),
  manifest: z.strictObject({
    kind: z.enum(['real', 'petition']),
    trustees: trustees.unwrap().omit({ keys: true }).nullable(),
    colleges,
    contests,
    cells,
    roll,
    rules: z.array(templateRule).min(1).max(1000),
    /** Seconds; `lasts` from opening to closing. */
    times: times
      .omit({ opens: true, closes: true })
      .extend({ lasts: z.int(), extension: times.shape.extension.default(0) }),
    ...OPTIONAL,
    links: z.array(links.element.extend({ manifest: id })).default([]),
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

/** @throws OfficerError with the field at fault. */
export function parseTemplate(text: string, file: string): ElectionTemplate {
  const parsed = electionTemplate.safeParse(expandLists(text, file));
  if (parsed.success) return parsed.data;
  const { path, message } = firstProblem(parsed.error);
  throw new OfficerError('bad-file', `${file}: ${path}: ${message}`);
}

function electionNamed({ elections }: Filling, word: string): string {
  const election = elections[word];
  if (election === undefined)
    throw new OfficerError('bad-filling', `the template links to ${word}: which election is that?`);
  return election;
}

type Rule = ElectionTemplate['manifest']['rules'][number];

/** A rule that ratifies names the earlier election, and the text that both vote on. */
function fillRule(rule: Rule, { texts, manifest }: ElectionTemplate, filling: Filling): object {
  if (rule.kind !== 'ratify') return rule;
  const own = manifest.rules.find(({ id: other }) => other === rule.own);
  const text = own?.kind === 'motion' && texts[0] !== undefined ? hashMotion(texts[0], own.contest) : null;
  if (text === null)
    throw new OfficerError('bad-filling', `rule ${rule.id}: there is no text for what it ratifies`);
  return { ...rule, link: electionNamed(filling, rule.link), text };
}

/** A draft to publish, as `parseDraft` reads it. @throws OfficerError for a link without its election, or too few keys. */
export function fillTemplate(template: ElectionTemplate, filling: Filling): object {
  const { texts, manifest } = template;
  const { keys, opens, rehearsal } = filling;
  const { lasts, notice, ...times } = manifest.times;
  const trustees = manifest.trustees?.count ?? 0;
  if (keys.length !== trustees)
    throw new OfficerError('bad-filling', `the template asks for ${trustees} trustees, not ${keys.length}`);
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
