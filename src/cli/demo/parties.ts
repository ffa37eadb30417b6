/** What each party of the demonstration is asked to do, as the commands that a person would type. */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { z } from 'zod';
import * as documents from '../../api/documents.ts';
import { hash, positive, publicKey } from '../../codec/fields.ts';
import { CheckedFalse } from '../exit.ts';
import { ServerClient } from '../server-client.ts';
import { DELEGATES, MEMBERS } from './demo-election.ts';
import type { Processes } from './processes.ts';

const created = z.object({ key: publicKey });
const published = z.object({ election: hash });
const imported = z.object({ roll: positive });
/** What a later membership file is answered with. */
const proposed = z.object({ proposal: hash });
const serving = z.object({ url: z.string() });

/** A rehearsal's key files need no slow passphrase. */
const WORK_FACTOR = '8';

export interface Server {
  readonly url: string;
  /** The file with the bearer key of its officers. */
  readonly keyFile: string;
  /** That of another officer. */
  readonly secondKeyFile: string;
}

/** Starts the server and waits until it can be reached. */
export async function startServer(processes: Processes, data: string, port: number): Promise<Server> {
  const folder = join(data, 'service');
  const { promise: first, resolve: told } = Promise.withResolvers<string>();
  const party = processes.start(['serve', '--data', folder, '--port', String(port), '--json'], told);
  const gone = party.exited.then((code) => {
    throw new CheckedFalse(`the server stopped with exit code ${code}:\n${party.output()}`);
  });
  gone.catch(() => undefined);
  const { url } = serving.parse(JSON.parse(await Promise.race([first, gone])));
  return { url, keyFile: join(folder, 'officer-key'), secondKeyFile: join(folder, 'second-officer-key') };
}

export class Officer {
  readonly #processes: Processes;
  readonly #folder: string;
  readonly #server: Server;

  constructor(processes: Processes, data: string, server: Server) {
    this.#processes = processes;
    this.#folder = join(data, 'officer');
    this.#server = server;
  }

  async #ask(command: string, ...args: readonly string[]): Promise<unknown> {
    return await this.#processes.ask(['officer', command, ...args, '--folder', this.#folder]);
  }

  /** Makes the signing key and publishes the draft. @returns the election. */
  async publish(draft: unknown): Promise<string> {
    await this.#ask('new');
    const file = join(this.#folder, 'draft.json');
    await writeFile(file, JSON.stringify(draft, null, 2));
    const answer = await this.#ask(
      'publish',
      file,
      '--server',
      this.#server.url,
      '--key-file',
      this.#server.keyFile,
    );
    return published.parse(answer).election;
  }

  async conduct(command: 'close' | 'tally'): Promise<void> {
    await this.#ask(command, '--key-file', this.#server.keyFile);
  }

  async sign(command: 'open' | 'declare'): Promise<unknown> {
    return await this.#ask(command);
  }

  /** @param file as the registrar signed it. */
  async replace(file: string): Promise<void> {
    await this.#ask('replace', file);
  }

  /** @param file the act, as JSON. */
  async act(file: string): Promise<void> {
    await this.#ask('act', file);
  }
}

/**
 * Imports the membership, issues tokens, writes the letters, and hands over the roll.
 * @param colleges whom each is made of, as `--college` takes it.
 * @returns the file of letters.
 */
export async function register(
  processes: Processes,
  data: string,
  server: Server,
  election: string,
  membershipCsv: string,
  colleges: readonly string[] = [`${MEMBERS}=members`, `${DELEGATES}=delegates`],
): Promise<string> {
  const folder = join(data, 'registrar');
  await mkdir(folder, { mode: 0o700 });
  const [membership, letters] = [join(folder, 'membership.csv'), join(folder, 'letters.csv')];
  await writeFile(membership, membershipCsv, { mode: 0o600 });
  const ask = (command: string, ...args: readonly string[]): Promise<unknown> =>
    processes.ask(['registrar', command, '--server', server.url, '--key-file', server.keyFile, ...args]);
  const answer = z.union([imported, proposed]).parse(await ask('import', membership));
  const { roll } =
    'roll' in answer
      ? answer
      : imported.parse(await ask('approve', answer.proposal, '--key-file', server.secondKeyFile));
  const sources = colleges.map((source) => `--college=${source}`);
  await ask('issue', '--election', election, '--roll', String(roll), ...sources);
  await ask('tokens', letters, '--election', election);
  await ask('hand-over', '--election', election);
  return letters;
}

/** A trustee as the demonstration sees it. */
export interface TrusteeParty {
  readonly name: string;
  /** @returns the public key. */
  create(passphrase: string): Promise<string>;
  /** Until there is nothing to do but wait. @param onStep is called for each entry that is sent. */
  run(server: Server, election: string, onStep: () => void, until?: 'agreement'): Promise<void>;
  lose(): Promise<void>;
}

const MILLISECONDS_BETWEEN_LOOKS = 200;

/** The one that the server runs itself: it is watched. */
export class AutomaticTrustee implements TrusteeParty {
  readonly name = 'the automatic trustee';
  readonly #server: Server;

  constructor(server: Server) {
    this.#server = server;
  }

  async create(): Promise<string> {
    return (await new ServerClient(this.#server.url).get('/service', documents.service)).automaticTrustee;
  }

  async run(server: Server, election: string, onStep: () => void): Promise<void> {
    const client = new ServerClient(server.url);
    for (;;) {
      const { ceremony, phase, decrypted } = await client.get(`/elections/${election}`, documents.summary);
      if (phase === 'tallied' ? decrypted.length > 0 : ceremony?.step === 'done') return onStep();
      await setTimeout(MILLISECONDS_BETWEEN_LOOKS);
    }
  }

  lose(): Promise<void> {
    return Promise.reject(new CheckedFalse('there is no other trustee'));
  }
}

export class Trustee implements TrusteeParty {
  readonly name: string;
  readonly folder: string;
  readonly #processes: Processes;
  readonly #passphrase: string;

  constructor(processes: Processes, data: string, i: number) {
    this.name = `trustee ${i}`;
    this.folder = join(data, `trustee-${i}`);
    this.#processes = processes;
    this.#passphrase = join(data, `trustee-${i}-passphrase`);
  }

  get #own(): string[] {
    return ['--folder', this.folder, '--passphrase-file', this.#passphrase, '--work-factor', WORK_FACTOR];
  }

  async create(passphrase: string): Promise<string> {
    await writeFile(this.#passphrase, passphrase, { mode: 0o600 });
    return created.parse(await this.#processes.ask(['trustee', 'new', ...this.#own])).key;
  }

  async run(server: Server, election: string, onStep: () => void, until?: 'agreement'): Promise<void> {
    const last = until === undefined ? [] : ['--until', until];
    const args = [
      'trustee',
      'run',
      ...this.#own,
      '--server',
      server.url,
      '--election',
      election,
      '--poll',
      '100',
      '--words-compared',
      ...last,
    ];
    await this.#processes.run(args, (line) => {
      if (line.startsWith('sent: ')) onStep();
    });
  }

  /** The trustee's folder is gone, and the secret with it. */
  async lose(): Promise<void> {
    await rm(this.folder, { recursive: true });
  }
}
