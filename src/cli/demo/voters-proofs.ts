/**
 * What single voters can see for themselves once the election is over: that a receipt's ballot is in the exported
 * record and counted, and that nobody voted in the place of one who stayed away.
 */
import { counting } from '../../api/documents.ts';
import type { ManifestBody } from '../../ballot/manifest.ts';
import { readEntries } from '../../board/log-reader.ts';
import { equalBytes, fromBase64Url } from '../../crypto/bytes.ts';
import { wasmKernel } from '../../crypto/kernel/wasm.ts';
import { type TallyDocument, tallyDocument } from '../../record/entries.ts';
import { parseDocument, parseEntry } from '../../record/envelope.ts';
import { type ResultDocument, resultDocument } from '../../record/outcome-document.ts';
import { verifyReceipt } from '../../record/receipt.ts';
import { type RecordSource, readBlob, readCheckpoint, readManifest } from '../../record/record-source.ts';
import { verifyCountProof } from '../../tally/count-proof.ts';
import { CheckedFalse } from '../exit.ts';
import type { ServerClient } from '../server-client.ts';
import type { Letter } from './letters.ts';
import type { KeptReceipt } from './reports.ts';

/** What an exported record says of the count. */
export interface CountedRecord {
  readonly source: RecordSource;
  readonly manifest: ManifestBody;
  readonly election: string;
  readonly ctx: string;
  readonly tally: TallyDocument;
  readonly roll: number;
  readonly result: ResultDocument;
}

/** The record has been recounted before: this only finds its places. */
export async function readCounted(source: RecordSource): Promise<CountedRecord> {
  const { entry, election } = await readManifest(source);
  const { checkpoint } = await readCheckpoint(source, entry.body);
  let ctx = '';
  let roll = 0;
  let tally: TallyDocument | undefined;
  let result: ResultDocument | undefined;
  for await (const { bytes } of readEntries(source, checkpoint)) {
    const { type, body } = parseEntry(bytes);
    if (type === 'roll') roll = body.size;
    if (type === 'closing') ({ ctx } = body);
    if (type === 'result') result = parseDocument(resultDocument, await readBlob(source, body.blob));
    if (type === 'tally') tally = parseDocument(tallyDocument, await readBlob(source, body.blob));
  }
  if (tally === undefined || result === undefined) throw new CheckedFalse('the record has no result');
  return { source, manifest: entry.body, election, ctx, tally, roll, result };
}

/** Verifies the receipt, and that the entry at its index of the record is the ballot that was sent. */
export async function verifyKeptReceipt(
  { source, manifest }: CountedRecord,
  { receipt, ballot, voter }: KeptReceipt,
): Promise<void> {
  const bytes = fromBase64Url(ballot);
  verifyReceipt(receipt, { manifest, bytes, voter });
  const { checkpoint } = await readCheckpoint(source, manifest);
  for await (const entry of readEntries(source, checkpoint)) {
    if (entry.index !== receipt.index) continue;
    if (equalBytes(entry.bytes, bytes)) return;
    break;
  }
  throw new CheckedFalse(`entry ${receipt.index} of the record is not the ballot of the receipt`);
}

/** @returns the leaf of the ballot that is counted for a voter, null if none is; proved to the tally of the record. */
export async function verifyCounting(
  server: ServerClient,
  { manifest, election, ctx, tally, roll }: CountedRecord,
  { voter, college }: Pick<Letter, 'voter' | 'college'>,
): Promise<string | null> {
  const { proofs } = await server.get(`/elections/${election}/voters/${voter}/counting`, counting);
  const cells = tally.cells.filter(({ id }) => id.split('/')[1] === college);
  const own = manifest.contests.filter(({ colleges }) => colleges.includes(college));
  if (cells.length !== own.length || proofs.length !== own.length) {
    throw new CheckedFalse(`${proofs.length} count proofs for ${own.length} contests`);
  }
  proofs.forEach((proof, i) => {
    const [tallied, contest] = [cells[i], own[i]];
    if (tallied === undefined || contest === undefined) throw new CheckedFalse(`no cell for ${proof.cell}`);
    verifyCountProof(wasmKernel, proof, {
      ctx: fromBase64Url(ctx),
      cell: tallied.id,
      contest,
      roll,
      voter,
      tallied,
    });
  });
  const [first] = proofs;
  return first?.ballot?.leaf ?? null;
}
