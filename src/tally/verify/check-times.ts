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
import type { ElectionState } from '../../record/election-state.ts';
import type { CheckName } from '../../record/problem.ts';
import type { RecordSource } from '../../record/record-source.ts';
import type { Findings } from './findings.ts';

export function witnessedPath(size: number): string {
  return `witnessed/${size}`;
}

/**
 * The time at which the quorum's last witness had cosigned a checkpoint: by then the log held the entries.
 * @throws BoardError for keys, notes and cosignatures that do not hold.
 */
function quorumTime(note: Bytes, { witnesses }: ManifestBody): number | undefined {
  const keys = witnesses.keys.map((key, i) => parseVerifierKey(key, `witnesses.keys[${i}]`));
  const times = openCosignatures(note, keys)
    .map(({ timestamp }) => timestamp)
    .sort((a, b) => a - b);
  return times[witnesses.quorum - 1];
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

/** The quorum's time of an earlier checkpoint; undefined where there is none, which is a finding unless it is optional. */
async function witnessedTime(
  source: RecordSource,
  size: number,
  state: ElectionState,
  findings: Findings,
  check: CheckName,
): Promise<number | undefined> {
  const path = witnessedPath(size);
  const note = await source.read(path);
  if (note === undefined) {
    findings.unproven(check, path, 'not published');
    return undefined;
  }
  try {
    openOwn(note, size, state);
    const time = quorumTime(note, state.manifest);
    if (time === undefined) findings.failed(check, path, 'cosigned by fewer witnesses than the quorum');
    return time;
  } catch (error) {
    if (!(error instanceof BoardError)) throw error;
    findings.failed(check, path, error.message);
    return undefined;
  }
}

const NO_WITNESSES = 'the manifest names no witnesses';

/** The quorum's cosignatures on the latest checkpoint. */
export function checkWitnesses(findings: Findings, note: Bytes, manifest: ManifestBody): void {
  const { quorum } = manifest.witnesses;
  if (quorum === 0) {
    findings.unproven('witnesses', 'checkpoint', NO_WITNESSES);
    return;
  }
  findings.looked('witnesses', quorum);
  try {
    if (quorumTime(note, manifest) !== undefined) return;
    findings.failed('witnesses', 'checkpoint', `cosigned by fewer than ${quorum} witnesses`);
  } catch (error) {
    if (!(error instanceof BoardError)) throw error;
    findings.failed('witnesses', 'checkpoint', error.message);
  }
}

/** Seconds between a witnessed publication of the manifest and the opening. */
async function checkNotice(source: RecordSource, state: ElectionState, findings: Findings): Promise<void> {
  const { opening, manifest } = state;
  if (opening === null || manifest.times.notice === 0) return;
  if (opening.body.notice === null) {
    findings.unproven(
      'time',
      `entry ${opening.index} body.notice`,
      'the opening names no witnessed checkpoint',
    );
    return;
  }
  findings.looked('time');
  const { size } = opening.body.notice;
  const time = await witnessedTime(source, size, state, findings, 'time');
  if (time === undefined || opening.body.opens - time >= manifest.times.notice) return;
  const given = `${opening.body.opens - time} seconds of notice instead of ${manifest.times.notice}`;
  findings.failed('time', witnessedPath(size), given);
}

/** The closing was in the log no earlier than announced, and no later than the grace allows. */
async function checkClosing(source: RecordSource, state: ElectionState, findings: Findings): Promise<void> {
  const { closing, manifest } = state;
  const { closes, grace } = manifest.times;
  if (closing === null || closes === null) return;
  findings.looked('time');
  const size = closing.index + 1;
  const time = await witnessedTime(source, size, state, findings, 'time');
  if (time === undefined) return;
  if (time < closes) findings.failed('time', witnessedPath(size), `closed ${closes - time} seconds early`);
  if (time > closes + grace) {
    findings.failed(
      'time',
      witnessedPath(size),
      `witnessed ${time - closes} seconds after closing; ${grace} allowed`,
    );
  }
}

export async function checkTimes(
  source: RecordSource,
  state: ElectionState,
  findings: Findings,
): Promise<void> {
  if (state.manifest.witnesses.quorum === 0) {
    findings.unproven('time', 'manifest', NO_WITNESSES);
    return;
  }
  await checkNotice(source, state, findings);
  await checkClosing(source, state, findings);
}
