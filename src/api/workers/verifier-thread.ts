/** The thread that verifies ballots, as the casting queues of all elections use it. */
import { Worker } from 'node:worker_threads';
import type { BallotVerifier, CredentialVerifier } from '../../ballot/check-ballot.ts';
import type { Bytes } from '../../crypto/bytes.ts';
import type { Report } from '../application.ts';
import { Problem } from '../problem.ts';
import type { VerifyAnswer, VerifyRequest, VerifyWork } from './verify-ballots-worker.ts';

type Problems = VerifyAnswer['problems'];

/** As the ballot box needs it. */
export type Verifier = Pick<VerifierThread, 'verifierFor' | 'verifyCredentials' | 'stop'>;

export class VerifierThread {
  readonly #report: Report;
  readonly #asked = new Map<number, (problems: Problems) => void>();
  #worker: Worker | null = null;
  #next = 0;

  constructor(report: Report) {
    this.#report = report;
  }

  /** Verifies ballots under an election's key Y; null where every college is recorded. */
  verifierFor(keyBytes: Bytes | null): BallotVerifier {
    return (ballots) => this.#ask({ keyBytes, ballots });
  }

  /** Verifies the credentials of ballots, and nothing else of them. */
  readonly verifyCredentials: CredentialVerifier = (credentials) => this.#ask({ credentials });

  async #ask(work: VerifyWork): Promise<Exclude<Problems, string>> {
    const id = (this.#next += 1);
    const problems = await new Promise<Problems>((answer) => {
      this.#asked.set(id, answer);
      this.#thread().postMessage({ id, work } satisfies VerifyRequest);
    });
    if (typeof problems !== 'string') return problems;
    this.#report(`fault in the verifying thread: ${problems}`);
    throw new Problem('internal');
  }

  /** The thread, started where there is none. */
  #thread(): Worker {
    if (this.#worker !== null) return this.#worker;
    const worker = new Worker(new URL('verify-ballots-worker.ts', import.meta.url));
    worker.unref();
    worker.on('message', ({ id, problems }: VerifyAnswer) => this.#answer(id, problems));
    worker.on('error', (error) => this.#report(`the verifying thread failed: ${String(error)}`));
    worker.on('exit', () => {
      this.#worker = null;
      for (const id of this.#asked.keys()) this.#answer(id, 'the thread has ended');
    });
    this.#worker = worker;
    return worker;
  }

  #answer(id: number, problems: Problems): void {
    this.#asked.get(id)?.(problems);
    this.#asked.delete(id);
  }

  async stop(): Promise<void> {
    await this.#worker?.terminate();
  }
}
