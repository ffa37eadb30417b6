/** `teller observer`: a recount, and the certificate of it that an observer enters in the record (docs/protocol.md §5.7). */
import type { Command } from 'commander';
import * as documents from '../api/documents.ts';
import { toBase64Url } from '../crypto/bytes.ts';
import { publicKeyOf } from '../crypto/ed25519.ts';
import { encodeEntry, signEntry } from '../record/envelope.ts';
import { verifyReceipt } from '../record/receipt.ts';
import { certificateOf, observerWith } from '../tally/verify/certificate.ts';
import { verifyRecord } from '../tally/verify/verify-record.ts';
import { CannotRun, CheckedFalse } from './exit.ts';
import { createOfficer, readOfficerSigningKey } from './officer-folder.ts';
import { electionName } from './options.ts';
import { json, ServerClient } from './server-client.ts';

interface Observer {
  readonly folder: string;
}

async function create({ folder }: Observer): Promise<void> {
  const key = await createOfficer(folder);
  process.stdout.write(`The observer's public key, for the manifest: ${key}\n`);
}

/** Recounts the record of an election, and enters what came of it, good or bad. */
async function certify({
  folder,
  server: address,
  election,
}: Observer & { readonly server: string; readonly election: string }): Promise<void> {
  const key = await readOfficerSigningKey(folder);
  const server = new ServerClient(address);
  const recount = await verifyRecord(server.record(election), { anchor: { manifest: election } });
  const { ok, checks, manifest, log } = recount;
  const unsigned = certificateOf(recount);
  if (manifest === null || unsigned === null || log?.election !== election)
    throw new CannotRun('the server has no such election');
  const i = observerWith(recount, toBase64Url(publicKeyOf(key)));
  if (i === 0) throw new CannotRun('the manifest does not name this observer');
  if (log.result === null) throw new CannotRun('the election has declared no result yet');
  const entry = signEntry<'recount'>(unsigned, 'observer', i, key);
  const receipt = await server.post(
    `/elections/${election}/entries`,
    json({ entry, blobs: [] }),
    documents.receipt,
  );
  verifyReceipt(receipt, { manifest, bytes: encodeEntry(entry), voter: null });
  process.stdout.write(
    `The certificate is entry ${receipt.index}: ${ok ? 'the recount holds' : 'the recount fails'}.\n`,
  );
  if (ok) return;
  const failed = checks.filter(({ status }) => status === 'fail').map(({ id }) => id);
  throw new CheckedFalse(`the recount fails: ${failed.join(', ')}`);
}

export function addObserver(program: Command): void {
  const observer = program.command('observer').description("an observer's part: certificates of recounts");
  const command = (name: string, description: string): Command =>
    observer
      .command(name)
      .description(description)
      .requiredOption('--folder <dir>', "the observer's own folder, with the signing key");
  command('new', 'make a signing key').action(create);
  command('certify', 'recount an election, and enter what came of it')
    .requiredOption('--server <url>', 'the service')
    .requiredOption('--election <hash>', 'its name', electionName)
    .action(certify);
}
