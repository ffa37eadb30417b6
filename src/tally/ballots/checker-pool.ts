/**
 * Checks entries on several threads, of any host, and in this one while the others have enough to do. A thread that
 * fails fails whatever is asked of it, then and later: nothing is taken for checked that was not.
 */
import { type BallotSetting, ballotContext } from '../../ballot/ballot-context.ts';
import type { PackedEntries } from '../../ballot/regular-ballots.ts';
import type { Kernel } from '../../crypto/kernel/kernel.ts';
import type { CountedPart, CountPart } from '../count-part.ts';
import { type CheckedEntries, checkerHere, type EntryChecker } from './check-entries.ts';
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
  /** Not told yet. */
  setting: BallotSetting | undefined;
  #failure: { readonly error: unknown } | undefined;
  #next = 0;

  constructor(start: StartThread) {
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
    this.#host.post({ id, setting: this.setting, work }, transfer);
    this.setting = undefined;
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

/** Of each thread: one piece of work under way, and two that wait while this thread does one. */
const ENOUGH = 3;

/** Calls back when whatever waits has been let in. */
type Later = (callback: () => void) => void;

/** Twice, since the first may come before anything is let in; and where there is none, a timer, which takes a millisecond or more. */
const later: Later =
  typeof setImmediate === 'function'
    ? (callback) => void setImmediate(() => void setImmediate(callback))
    : (callback) => void setTimeout(callback);

/** Lets answers of threads in that have come meanwhile. */
const turn = (): Promise<void> => new Promise((resolve) => later(resolve));

export class CheckerPool implements EntryChecker {
  readonly width: number;
  readonly #threads: readonly CheckerThread[];
  readonly #kernel: Kernel | undefined;
  #here: EntryChecker | undefined;

  /**
   * @param count how many threads; they start at once.
   * @param kernel of this thread, where it is to check too: it is busy meanwhile.
   */
  constructor(start: StartThread, count: number, kernel?: Kernel) {
    this.#threads = Array.from({ length: count }, () => new CheckerThread(start));
    this.#kernel = kernel;
    this.width = ENOUGH * count + (kernel === undefined ? 0 : 2);
  }

  /** What entries are checked against that are asked for from now on. @throws BallotError as `ballotContext` does. */
  open(setting: BallotSetting): EntryChecker {
    if (this.#kernel === undefined) ballotContext(setting);
    else this.#here = checkerHere(setting, this.#kernel);
    for (const thread of this.#threads) thread.setting = setting;
    return this;
  }

  get #idlest(): CheckerThread {
    const [first, ...others] = this.#threads;
    if (first === undefined) throw new RangeError('a pool of no threads');
    return others.reduce((least, own) => (own.asked.size < least.asked.size ? own : least), first);
  }

  get isBusy(): boolean {
    return this.#idlest.asked.size >= ENOUGH;
  }

  /** By the idlest thread, or by this one if none is idle enough. */
  async check(entries: PackedEntries): Promise<CheckedEntries> {
    if (this.#here !== undefined && this.isBusy) {
      const checked = await this.#here.check(entries);
      await turn();
      return checked;
    }
    const answer = await this.#idlest.ask({ entries }, buffersOf(entries));
    if ('checked' in answer) return answer.checked;
    throw new TypeError('a thread answered something else');
  }

  /** By a thread always: what this one would count is many small things, for which its heap would grow. */
  async count(part: CountPart): Promise<CountedPart> {
    const answer = await this.#idlest.ask({ part }, []);
    if ('counted' in answer) return answer.counted;
    throw new TypeError('a thread answered something else');
  }

  async stop(): Promise<void> {
    await Promise.all(this.#threads.map((thread) => thread.stop()));
  }
}
