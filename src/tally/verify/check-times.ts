/**
 * What witnesses prove (docs/protocol.md §8.2, §11): that the checkpoint is the one that others see, that notice
 * was given, and that voting closed on time. The log's own clock proves nothing. Checkpoints are hostile.
 */
import type { ManifestBody } from '../../ballot/manifest.ts';
import { openCheckpoint } from '../../board/checkpoint.ts';
import { openCosignatures } from '../../board/cosignature.ts';
import { BoardError } from '../../board/errors.ts';
import { parseVerifierKey } from '../../board/note.ts';
import { type Bytes, equalBytes } from '../../crypto/bytes.ts';
import { actsOf, closesOf } from '../../record/acts.ts';
import type { ElectionState } from '../../record/election-state.ts';
import type { RecordSource } from '../../record/record-source.ts';
import { faultOf, told } from './faults.ts';
import type { Findings } from './findings.ts';

export function witnessedPath(size: number): string {
  return `witnessed/${size}`;
}

/** What a quorum of witnesses says of a checkpoint, in Unix seconds. */
interface QuorumTimes {
  /** By then the log held the entries: the quorum-th of the witnesses' first times. */
  readonly by: number;
  /** Still then it held no others: the quorum-th from the end of their last times. */
  readonly until: number;
}

/** @returns undefined below the quorum. @throws BoardError for keys, notes and cosignatures that do not hold. */
function quorumTimes(note: Bytes, { witnesses }: ManifestBody): QuorumTimes | undefined {
  const keys = witnesses.keys.map((key, i) => parseVerifierKey(key, `witnesses.keys[${i}]`));
  const seen = openCosignatures(note, keys);
  const by = seen.map(({ earliest }) => earliest).sort((a, b) => a - b)[witnesses.quorum - 1];
  const until = seen.map(({ latest }) => latest).sort((a, b) => b - a)[witnesses.quorum - 1];
  return by === undefined || until === undefined ? undefined : { by, until };
}

/** Opens a checkpoint of this very log. @throws BoardError. */
function openOwn(note: Bytes, size: number, { manifest, tree }: ElectionState): void {
  const checkpoint = openCheckpoint(note, parseVerifierKey(manifest.log, 'manifest.log'));
  if (checkpoint.size !== size)
    throw new BoardError('out-of-range', 'size', `${checkpoint.size}, not ${size}`);
  if (size > tree.size || !equalBytes(checkpoint.root, tree.root(size))) {
    throw new BoardError('wrong-hash', 'root', 'not the root of the entries');
  }
}

/** The quorum's times of an earlier checkpoint; undefined, with a finding, where there are none. */
async function witnessedTimes(
  source: RecordSource,
  size: number,
  state: ElectionState,
  findings: Findings,
): Promise<QuorumTimes | undefined> {
  const path = witnessedPath(size);
  const note = await source.read(path);
  if (note === undefined) {
    findings.unproven('time', path, faultOf('not-witnessed'));
    return undefined;
  }
  try {
    openOwn(note, size, state);
    const times = quorumTimes(note, state.manifest);
    if (times === undefined) findings.failed('time', path, faultOf('too-few-cosigned'));
    return times;
  } catch (error) {
    if (!(error instanceof BoardError)) throw error;
    findings.failed('time', path, told(error));
    return undefined;
  }
}

/** The quorum's cosignatures on the latest checkpoint. */
export function checkWitnesses(findings: Findings, note: Bytes, manifest: ManifestBody): void {
  const { quorum } = manifest.witnesses;
  if (quorum === 0) {
    findings.unproven('witnesses', 'checkpoint', faultOf('no-witnesses'));
    return;
  }
  findings.looked('witnesses', quorum);
  try {
    if (quorumTimes(note, manifest) !== undefined) return;
    findings.failed('witnesses', 'checkpoint', faultOf('fewer-cosigned', quorum));
  } catch (error) {
    if (!(error instanceof BoardError)) throw error;
    findings.failed('witnesses', 'checkpoint', told(error));
  }
}

/** Seconds between a witnessed publication of the manifest and the opening. */
async function checkNotice(source: RecordSource, state: ElectionState, findings: Findings): Promise<void> {
  const { opening, manifest } = state;
  if (manifest.times.notice === 0) return;
  if (opening === null) return findings.unproven('time', 'record', faultOf('no-opening'));
  if (opening.body.notice === null) {
    findings.unproven('time', `entry ${opening.index} body.notice`, faultOf('no-notice'));
    return;
  }
  findings.looked('time');
  const { size } = opening.body.notice;
  const times = await witnessedTimes(source, size, state, findings);
  if (times === undefined || opening.body.opens - times.by >= manifest.times.notice) return;
  const given = faultOf('short-notice', opening.body.opens - times.by, manifest.times.notice);
  findings.failed('time', witnessedPath(size), given);
}

/**
 * Voting was not closed early: still at `closes` the log ended before the closing, and no witness's word says
 * otherwise. It was closed in time: by `closes` + `grace` the log held the closing.
 */
async function checkClosing(source: RecordSource, state: ElectionState, findings: Findings): Promise<void> {
  const { closing, manifest } = state;
  const { grace } = manifest.times;
  const closes = closesOf(state);
  if (closes === null) return;
  if (closing === null) return findings.unproven('time', 'record', faultOf('no-closing'));
  findings.looked('time', 2);
  const { index } = closing;
  const before = await witnessedTimes(source, index, state, findings);
  if (before !== undefined && before.until < closes) {
    const why = faultOf('unwitnessed-end', closes - before.until);
    findings.failed('time', witnessedPath(index), why);
  }
  const after = await witnessedTimes(source, index + 1, state, findings);
  if (after === undefined) return;
  const path = witnessedPath(index + 1);
  if (after.by < closes) findings.failed('time', path, faultOf('closed-early', closes - after.by));
  if (after.by > closes + grace) {
    findings.failed('time', path, faultOf('closed-late', after.by - closes, grace));
  }
}

/** Voting was put off before it had closed: the log held each extension when the time before it came. */
async function checkExtensions(
  source: RecordSource,
  state: ElectionState,
  findings: Findings,
): Promise<void> {
  let { closes } = state.manifest.times;
  for (const { index, act } of actsOf(state, 'extension')) {
    findings.looked('time');
    const times = await witnessedTimes(source, index + 1, state, findings);
    if (times !== undefined && closes !== null && times.by > closes) {
      const why = faultOf('extended-late', times.by - closes);
      findings.failed('time', witnessedPath(index + 1), why);
    }
    closes = act.closes;
  }
}

export async function checkTimes(
  source: RecordSource,
  state: ElectionState,
  findings: Findings,
): Promise<void> {
  if (state.manifest.witnesses.quorum === 0) {
    findings.unproven('time', 'manifest', faultOf('no-witnesses'));
    return;
  }
  await checkNotice(source, state, findings);
  await checkExtensions(source, state, findings);
  await checkClosing(source, state, findings);
}
