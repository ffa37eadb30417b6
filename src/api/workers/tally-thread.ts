/** The thread that counts one election. */
import { Worker } from 'node:worker_threads';
import type { Bytes } from '../../crypto/bytes.ts';
import type { CountProof } from '../../tally/count-proof.ts';
import { Problem } from '../problem.ts';
import type { CastBallot, TallyMessage, TallyRequest, TallyWork } from './tally-worker.ts';

export type Closing = Omit<Extract<TallyRequest, { kind: 'close' }>, 'kind'>;

export class TallyThread {
  readonly #worker: Worker;
  readonly #asked = new Map<number, PromiseWithResolvers<readonly CountProof[]>>();
  readonly #tally = Promise.withResolvers<Bytes>();
  readonly #ended = Promise.withResolvers<void>();
  #isClosed = false;
  #next = 0;
  /** Ciphertexts added up, of how many. */
  progress = { done: 0, of: 0 };

  constructor(work: TallyWork) {
    this.#worker = new Worker(new URL('tally-worker.ts', import.meta.url), { workerData: work });
    this.#worker.unref();
    this.#worker.on('message', (message: TallyMessage) => this.#take(message));
    this.#worker.on('error', (error) => this.#fail(error));
    this.#worker.on('exit', () => this.#fail(new Problem('stopping')));
    // Whoever wants the tally or a proof awaits it; a failure that nobody awaits is not a fault of the process.
    this.#tally.promise.catch(() => undefined);
  }

  /** When it counts no more, because it failed or was stopped. */
  get ended(): Promise<void> {
    return this.#ended.promise;
  }

  #post(request: TallyRequest): void {
    this.#worker.postMessage(request);
  }

  /** These have been cast. */
  take(ballots: readonly CastBallot[]): void {
    this.#post({ kind: 'ballots', ballots });
  }

  /** The tally blob, once. @throws what keeps it from being counted: then the thread has ended. */
  close(closing: Closing): Promise<Bytes> {
    if (!this.#isClosed) this.#post({ kind: 'close', ...closing });
    this.#isClosed = true;
    return this.#tally.promise;
  }

  /** The count proofs of a voter, one for each cell that the voter is in, after the tally. */
  async proofs(voter: number): Promise<readonly CountProof[]> {
    await this.#tally.promise;
    const id = (this.#next += 1);
    const asked = Promise.withResolvers<readonly CountProof[]>();
    this.#asked.set(id, asked);
    this.#post({ kind: 'prove', id, voter });
    return asked.promise;
  }

  async stop(): Promise<void> {
    await this.#worker.terminate();
  }

  #take(message: TallyMessage): void {
    if (message.kind === 'progress') this.progress = { done: message.done, of: message.of };
    else if (message.kind === 'tally') this.#tally.resolve(message.bytes);
    else {
      this.#asked.get(message.id)?.resolve(message.proofs);
      this.#asked.delete(message.id);
    }
  }

  #fail(error: unknown): void {
    this.#tally.reject(error);
    for (const { reject } of this.#asked.values()) reject(error);
    this.#asked.clear();
    this.#ended.resolve();
  }
}
