/** What an officer of the command line does to enter anything: read the record, sign, hand in, check the receipt. */
import * as documents from '../api/documents.ts';
import { type Bytes, toBase64Url } from '../crypto/bytes.ts';
import { checkReceipt, type OfficersType, signAsOfficer } from '../officer/sign-entry.ts';
import type { ElectionState } from '../record/election-state.ts';
import type { EntryOf } from '../record/entries.ts';
import type { Receipt } from '../record/receipt.ts';
import type { RecordSource } from '../record/record-source.ts';
import { readElectionFile, readOfficerSigningKey } from './officer-folder.ts';
import { readBearerKey } from './options.ts';
import { json, ServerClient } from './server-client.ts';

export interface Officer {
  readonly folder: string;
  readonly keyFile?: string;
  readonly json?: true;
}

export function say(options: Officer, lines: readonly string[], value: object): void {
  process.stdout.write(options.json ? `${JSON.stringify(value)}\n` : `${lines.join('\n')}\n`);
}

export interface Conducted {
  readonly server: ServerClient;
  readonly election: string;
  readonly record: RecordSource;
}

export async function conducted({ folder, keyFile }: Officer, signsIn = true): Promise<Conducted> {
  const { server: address, election } = await readElectionFile(folder);
  const server = new ServerClient(address, signsIn ? await readBearerKey(keyFile) : undefined);
  return { server, election, record: server.record(election) };
}

/** Signs an entry on the log as it stands, hands it in and checks the receipt. */
export async function submit<T extends OfficersType>(
  { server, election }: Conducted,
  folder: string,
  state: ElectionState,
  type: T,
  body: EntryOf<T>['body'],
  blobs: readonly Bytes[] = [],
): Promise<Receipt> {
  const entry = signAsOfficer(state, type, body, await readOfficerSigningKey(folder));
  const receipt = await server.post(
    `/elections/${election}/entries`,
    json({ entry, blobs: blobs.map(toBase64Url) }),
    documents.receipt,
  );
  checkReceipt(receipt, entry, state);
  return receipt;
}
