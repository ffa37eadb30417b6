/**
 * An election driven from outside: a real server at a socket, and each trustee a process of `teller trustee run` with
 * a folder of its own, which may be killed at any moment.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { type RunningServer, startServer } from '../../src/api/server.ts';
import { ServerClient } from '../../src/cli/server-client.ts';
import { httpBallotBox } from '../../src/cli/trustee.ts';
import { folderStore } from '../../src/cli/trustee-folder.ts';
import type { Bytes } from '../../src/crypto/bytes.ts';
import { wasmKernel } from '../../src/crypto/kernel/wasm.ts';
import { encodeScalar, ONE } from '../../src/crypto/scalar.ts';
import { computeResult } from '../../src/officer/compute-result.ts';
import { nameBlob } from '../../src/record/record-source.ts';
import { encryptShare } from '../../src/record/share-file.ts';
import { type Recount, verifyRecord } from '../../src/tally/verify/verify-record.ts';
import { loadKeyFile, type Safe } from '../../src/trustee/key-file.ts';
import { readElection } from '../../src/trustee/read-election.ts';
import { signAs } from '../../src/trustee/sign-as.ts';
import { createTrustee } from '../../src/trustee/trustee.ts';
import { ApiElection, expectCreated, sender, temporaryDirectory } from '../api/api-elections.ts';

const TELLER = fileURLToPath(new URL('../../bin/teller', import.meta.url));
const WORK_FACTOR = 1;

export interface Ended {
  /** Null if it was killed. */
  readonly code: number | null;
  readonly output: string;
}

/** A trustee's process, and what it says. */
export class TrusteeProcess {
  readonly #child: ChildProcess;
  #output = '';
  readonly ended: Promise<Ended>;
  readonly #waiting: { readonly text: string; readonly heard: () => void }[] = [];

  constructor(args: readonly string[]) {
    this.#child = spawn(process.execPath, [TELLER, 'trustee', ...args], {
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      if (stream !== null) createInterface({ input: stream }).on('line', (line) => this.#hear(line));
    }
    this.ended = once(this.#child, 'close').then(([code]) => {
      for (const { heard } of this.#waiting) heard();
      return { code: code as number | null, output: this.#output };
    });
  }

  #hear(line: string): void {
    this.#output += `${line}\n`;
    for (const { text, heard } of this.#waiting) if (line.includes(text)) heard();
  }

  /** Resolves once it has said this, or has ended. */
  async says(text: string): Promise<void> {
    if (this.#output.includes(text)) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#waiting.push({ text, heard: resolve });
    await promise;
  }

  async kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.ended;
  }
}

export interface DrillSetting {
  readonly threshold: number;
  readonly count: number;
}

export class Drill {
  readonly election: ApiElection;
  readonly server: RunningServer;
  readonly #directory: ReturnType<typeof temporaryDirectory>;
  readonly #processes: TrusteeProcess[] = [];

  private constructor(
    server: RunningServer,
    election: ApiElection,
    directory: ReturnType<typeof temporaryDirectory>,
  ) {
    this.server = server;
    this.election = election;
    this.#directory = directory;
  }

  static async start({ threshold, count }: DrillSetting): Promise<Drill> {
    const directory = temporaryDirectory();
    const server = await startServer({
      dataDir: join(directory.path, 'service'),
      port: 0,
      host: '127.0.0.1',
      publicUrl: null,
    });
    const election = new ApiElection(sender(server.url), server.officerKey ?? '');
    const drill = new Drill(server, election, directory);
    const keys: string[] = [];
    for (let i = 1; i <= count; i += 1) {
      await mkdir(drill.folder(i), { recursive: true });
      const safe = drill.safe(i);
      await writeFile(drill.#passphraseFile(i), safe.passphrase);
      keys.push(await createTrustee(safe));
    }
    const body = await election.plan({ mode: 'secret', voters: 4, trustees: { threshold, keys } });
    expectCreated(await election.publish(body));
    return drill;
  }

  folder(i: number): string {
    return join(this.#directory.path, `trustee-${i}`);
  }

  file(name: string): string {
    return join(this.#directory.path, name);
  }

  safe(i: number): Safe {
    const passphrase = `the words of trustee ${i}`;
    return {
      store: folderStore(this.folder(i)),
      name: 'trustee-key.age',
      passphrase,
      workFactor: WORK_FACTOR,
    };
  }

  #passphraseFile(i: number): string {
    return join(this.#directory.path, `passphrase-${i}`);
  }

  /** `teller trustee` with the folder of trustee i. */
  spawn(i: number, command: readonly string[]): TrusteeProcess {
    const own = ['--folder', this.folder(i), '--passphrase-file', this.#passphraseFile(i)];
    const made = new TrusteeProcess([...command, ...own, '--work-factor', String(WORK_FACTOR)]);
    this.#processes.push(made);
    return made;
  }

  run(i: number, options: readonly string[] = ['--words-compared']): TrusteeProcess {
    const where = ['--server', this.server.url, '--election', this.election.election];
    return this.spawn(i, ['run', ...where, '--poll', '50', ...options]);
  }

  /** Runs these trustees to their end, each in a process. @throws if one fails. */
  async runAll(trustees: readonly number[]): Promise<void> {
    const ended = await Promise.all(trustees.map((i) => this.run(i).ended));
    const failed = ended.find(({ code }) => code !== 0);
    if (failed !== undefined) throw new Error(`a trustee ended with ${failed.code}: ${failed.output}`);
  }

  /** Kills the process of trustee i each time that it has sent one of these entries, and starts another. */
  async runKilledAfter(i: number, steps: readonly string[]): Promise<Ended> {
    for (const step of steps) {
      const killed = this.run(i);
      await killed.says(`sent: ${step}`);
      await killed.kill();
    }
    return await this.run(i).ended;
  }

  /** Trustee i has dealt to each other trustee what is no share at all. */
  async dealWrongly(i: number): Promise<void> {
    const { election, record } = this.election;
    const box = httpBallotBox(new ServerClient(this.server.url), election);
    const others = (this.election.manifest?.trustees?.keys ?? [])
      .map((_, at) => at + 1)
      .filter((to) => to !== i);
    const letters: Bytes[] = [];
    const state = await readElection(record, election, null);
    for (const to of others) {
      const join = state.ceremony.join.find(({ body }) => body.i === to);
      const address = { election, attempt: 1, from: i, to };
      letters.push(await encryptShare(address, encodeScalar(ONE), join?.body.recipient ?? ''));
    }
    const shares = others.map((to, at) => ({ to, ...nameBlob(letters[at] ?? new Uint8Array()) }));
    const file = await loadKeyFile(this.safe(i));
    await box.submit(signAs(file, state, i, 'dealt', { attempt: 1, i, shares }), []);
    for (const letter of letters) await box.deliver(letter);
  }

  async lose(i: number): Promise<void> {
    await rm(this.folder(i), { recursive: true });
  }

  async voidAttempt(attempt: number, reason: string): Promise<void> {
    expectCreated(
      await this.election.submit(await this.election.sign('void', 'officer', { attempt, reason })),
    );
  }

  /** The roll, the opening with the key that was confirmed last, and three votes. */
  async vote(): Promise<void> {
    const { election } = this;
    expectCreated(await election.enrol(4));
    const confirm = (await election.entries()).findLast(({ type }) => type === 'confirm');
    if (confirm?.type !== 'confirm') throw new Error('nothing confirmed');
    const { attempt, key, shares, transcript } = confirm.body;
    expectCreated(await election.open(key, shares, transcript, Math.floor(Date.now() / 1000), attempt));
    for (const [voter, option] of (['for', 'for', 'against'] as const).entries()) {
      expectCreated(await election.cast(election.ballot(voter, option)));
    }
  }

  async closeAndTally(): Promise<void> {
    expectCreated(await this.election.close());
    await this.election.tally();
  }

  /** Declares the result and recounts it. */
  async declare(): Promise<Recount> {
    const { election } = this;
    const state = await readElection(election.record, election.election, null);
    const { body, bytes } = await computeResult(wasmKernel, election.record, state);
    expectCreated(await election.submit(await election.sign('result', 'officer', body), [bytes]));
    return await verifyRecord(election.record, { anchor: { manifest: election.election } });
  }

  async stop(): Promise<void> {
    await Promise.all(this.#processes.map((one) => one.kill()));
    await this.server.stop();
    this.#directory.remove();
  }
}
