/**
 * Checks entries on several threads, of any host. A thread that fails fails whatever is asked of it, then and later:
 * nothing is taken for checked that was not.
 */
import type { BallotSetting } from '../../ballot/ballot-context.ts';
import type { PackedEntries } from '../../ballot/regular-ballots.ts';
import type { CountedPart, CountPart } from '../count-part.ts';
import type { CheckedEntries, EntryChecker } from './check-entries.ts';
import { buffersOf, type CheckAnswer, type CheckRequest } from './checker-thread.ts';

/** A thread as its host has it: it runs `answerWith`. */
export interface HostThread {
  post(request: CheckRequest, transfer: ArrayBuffer[]): void;
  stop(): void | Promise<void>;
}

/** Starts a thread. @param onFailure to be called if it ends, or cannot be understood, at any time. */
export type StartThread = (
  onAnswer: (answer: CheckAnswer) => void,
  onFailure: (error: unknown) => void,
) => HostThread;

class CheckerThread {
  /** What is asked and not answered. */
  readonly asked = new Map<number, PromiseWithResolvers<CheckAnswer>>();
  readonly #host: HostThread;
  #failure: { readonly error: unknown } | undefined;
  #setting: BallotSetting | undefined;
  #next = 0;

  constructor(start: StartThread, setting: BallotSetting) {
    this.#setting = setting;
    this.#host = start(
      (answer) => this.#take(answer),
      (error) => this.#fail(error),
    );
  }

  async ask(work: CheckRequest['work'], transfer: ArrayBuffer[]): Promise<CheckAnswer> {
    if (this.#failure !== undefined) throw this.#failure.error;
    const id = (this.#next += 1);
    const answer = Promise.withResolvers<CheckAnswer>();
    this.asked.set(id, answer);
    this.#host.post({ id, setting: this.#setting, work }, transfer);
    this.#setting = undefined;
    return await answer.promise;
  }

  async stop(): Promise<void> {
    this.#fail(new Error('the threads were stopped'));
    await this.#host.stop();
  }

  #take(answer: CheckAnswer): void {
    const asked = this.asked.get(answer.id);
    this.asked.delete(answer.id);
    if ('fault' in answer) asked?.reject(new Error(`a thread could not check entries: ${answer.fault}`));
    else asked?.resolve(answer);
  }

  #fail(error: unknown): void {
    this.#failure ??= { error };
    for (const { reject } of this.asked.values()) reject(error);
    this.asked.clear();
  }
}

export class CheckerPool implements EntryChecker {
  readonly width: number;
  readonly #threads: CheckerThread[];

  /** @param cores how many threads; they start at once. */
  constructor(start: StartThread, cores: number, setting: BallotSetting) {
    this.#threads = Array.from({ length: cores }, () => new CheckerThread(start, setting));
    // One under way and one that waits, for each.
    this.width = 2 * cores;
  }

  get #idlest(): CheckerThread {
    const [first, ...others] = this.#threads;
    if (first === undefined) throw new RangeError('a pool of no threads');
    return others.reduce((least, own) => (own.asked.size < least.asked.size ? own : least), first);
  }

  async check(entries: PackedEntries): Promise<CheckedEntries> {
    const answer = await this.#idlest.ask({ entries }, buffersOf(entries));
    if ('checked' in answer) return answer.checked;
    throw new TypeError('a thread answered something else');
  }

  async count(part: CountPart): Promise<CountedPart> {
    const answer = await this.#idlest.ask({ part }, []);
    if ('counted' in answer) return answer.counted;
    throw new TypeError('a thread answered something else');
  }

  async stop(): Promise<void> {
    await Promise.all(this.#threads.map((thread) => thread.stop()));
  }
}
