/** The tally of one closed election: counted in a thread, then signed by the box and appended with its blob. */

import { type Bytes, toBase64Url } from '../crypto/bytes.ts';
import { encodeEntry, parseDocument, signEntry } from '../record/envelope.ts';
import { nameBlob } from '../record/record-source.ts';
import { rollDocument } from '../roll/roll-document.ts';
import { publishedCells } from '../tally/body-cells.ts';
import type { CountProof } from '../tally/count-proof.ts';
import type { Report } from './application.ts';
import type { TallyState } from './documents.ts';
import { candidateOf, type ElectionLog } from './election-log.ts';
import { Problem } from './problem.ts';
import { refused } from './refusals.ts';
import type { KeyPair } from './service-keys.ts';
import { TallyThread } from './workers/tally-thread.ts';
import type { TallyWork } from './workers/tally-worker.ts';

export class TallyRun {
  readonly #log: ElectionLog;
  readonly #box: KeyPair;
  readonly #blobOf: (sha256: string) => Bytes;
  readonly #report: Report;
  #thread: TallyThread | null = null;
  /** Of a tally that is not in the log yet. */
  #running: Promise<void> | null = null;
  #failed = false;

  constructor(log: ElectionLog, box: KeyPair, blobOf: (sha256: string) => Bytes, report: Report) {
    this.#log = log;
    this.#box = box;
    this.#blobOf = blobOf;
    this.#report = report;
  }

  /** Starts the tally unless it is running or done. @throws Problem `too-early` before the closing. */
  start(): void {
    const { closing, tallies } = this.#log.state;
    if (closing === null) throw new Problem('too-early', { detail: 'the election is not closed' });
    if (tallies.length > 0 || this.#running !== null) return;
    this.#failed = false;
    this.#running = this.#count()
      .catch((error: unknown) => {
        this.#failed = true;
        this.#thread = null;
        this.#report(`election ${this.#log.election}: the tally failed: ${String(error)}`);
      })
      .finally(() => {
        this.#running = null;
      });
  }

  /** When no tally is running. */
  async settled(): Promise<void> {
    await this.#running;
  }

  state(): TallyState {
    const progress = this.#thread?.progress ?? { done: 0, of: 0 };
    const logged = this.#log.state.tallies.at(-1);
    if (logged !== undefined) {
      return { state: 'done', ...progress, receipt: this.#log.receiptOf(logged.index) };
    }
    const state = this.#running !== null ? 'running' : this.#failed ? 'failed' : 'none';
    return { state, ...progress, receipt: null };
  }

  /** @throws Problem `not-tallied`. */
  proofs(voter: number): Promise<readonly CountProof[]> {
    if (this.#log.state.tallies.length === 0) throw new Problem('not-tallied');
    return this.#counted().proofs(voter);
  }

  async stop(): Promise<void> {
    await this.#thread?.stop();
  }

  /** The thread that has the trees; after a restart it counts again. */
  #counted(): TallyThread {
    this.#thread ??= new TallyThread(this.#work());
    return this.#thread;
  }

  async #count(): Promise<void> {
    const bytes = await this.#counted().tally;
    const { election, closing, tree } = this.#log.state;
    const blob = nameBlob(bytes);
    const entry = signEntry<'tally'>(
      {
        v: 1,
        type: 'tally',
        election,
        seen: { size: tree.size, root: toBase64Url(tree.root()) },
        body: { closing: closing?.leaf ?? '', blob },
        ext: {},
      },
      'box',
      1,
      this.#box.secret,
    );
    const candidate = candidateOf(entry, encodeEntry(entry), [{ sha256: blob.sha256, bytes }]);
    const [verdict] = this.#log.admit([candidate]);
    if (verdict?.refusals) throw refused(verdict.refusals);
  }

  #work(): TallyWork {
    const { election, manifest, opening, closing, roll, chains, tree } = this.#log.state;
    if (opening === null || closing === null || roll === null) throw new Problem('internal');
    const document = parseDocument(rollDocument, this.#blobOf(roll.body.blob.sha256), 'roll');
    const { lines } = document;
    const ballots = lines.flatMap((_, i) => {
      const index = chains.head(i + 1);
      if (index === undefined) return [];
      return [{ voter: i + 1, leaf: tree.node(0, index), bytes: this.#log.entryBytes(index) }];
    });
    return {
      election,
      ctx: opening.leaf,
      closing: closing.leaf,
      cells: publishedCells(manifest, document, (voter) => chains.head(voter) !== undefined),
      roll: lines.length,
      ballots,
    };
  }
}
