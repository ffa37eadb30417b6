/**
 * The recount (docs/protocol.md §11): everything that a record says, computed again from what it publishes.
 * Nothing in the source is trusted. A failure does not stop it, so that every failing place is named.
 */
import { checkManifest } from '../../ballot/check-manifest.ts';
import type { ManifestBody } from '../../ballot/manifest.ts';
import { checkTexts } from '../../ballot/texts.ts';
import { type Bytes, toBase64Url } from '../../crypto/bytes.ts';
import type { Kernel } from '../../crypto/kernel/kernel.ts';
import { wasmKernel } from '../../crypto/kernel/wasm.ts';
import { type ElectionState, openRecord } from '../../record/election-state.ts';
import { parseEntry } from '../../record/envelope.ts';
import { isUnsupported, RecordError } from '../../record/errors.ts';
import { examineSignatures } from '../../record/grammar.ts';
import { CHECKS, type CheckName } from '../../record/problem.ts';
import { CHECKPOINT_PATH, type RecordSource } from '../../record/record-source.ts';
import type { StartChecking } from '../ballots/check-entries.ts';
import { type HintStore, Hints } from '../ballots/hints.ts';
import type { Scratch } from '../counted-ballots.ts';
import { TallyError } from '../errors.ts';
import type { RollCall } from '../roll-call.ts';
import type { Tally } from '../tally-document.ts';
import {
  type Counting,
  checkAgreement,
  checkCellSizes,
  checkResult,
  checkTally,
  type Declared,
  recount,
} from './check-counting.ts';
import { checkLinks } from './check-links.ts';
import { checkTimes, checkWitnesses } from './check-times.ts';
import { faultOf, told } from './faults.ts';
import { EntryFeed } from './feed-entries.ts';
import { type Check, type ChecksSoFar, Findings } from './findings.ts';
import { LinkedRecounts } from './linked-recounts.ts';
import { noteReplacements } from './note-replacements.ts';
import { readTexts } from './read-documents.ts';
import {
  checkCheckpoint,
  checkLogRoot,
  checkTiles,
  logBundles,
  type PublishedCheckpoint,
  readClaimedCheckpoint,
} from './read-log.ts';
import { readRollCalls } from './read-roll-calls.ts';
import { EntryWalk } from './walk-entries.ts';

/** What an observer knows of the election from elsewhere. */
export interface Anchor {
  /** The election: the manifest's leaf, in base64url. */
  readonly manifest: string;
  /** The log's verifier key. */
  readonly log?: string | undefined;
  readonly witnesses?: { readonly quorum: number; readonly keys: readonly string[] } | undefined;
}

export interface Progress {
  readonly stage: 'entries' | 'count' | 'result';
  readonly done: number;
  readonly total: number;
  readonly checks: ChecksSoFar;
}

export interface RecountOptions {
  readonly anchor?: Anchor | undefined;
  /** Unproven counts as failed. */
  readonly strict?: boolean | undefined;
  /** `tally`: the recount of a trustee, who makes a tally of its own before it agrees to one. */
  readonly until?: 'tally' | undefined;
  /** Tells who voted how where votes are on the record. */
  readonly votes?: boolean | undefined;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  readonly kernel?: Kernel | undefined;
  /** Checks the entries of the opened election, in place of this thread alone. */
  readonly checking?: StartChecking | undefined;
  /** From an earlier recount, or for a later one. */
  readonly hints?: HintStore | undefined;
  /** Where so many bytes of ballots are kept that are to be counted, in place of memory. */
  readonly scratch?: ((bytes: number) => Scratch) | undefined;
}

/** The log that was recounted, which a certificate is about (docs/protocol.md §5.7). */
export interface RecountedLog {
  readonly election: string;
  readonly size: number;
  readonly root: string;
  /** The leaf of its result; null where there is none. */
  readonly result: string | null;
}

export interface Recount {
  /** The very manifest that was recounted: a source can answer otherwise when it is asked again. Null where there is none. */
  readonly manifest: ManifestBody | null;
  /** Null with the manifest. */
  readonly log: RecountedLog | null;
  /** Nothing failed. */
  readonly ok: boolean;
  /** An anchor was given, and it held. */
  readonly anchored: boolean;
  /** The counts and outcome that were declared; null unless all that was checked of them holds. */
  readonly result: Declared | null;
  readonly checks: readonly Check[];
  /** The recount's own tally of the closed ballots, whatever was published; null where there is nothing to count. */
  readonly tally: Tally | null;
  /** Who voted how, if that was asked for; null unless nothing failed. */
  readonly rollCalls: readonly RollCall[] | null;
}

/** The checks of what comes before a tally. */
const UNTIL_TALLY = CHECKS.slice(0, CHECKS.indexOf('count-tree'));
/** A tally and a result are compared with these again. */
const OVER_WITH_ENTRIES = UNTIL_TALLY.filter((check) => check !== 'cells' && check !== 'context');

function checkAnchor(findings: Findings, state: ElectionState, anchor: Anchor | undefined): void {
  if (anchor === undefined) {
    findings.unproven('anchor', 'manifest', faultOf('no-anchor', state.election));
    return;
  }
  const { log, witnesses } = state.manifest;
  const { quorum, keys } = anchor.witnesses ?? witnesses;
  const same: readonly (readonly [string, boolean])[] = [
    ['manifest', anchor.manifest === state.election],
    ['log', (anchor.log ?? log) === log],
    ['witnesses', quorum === witnesses.quorum && keys.join(' ') === witnesses.keys.join(' ')],
  ];
  findings.looked('anchor', same.length);
  for (const [what, holds] of same) {
    if (!holds) findings.failed('anchor', what, faultOf('not-asked-for'));
  }
}

/** The rules of the manifest, and its texts. */
async function checkRules(
  source: RecordSource,
  findings: Findings,
  { manifest }: ElectionState,
): Promise<void> {
  findings.looked('rules');
  for (const { field, why } of checkManifest(manifest))
    findings.failed('rules', `entry 0 body.${field}`, { why });
  for (const { lang, blob } of manifest.texts) {
    findings.looked('rules');
    const texts = await readTexts(source, blob, findings);
    if (texts === undefined) continue;
    for (const { field, why } of checkTexts(texts, manifest, lang)) {
      findings.failed('rules', `texts ${lang} ${field}`, { why });
    }
  }
}

/** @returns undefined if the first entry is no manifest: then nothing else means anything. */
function openManifest(bytes: Bytes, findings: Findings): ElectionState | undefined {
  try {
    findings.looked('encoding');
    const state = openRecord(bytes);
    for (const check of ['authority', 'grammar'] as const) findings.looked(check);
    for (const problem of examineSignatures(state.manifest, parseEntry(bytes))) {
      findings.failed(problem.check, `entry 0 ${problem.field}`, problem);
    }
    return state;
  } catch (error) {
    if (isUnsupported(error)) throw new TallyError('unsupported', `entry 0 ${error.where}`, error.message);
    if (!(error instanceof RecordError)) throw error;
    const check = error.code === 'no-manifest' ? 'grammar' : 'encoding';
    findings.failed(check, `entry 0 ${error.where}`, told(error));
    return undefined;
  }
}

async function walkLog(
  source: RecordSource,
  checkpoint: PublishedCheckpoint,
  findings: Findings,
  { kernel = wasmKernel, checking, hints: store, scratch, onProgress, anchor }: RecountOptions,
): Promise<EntryWalk | undefined> {
  let walk: EntryWalk | undefined;
  let feed: EntryFeed | undefined;
  const total = checkpoint.claimed.size;
  const hints = store && new Hints(store, total);
  // Threads start while the first entries and the roll are read.
  const open = checking?.(total);
  let done = 0;
  for await (const bundle of logBundles(source, checkpoint, findings)) {
    const own = (await hints?.next()) ?? [];
    for (const [i, bytes] of bundle.entries()) {
      if (feed === undefined) {
        const state = openManifest(bytes, findings);
        if (state === undefined) return undefined;
        checkAnchor(findings, state, anchor);
        checkCheckpoint(findings, checkpoint, state.manifest);
        await checkRules(source, findings, state);
        walk = new EntryWalk(state, source, findings, { kernel, open, scratch });
        feed = new EntryFeed(walk, { total, hints });
        await hints?.keep();
      } else {
        await feed.give(bytes, own[i]);
      }
    }
    done += bundle.length;
    onProgress?.({ stage: 'entries', done, total, checks: findings.soFar([]) });
  }
  if (total === 0) findings.failed('grammar', CHECKPOINT_PATH, faultOf('empty-log'));
  await feed?.finish();
  if (walk !== undefined) checkLogRoot(walk.state.tree, checkpoint, findings);
  return walk;
}

function conclude(
  findings: Findings,
  { strict = false, until }: RecountOptions,
  state: ElectionState | null,
  tally?: Tally,
  declared?: Declared,
  called?: readonly RollCall[],
): Recount {
  const checks = findings.checks(until === 'tally' ? UNTIL_TALLY : CHECKS);
  const holds = checks.every(({ status }) => status !== 'fail');
  const proved = checks.every(({ status }) => status === 'pass');
  return {
    manifest: state?.manifest ?? null,
    log: state && {
      election: state.election,
      size: state.tree.size,
      root: toBase64Url(state.tree.root()),
      result: state.result?.leaf ?? null,
    },
    ok: strict ? proved : holds,
    anchored: checks.some(({ id, status }) => id === 'anchor' && status === 'pass'),
    result: holds ? (declared ?? null) : null,
    checks,
    tally: tally ?? null,
    rollCalls: holds ? (called ?? null) : null,
  };
}

/** Everything that could not be looked at, because the log could not be read that far. */
function giveUp(findings: Findings, why: string): void {
  for (const check of CHECKS satisfies readonly CheckName[]) {
    if (!findings.hasFailed(check)) findings.unproven(check, 'record', { why });
  }
}

/**
 * Recounts a record, and those of the elections that it links to.
 * @throws TallyError `unreadable` if the source has no record; `unsupported` for a manifest whose version, suite,
 * kind or features this program does not know. Neither says that anything is wrong.
 */
export function verifyRecord(source: RecordSource, options: RecountOptions = {}): Promise<Recount> {
  const { kernel, checking, scratch } = options;
  const linked = new LinkedRecounts((other, manifest, deeper) =>
    recountRecord(other, { kernel, checking, scratch, anchor: { manifest } }, deeper),
  );
  return recountRecord(source, options, linked);
}

async function recountRecord(
  source: RecordSource,
  options: RecountOptions,
  linked: LinkedRecounts,
): Promise<Recount> {
  const { kernel = wasmKernel, until, onProgress } = options;
  const findings = new Findings();
  const checkpoint = await readClaimedCheckpoint(source, findings);
  const walk = checkpoint && (await walkLog(source, checkpoint, findings, options));
  if (checkpoint === undefined || walk === undefined) {
    giveUp(findings, 'there is no manifest that can be read');
    return conclude(findings, options, null);
  }
  const { state } = walk;
  if (state.tree.size === checkpoint.claimed.size) {
    await checkTiles(source, state.tree.size, state.tree.node, findings);
  }
  checkWitnesses(findings, checkpoint.note, state.manifest);
  await checkTimes(source, state, findings);
  const counting: Counting = { source, kernel, findings, walk };
  checkCellSizes(counting);
  noteReplacements(findings, state, walk.roll);
  onProgress?.({ stage: 'count', done: 0, total: 1, checks: findings.soFar(OVER_WITH_ENTRIES) });
  const tally = await recount(counting);
  const called = options.votes === true ? readRollCalls(walk) : undefined;
  await walk.stop();
  onProgress?.({ stage: 'count', done: 1, total: 1, checks: findings.soFar(OVER_WITH_ENTRIES) });
  if (until === 'tally') return conclude(findings, options, state, tally);
  const agreed = await checkTally(counting, tally);
  checkAgreement(counting, agreed);
  const declared = await checkResult(counting, agreed);
  await checkLinks({
    findings,
    source,
    state,
    lines: walk.roll?.lines ?? [],
    recount: (manifest) => linked.of(source, manifest),
  });
  onProgress?.({ stage: 'result', done: 1, total: 1, checks: findings.soFar(CHECKS) });
  return conclude(findings, options, state, tally, declared, called);
}

/**
 * The recount that a trustee makes before it agrees to a tally.
 * @param election the manifest's leaf, in base64url: the anchor.
 * @returns everything that failed, for people to read, and the tally blob made from the record alone; no bytes, and a
 * failure, where there is nothing to count.
 * @throws TallyError as `verifyRecord` does.
 */
export async function recountClosed(
  source: RecordSource,
  election: string,
  options: Omit<RecountOptions, 'anchor' | 'until'> = {},
): Promise<{ readonly failures: readonly string[]; readonly tally: Bytes }> {
  const { checks, tally } = await verifyRecord(source, {
    ...options,
    anchor: { manifest: election },
    until: 'tally',
  });
  const failures = checks.flatMap(({ id, failures: found }) =>
    found.map(({ where, why }) => `${id}: ${where}: ${why}`),
  );
  if (tally === null && failures.length === 0) failures.push('size: there are no closed ballots to count');
  return { failures, tally: tally?.bytes ?? new Uint8Array() };
}
