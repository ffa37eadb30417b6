/** `teller registrar replace`: another credential for a voter, for an officer to sign too. */
import { writeFile } from 'node:fs/promises';
import { z } from 'zod';
import { replacementEntry } from '../record/entries.ts';
import { readElection, seenOf } from '../trustee/read-election.ts';
import { CannotRun, messageOf } from './exit.ts';
import { json, ServerClient } from './server-client.ts';

const signed = z.strictObject({ entry: replacementEntry, token: z.string().nullable() });

export interface ReplaceOptions {
  readonly server: string;
  readonly election: string;
  readonly person: string;
  readonly college: string;
  readonly substitute?: string;
  readonly old?: string;
}

async function keep(file: string, text: string): Promise<void> {
  try {
    await writeFile(file, text, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    throw new CannotRun(`cannot write ${file}: ${messageOf(error)}`);
  }
}

/**
 * @param file a new file for the officer; the token of somebody who lost one goes to the same name with `.token`.
 * @returns what to tell the registrar.
 */
export async function replaceCredential(
  registrar: ServerClient,
  file: string,
  { server, election, person, college, substitute, old }: ReplaceOptions,
): Promise<string> {
  const state = await readElection(new ServerClient(server).record(election), election, null);
  if (state.opening === null) throw new CannotRun('voting is not open: a new roll can still be handed over');
  const request = {
    person,
    college,
    substitute: substitute ?? null,
    ctx: state.opening.leaf,
    seen: { ...seenOf(state) },
    old: old ?? null,
  };
  const { entry, token } = await registrar.post(`/elections/${election}/replacements`, json(request), signed);
  await keep(file, `${JSON.stringify(entry)}\n`);
  const next = `Give ${file} to the returning officer: teller officer replace ${file}`;
  if (token === null) return next;
  await keep(`${file}.token`, `${token}\n`);
  return `${next}\nThe new token is in ${file}.token. Who reads it can vote: deliver, then delete it.`;
}
