/** `teller officer join`, `proposals` and `second`: the part of another officer, where the manifest asks for two. */
import type { Command } from 'commander';
import type { z } from 'zod';
import * as documents from '../api/documents.ts';
import { hash } from '../codec/fields.ts';
import { wasmKernel } from '../crypto/kernel/wasm.ts';
import { type Proposed, signAsSecond } from '../officer/second-signature.ts';
import { checkReceipt } from '../officer/sign-entry.ts';
import { withSignatures } from '../record/envelope.ts';
import { readElection } from '../trustee/read-election.ts';
import { CannotRun } from './exit.ts';
import { type Conducted, conducted, type Officer, say } from './officer-entries.ts';
import { writeElection } from './officer-folder.ts';
import { json } from './server-client.ts';

type ProposedEntry = z.infer<typeof documents.proposedEntry>;

/** The officer who did not publish it takes part in an election from now on. */
async function join(address: string, options: Officer): Promise<void> {
  const [, server = '', election = ''] = /^(.+)\/elections\/([^/]+)\/?$/.exec(address) ?? [];
  if (!hash.safeParse(election).success) throw new CannotRun(`${address} is not the address of an election`);
  await writeElection(options.folder, { server, election });
  say(options, [`From now on ${options.folder} is for election ${election}`], { election });
}

function isProposed(entry: ProposedEntry['entry']): entry is Proposed {
  return ['opening', 'result', 'void', 'act', 'replacement'].includes(entry.type);
}

const describe = ({ proposal, officer, entry }: ProposedEntry): string =>
  `${proposal}: ${entry.type} by officer ${officer}: ${JSON.stringify(entry.body)}`;

async function waiting({ server, election }: Conducted): Promise<readonly ProposedEntry[]> {
  return (await server.get(`/elections/${election}/proposals`, documents.proposedEntries)).proposals;
}

async function proposals(options: Officer): Promise<void> {
  const found = await waiting(await conducted(options));
  const lines = found.length === 0 ? ['Nothing waits for a second officer.'] : found.map(describe);
  say(options, lines, {
    proposals: found.map(({ proposal, officer, entry }) => ({ proposal, officer, entry })),
  });
}

/** Signs a proposed entry that this officer's own reading of the record bears out. */
async function second(name: string, options: Officer): Promise<void> {
  const place = await conducted(options);
  const found = (await waiting(place)).find(({ proposal }) => proposal === name);
  if (found === undefined || !isProposed(found.entry)) throw new CannotRun(`nothing waits under ${name}`);
  const { entry } = found;
  const state = await readElection(place.record, place.election, null);
  const key = await place.signingKey();
  const signature = await signAsSecond(wasmKernel, place.record, state, entry, key);
  const path = `/elections/${place.election}/proposals/${name}/signature`;
  const receipt = await place.server.post(path, json({ ...signature }), documents.receipt);
  const { sigs, ...unsigned } = entry;
  checkReceipt(receipt, withSignatures(unsigned, [...sigs, { role: 'officer', ...signature }]), state);
  const { index, leaf } = receipt;
  say(options, [`On the record, signed by two officers: ${entry.type}, entry ${index}.`], { index, leaf });
}

/** @param command makes a command of `teller officer` that has the officer's folder; `signedIn` also the service's key. */
export function addSecond(
  command: (name: string, description: string) => Command,
  signedIn: (name: string, description: string) => Command,
): void {
  command('join', 'take part in an election that another officer has published')
    .argument('<address>', 'of the election’s page')
    .action(join);
  signedIn('proposals', 'what waits for the signature of a second officer').action(proposals);
  signedIn('second', 'sign what another officer proposes, once this machine has found it right')
    .argument('<proposal>', 'its name, as proposals lists it')
    .action(second);
}
