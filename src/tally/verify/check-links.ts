/**
 * The elections that this one goes on from (docs/protocol.md §5.5, §11): their own records, recounted by the same
 * code under the name that the manifest gives them, decided what the opening cites. Records are hostile.
 */

import type { Link, ManifestBody, MotionRule } from '../../ballot/manifest.ts';
import { contestOf } from '../../ballot/rules.ts';
import { hashMotion } from '../../ballot/texts.ts';
import { encodeCanonical } from '../../codec/canonical-json.ts';
import { equalBytes } from '../../crypto/bytes.ts';
import type { ElectionState } from '../../record/election-state.ts';
import type { EntryOf, Outcome } from '../../record/entries.ts';
import type { DecisionOutcome } from '../../record/outcome-document.ts';
import { findTexts } from '../../record/published-texts.ts';
import type { RecordSource } from '../../record/record-source.ts';
import type { RollLine } from '../../roll/roll-document.ts';
import { departuresFrom } from './check-continued.ts';
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
  readonly source: RecordSource;
  readonly state: ElectionState;
  readonly lines: Iterable<Pick<RollLine, 'college' | 'chosen'>>;
  readonly recount: (manifest: string) => Promise<LinkedRecount>;
}

type Cited = EntryOf<'opening'>['body']['results'][number];

function isRecounted(linked: LinkedRecount): linked is LinkedElection {
  return 'outcome' in linked;
}

/** Every link, every delegate that a linked election chose, every text that is ratified or put once more. */
export async function checkLinks(checking: LinkChecking): Promise<void> {
  const { findings, source, state, recount } = checking;
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
    if (!isRecounted(linked)) continue;
    const decision = decisionOf(linked, link);
    for (const { field, why } of await departuresFrom(link, decision, linked, { source, manifest }))
      findings.failed('links', `links[${at}] ${field}`, { why });
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
  link: Link,
  linked: LinkedElection,
  cited: Cited | undefined,
): void {
  if (cited === undefined) return;
  const { manifest, result } = linked;
  if (link.relation === 'run-off' && !manifest.rules.some((one) => one.id === link.rule && isRunOff(one)))
    findings.failed('links', `${where} rule`, { why: 'it leaves nothing to a run-off' });
  if (cited.result !== result) findings.failed('links', `${where} result`, { why: `${result} was declared` });
  const decision = decisionOf(linked, link);
  if (equalBytes(encodeCanonical(cited.decision), encodeCanonical(decision))) return;
  findings.failed('links', `${where} decision`, { why: `${JSON.stringify(decision)} was decided` });
}

const decisionOf = ({ outcome }: LinkedElection, { rule }: Link): DecisionOutcome | null =>
  outcome.find(({ id }) => id === rule) ?? null;

function isRunOff(rule: ManifestBody['rules'][number]): boolean {
  return rule.kind === 'exclusive' && rule.both === 'run-off';
}

type Chosen = NonNullable<RollLine['chosen']>;

const seatOf = ({ election, contest, option }: Chosen): string => [election, contest, option].join(' ');

/** Everybody whom an election chose. */
function electedBy(election: string, { manifest, outcome }: LinkedElection): Chosen[] {
  return outcome.flatMap((decision) => {
    const contest = contestOf(manifest.rules.find(({ id }) => id === decision.id));
    if (decision.kind !== 'seats' || contest === undefined) return [];
    return decision.elected.map((option) => ({ election, contest, option }));
  });
}

/**
 * Whoever is on the roll because an election chose them was elected there. A college that elections choose holds nobody
 * whom none chose; who was elected and is not on the roll is named.
 */
function checkChosen(
  { findings, state, lines }: LinkChecking,
  elections: ReadonlyMap<string, LinkedRecount>,
): void {
  const seated = new Set<string>();
  const colleges = new Set<string>();
  for (const { college, chosen } of lines) {
    if (chosen === null) continue;
    colleges.add(college);
    seated.add(seatOf(chosen));
  }
  const choosing = new Set<string>();
  const elected = new Map<string, ReadonlySet<string>>();
  for (const [at, { relation, manifest }] of state.manifest.links.entries()) {
    if (relation !== 'chooses') continue;
    choosing.add(manifest);
    const linked = elections.get(manifest);
    if (linked === undefined || !isRecounted(linked)) continue;
    const all = electedBy(manifest, linked);
    elected.set(manifest, new Set(all.map(seatOf)));
    checkSeated(findings, `links[${at}]`, all, seated);
  }
  if (colleges.size === 0) return;
  let voter = 0;
  for (const { college, chosen } of lines) {
    voter += 1;
    const failed = (why: string): void => findings.failed('links', `voter ${voter}`, { why });
    if (chosen === null) {
      if (choosing.size > 0 && colleges.has(college)) failed(`nobody elected this delegate of ${college}`);
      continue;
    }
    findings.looked('links');
    if (!choosing.has(chosen.election))
      failed(`chosen by ${chosen.election}, which is no such link of the manifest`);
    else if (elected.get(chosen.election)?.has(seatOf(chosen)) === false)
      failed(`${chosen.option} was not elected in ${chosen.contest}`);
  }
}

/** Those whom an election chose are on the roll: at least one is, or it has chosen nobody here. */
function checkSeated(
  findings: Findings,
  where: string,
  elected: readonly Chosen[],
  seated: ReadonlySet<string>,
): void {
  const missing = elected.filter((one) => !seated.has(seatOf(one)));
  if (missing.length === elected.length)
    findings.failed('links', where, { why: 'nobody whom it elected is on the roll' });
  else
    for (const { contest, option } of missing)
      findings.noted('links', where, {
        why: `${option} was elected in ${contest} and is not on the roll`,
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
  const texts = await findTexts(source, manifest, manifest.texts[0]?.lang ?? '');
  return texts && hashMotion(texts, contest);
}
