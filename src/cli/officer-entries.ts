/** What an officer of the command line does to enter anything: read the record, sign, hand in, check the receipt. */
import * as documents from '../api/documents.ts';
import { type Bytes, toBase64Url } from '../crypto/bytes.ts';
import type { SigningKey } from '../crypto/ed25519.ts';
import { checkReceipt, type OfficersType, signAsOfficer } from '../officer/sign-entry.ts';
import type { ElectionState } from '../record/election-state.ts';
import type { EntryOf } from '../record/entries.ts';
import type { Receipt } from '../record/receipt.ts';
import type { RecordSource } from '../record/record-source.ts';
import { needsSecond } from '../record/second-officer.ts';
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
  /** The officer's own. */
  readonly signingKey: () => Promise<SigningKey>;
  /** The same server, with the service's key. */
  readonly signedIn: () => Promise<ServerClient>;
}

export async function conducted({ folder, keyFile }: Officer, signsIn = true): Promise<Conducted> {
  const { server: address, election } = await readElectionFile(folder);
  const signedIn = async () => new ServerClient(address, await readBearerKey(keyFile));
  const server = signsIn ? await signedIn() : new ServerClient(address);
  const signingKey = () => readOfficerSigningKey(folder);
  return { server, election, record: server.record(election), signingKey, signedIn };
}

/**
 * Hands in an entry that this officer has signed, and checks the receipt; where the manifest has two officers sign it,
 * proposes it to the other.
 * @returns null for what waits now.
 */
export async function handIn(
  { server, election, signedIn }: Conducted,
  state: ElectionState,
  entry: EntryOf<OfficersType | 'replacement'>,
  blobs: readonly Bytes[] = [],
): Promise<Receipt | null> {
  const sent = json({ entry, blobs: blobs.map(toBase64Url) });
  if (needsSecond(entry, state.manifest)) {
    await (await signedIn()).post(`/elections/${election}/proposals`, sent, documents.proposedEntry);
    return null;
  }
  const receipt = await server.post(`/elections/${election}/entries`, sent, documents.receipt);
  checkReceipt(receipt, entry, state);
  return receipt;
}

/** Signs an entry on the log as it stands, and hands it in. */
export async function submit<T extends OfficersType>(
  place: Conducted,
  state: ElectionState,
  type: T,
  body: EntryOf<T>['body'],
  blobs: readonly Bytes[] = [],
): Promise<Receipt | null> {
  const entry = signAsOfficer(state, type, body, await place.signingKey());
  return await handIn(place, state, entry, blobs);
}

/** What was handed in is on the record, or waits. */
export function sayEntered(
  options: Officer,
  receipt: Receipt | null,
  told: (receipt: Receipt) => { readonly lines: readonly string[]; readonly value: object },
): void {
  if (receipt === null) {
    return say(options, ['It waits for a second officer: teller officer proposals, second'], { waits: true });
  }
  const { lines, value } = told(receipt);
  say(options, lines, value);
}
