/**
 * The elections that this one goes on from (docs/protocol.md §5.5, §11): their own records, recounted by the same
 * code under the name that the manifest gives them, decided what the opening cites. Records are hostile.
 */

import { type Link, type ManifestBody, type MotionRule, textsDocument } from '../../ballot/manifest.ts';
import { hashMotion } from '../../ballot/texts.ts';
import { encodeCanonical } from '../../codec/canonical-json.ts';
import { equalBytes } from '../../crypto/bytes.ts';
import type { ElectionState } from '../../record/election-state.ts';
import type { EntryOf, Outcome } from '../../record/entries.ts';
import { parseDocument } from '../../record/envelope.ts';
import { RecordError } from '../../record/errors.ts';
import { type RecordSource, readBlob } from '../../record/record-source.ts';
import type { RollLine } from '../../roll/roll-document.ts';
import type { Findings } from './findings.ts';

/** A linked election as its recount left it. */
export interface LinkedElection {
  readonly source: RecordSource;
  readonly manifest: ManifestBody;
  /** The leaf of its result. */
  readonly result: string;
  readonly outcome: Outcome;
  /** The checks that are unproven. */
  readonly unproven: readonly string[];
}

/** Nothing is there that could be recounted (unproven), or its recount fails. */
interface NoLinkedElection {
  readonly status: 'fail' | 'unproven';
  readonly why: string;
}

export type LinkedRecount = LinkedElection | NoLinkedElection;

export interface LinkChecking {
  readonly findings: Findings;
  readonly state: ElectionState;
  readonly lines: Iterable<Pick<RollLine, 'chosen'>>;
  readonly recount: (manifest: string) => Promise<LinkedRecount>;
}

type Cited = EntryOf<'opening'>['body']['results'][number];

function isRecounted(linked: LinkedRecount): linked is LinkedElection {
  return 'outcome' in linked;
}

/** Every link, every delegate that a linked election chose, and every text that is ratified. */
export async function checkLinks(checking: LinkChecking): Promise<void> {
  const { findings, state, recount } = checking;
  const { opening, manifest } = state;
  const elections = new Map<string, LinkedRecount>();
  for (const [at, link] of manifest.links.entries()) {
    const linked = await recount(link.manifest);
    elections.set(link.manifest, linked);
    findings.looked('links');
    report(findings, `links[${at}]`, linked);
    if (opening === null)
      findings.unproven('links', `links[${at}]`, { why: 'there is no opening that cites it' });
    else if (isRecounted(linked))
      compareCited(findings, `links[${at}]`, link, linked, opening.body.results[at]);
  }
  checkChosen(checking, elections);
  await checkRatified(checking, elections);
}

function report(findings: Findings, where: string, linked: LinkedRecount): void {
  if (!isRecounted(linked)) {
    if (linked.status === 'fail') findings.failed('links', where, linked);
    else findings.unproven('links', where, linked);
  } else if (linked.unproven.length > 0) {
    findings.unproven('links', where, { why: `unproven of that election: ${linked.unproven.join(', ')}` });
  }
}

/** What the opening cites is what that election declared. */
function compareCited(
  findings: Findings,
  where: string,
  { rule, relation }: Link,
  { manifest, result, outcome }: LinkedElection,
  cited: Cited | undefined,
): void {
  if (cited === undefined) return;
  if (relation === 'run-off' && !manifest.rules.some((one) => one.id === rule && isRunOff(one)))
    findings.failed('links', `${where} rule`, { why: 'it leaves nothing to a run-off' });
  if (cited.result !== result) findings.failed('links', `${where} result`, { why: `${result} was declared` });
  const decision = outcome.find(({ id }) => id === rule) ?? null;
  if (equalBytes(encodeCanonical(cited.decision), encodeCanonical(decision))) return;
  findings.failed('links', `${where} decision`, { why: `${JSON.stringify(decision)} was decided` });
}

function isRunOff(rule: ManifestBody['rules'][number]): boolean {
  return rule.kind === 'exclusive' && rule.both === 'run-off';
}

/** Whoever is on the roll because an election chose them was elected there. */
function checkChosen(
  { findings, state, lines }: LinkChecking,
  elections: ReadonlyMap<string, LinkedRecount>,
): void {
  const choosing = new Set(
    state.manifest.links.flatMap(({ relation, manifest }) => (relation === 'chooses' ? [manifest] : [])),
  );
  let voter = 0;
  for (const { chosen } of lines) {
    voter += 1;
    if (chosen === null) continue;
    findings.looked('links');
    const where = `voter ${voter}`;
    const linked = choosing.has(chosen.election) ? elections.get(chosen.election) : undefined;
    if (linked === undefined) {
      findings.failed('links', where, {
        why: `chosen by ${chosen.election}, which is no such link of the manifest`,
      });
    } else if (isRecounted(linked) && !isElected(linked, chosen)) {
      findings.failed('links', where, { why: `${chosen.option} was not elected in ${chosen.contest}` });
    }
  }
}

function isElected(
  { manifest, outcome }: LinkedElection,
  { contest, option }: NonNullable<RollLine['chosen']>,
): boolean {
  return outcome.some((decision) => {
    if (decision.kind !== 'seats') return false;
    const rule = manifest.rules.find(({ id }) => id === decision.id);
    return rule?.kind === 'seats' && rule.contest === contest && decision.elected.includes(option);
  });
}

/**
 * What is ratified is what the earlier election decided on: the text, and for and against are the same options. That
 * the text is this one's own, `rules` has checked.
 */
async function checkRatified(
  { findings, state }: LinkChecking,
  elections: ReadonlyMap<string, LinkedRecount>,
): Promise<void> {
  const { rules } = state.manifest;
  for (const [i, rule] of rules.entries()) {
    if (rule.kind !== 'ratify') continue;
    findings.looked('links');
    const linked = elections.get(rule.link);
    if (linked === undefined || !isRecounted(linked)) continue;
    const [own, decided] = [motionIn(rules, rule.own), motionIn(linked.manifest.rules, rule.rule)];
    if (decided === undefined || (await textOf(linked, decided.contest)) !== rule.text)
      findings.failed('links', `rules[${i}].text`, {
        why: 'not the text that the earlier election decided on',
      });
    else if (own?.for !== decided.for || own.against !== decided.against)
      findings.failed('links', `rules[${i}].own`, {
        why: 'for and against were other options in the earlier election',
      });
  }
}

function motionIn(rules: ManifestBody['rules'], name: string): MotionRule | undefined {
  const rule = rules.find(({ id }) => id === name);
  return rule?.kind === 'motion' ? rule : undefined;
}

/** The hash of what a contest of the election is about, in its first language; null where it cannot be read again. */
async function textOf({ source, manifest }: LinkedElection, contest: string): Promise<string | null> {
  const [first] = manifest.texts;
  if (first === undefined) return null;
  try {
    return hashMotion(parseDocument(textsDocument, await readBlob(source, first.blob)), contest);
  } catch (error) {
    if (error instanceof RecordError) return null;
    throw error;
  }
}
