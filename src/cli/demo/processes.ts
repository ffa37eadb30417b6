/** The parties of the demonstration as processes of their own: each runs `teller`, and none outlives the demonstration. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { CheckedFalse } from '../exit.ts';

const TELLER = fileURLToPath(new URL('../../../bin/teller', import.meta.url));
const TAIL_CHARACTERS = 20_000;
const PATIENCE_MILLISECONDS = 15_000;

interface Party {
  readonly child: ChildProcess;
  readonly stdout: () => string;
  /** Everything it said, for the case that it fails. */
  readonly output: () => string;
  /** Its exit code. */
  readonly exited: Promise<number>;
}

export class Processes {
  readonly #running = new Set<Party>();
  /** What parties said that ended badly, whoever waits for them. */
  readonly #failures: string[] = [];
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
      const exit = typeof code === 'number' ? code : signal === null ? 2 : 130;
      if (exit !== 0)
        this.#failures.push(
          `teller ${args.slice(0, 2).join(' ')} failed with exit code ${exit}:\n${all.trimEnd()}`,
        );
      return exit;
    });
    const party: Party = { child, stdout: () => stdout, output: () => all, exited };
    this.#running.add(party);
    return party;
  }

  /** Waits until it ends well. @throws CheckedFalse with what every party said that did not. */
  async finish(party: Party): Promise<string> {
    if ((await party.exited) === 0) return party.stdout();
    throw new CheckedFalse(this.#failures.join('\n'));
  }

  async run(args: readonly string[], onLine?: (line: string) => void): Promise<string> {
    return await this.finish(this.start(args, onLine));
  }

  /** Runs a command that answers in one line of JSON. */
  async ask(args: readonly string[]): Promise<unknown> {
    return JSON.parse(await this.run([...args, '--json']));
  }

  /** Asks all that are left to stop, and waits until they have; who does not in time is stopped. */
  async stopAll(): Promise<void> {
    const left = [...this.#running];
    for (const { child } of left) child.kill('SIGTERM');
    const stop = setTimeout(
      () => left.forEach(({ child }) => void child.kill('SIGKILL')),
      PATIENCE_MILLISECONDS,
    );
    await Promise.all(left.map(({ exited }) => exited));
    clearTimeout(stop);
  }
}
