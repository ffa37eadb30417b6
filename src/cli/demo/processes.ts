/** The parties of the demonstration as processes of their own: each runs `teller`, and none outlives the demonstration. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { CheckedFalse } from '../exit.ts';

const TELLER = fileURLToPath(new URL('../../../bin/teller', import.meta.url));
const TAIL_CHARACTERS = 20_000;

export interface Finished {
  readonly code: number;
  readonly stdout: string;
}

interface Party extends Started {
  /** Everything it said, for the case that it fails. */
  readonly output: () => string;
}

interface Started {
  readonly child: ChildProcess;
  readonly stdout: () => string;
  readonly exited: Promise<number>;
}

export class Processes {
  readonly #running = new Set<Started>();
  #started = 0;

  /** How many have been started in all. */
  get count(): number {
    return this.#started;
  }

  /** Starts `teller` with these arguments. @param onLine is given each line of its output. */
  start(args: readonly string[], onLine: (line: string) => void = () => undefined): Party {
    // The channel carries nothing: it tells a process that this one has gone, however it went.
    const child = spawn(process.execPath, [TELLER, ...args], { stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
    this.#started += 1;
    let stdout = '';
    let all = '';
    const keep = (text: string): void => {
      all = (all + text).slice(-TAIL_CHARACTERS);
    };
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
      keep(text);
    });
    child.stderr?.setEncoding('utf8').on('data', keep);
    if (child.stdout !== null) createInterface({ input: child.stdout }).on('line', onLine);
    const exited = once(child, 'close').then(([code, signal]) => {
      this.#running.delete(party);
      return typeof code === 'number' ? code : signal === null ? 2 : 130;
    });
    const party: Party = { child, stdout: () => stdout, output: () => all, exited };
    this.#running.add(party);
    return party;
  }

  /** Waits until it ends well. @throws CheckedFalse with what it said, if it does not. */
  async finish(party: Party, name: string): Promise<string> {
    const code = await party.exited;
    if (code === 0) return party.stdout();
    throw new CheckedFalse(`${name} failed with exit code ${code}:\n${party.output().trimEnd()}`);
  }

  async run(args: readonly string[], onLine?: (line: string) => void): Promise<string> {
    return await this.finish(this.start(args, onLine), `teller ${args.slice(0, 2).join(' ')}`);
  }

  /** Runs a command that answers in one line of JSON. */
  async ask(args: readonly string[]): Promise<unknown> {
    return JSON.parse(await this.run([...args, '--json']));
  }

  /** Asks all that are left to stop, and waits until they have. */
  async stopAll(): Promise<void> {
    const left = [...this.#running];
    for (const { child } of left) child.kill('SIGTERM');
    await Promise.all(left.map(({ exited }) => exited));
  }
}
