/**
 * An open election as a voter's device reads it: manifest, ceremony and opening, through the same grammar as a
 * recount, and the log's promise that they are in it. The server is hostile, the election's name comes from the
 * voter's letter. Ballots of others are not read.
 */
import { receipt } from '../api/documents.ts';
import { type BallotContext, ballotContext } from '../ballot/ballot-context.ts';
import { readEntries } from '../board/log-reader.ts';
import type { Bytes } from '../crypto/bytes.ts';
import { apply, type ElectionState, nextItem, openRecord } from '../record/election-state.ts';
import { examine, examineSignatures } from '../record/grammar.ts';
import { verifyReceipt } from '../record/receipt.ts';
import { type RecordSource, readCheckpoint, readManifest } from '../record/record-source.ts';
import { CannotRun, CheckedFalse } from './exit.ts';
import type { ServerClient } from './server-client.ts';

export interface OpenElection {
  readonly context: BallotContext;
  /** Up to the opening. */
  readonly state: ElectionState;
  readonly record: RecordSource;
}

interface ReadSetup {
  readonly state: ElectionState;
  /** The published bytes of the opening. */
  readonly opening: Bytes;
}

async function readSetup(record: RecordSource, election: string): Promise<ReadSetup> {
  const manifest = await readManifest(record);
  if (manifest.election !== election)
    throw new CheckedFalse(`the server shows election ${manifest.election} instead`);
  const [unsigned] = examineSignatures(manifest.entry.body, manifest.entry);
  if (unsigned !== undefined) throw new CheckedFalse(`the manifest is not signed: ${unsigned.why}`);
  const { checkpoint } = await readCheckpoint(record, manifest.entry.body);
  const state = openRecord(manifest.bytes);
  for await (const { index, bytes } of readEntries(record, checkpoint)) {
    if (index === 0) continue;
    const item = nextItem(state, bytes);
    const [problem] = [...examineSignatures(state.manifest, item.entry), ...examine(state, item)];
    if (problem !== undefined) throw new CheckedFalse(`entry ${index} ${problem.field}: ${problem.why}`);
    apply(state, item, []);
    if (item.entry.type === 'opening') return { state, opening: bytes };
  }
  throw new CannotRun('the election is not open yet');
}

/**
 * @throws CheckedFalse for a record that breaks a rule before voting, or an opening that the log does not promise;
 * CannotRun if there is none yet.
 */
export async function readOpenElection(server: ServerClient, election: string): Promise<OpenElection> {
  const record = server.record(election);
  const { state, opening } = await readSetup(record, election);
  const { manifest, opening: placed } = state;
  if (placed === null) throw new CannotRun('the election is not open yet');
  const promise = await server.get(`/elections/${election}/receipts/${placed.leaf}`, receipt);
  try {
    verifyReceipt(promise, { manifest, bytes: opening, voter: null });
  } catch (error) {
    throw new CheckedFalse(`the log does not promise the opening: ${String(error)}`);
  }
  return {
    context: ballotContext({ election, ctx: placed.leaf, key: placed.body.key, manifest }),
    state,
    record,
  };
}
