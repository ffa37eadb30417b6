/**
 * The count of one election, in a thread: kept up while voting is open, made into the tally when it has closed, which
 * the box signs and appends with its blob.
 */

import { type Bytes, toBase64Url } from '../crypto/bytes.ts';
import { encodeEntry, signEntry } from '../record/envelope.ts';
import { parseRoll } from '../record/read-roll.ts';
import { nameBlob } from '../record/record-source.ts';
import { voterOf } from '../record/replacements.ts';
import type { Roll } from '../roll/flat-lines.ts';
import { publishedCells } from '../tally/body-cells.ts';
import { cellsOf } from '../tally/cells.ts';
import type { CountProof } from '../tally/count-proof.ts';
import type { Report } from './application.ts';
import type { TallyState } from './documents.ts';
import { type Candidate, candidateOf, type ElectionLog, type Verdict } from './election-log.ts';
import { Problem } from './problem.ts';
import { refused } from './refusals.ts';
import type { KeyPair } from './service-keys.ts';
import { TallyThread } from './workers/tally-thread.ts';
import type { CastBallot, TallyWork } from './workers/tally-worker.ts';

/** With fewer ballots there is nothing to gain before the closing. */
const WORTH_A_THREAD = 256;
const LEAF_BYTES = 32;

export class TallyRun {
  readonly #log: ElectionLog;
  readonly #box: KeyPair;
  readonly #blobOf: (sha256: string) => Bytes;
  readonly #report: Report;
  #thread: TallyThread | null = null;
  /** Of a tally that is not in the log yet. */
  #running: Promise<void> | null = null;
  #failed = false;
  #roll: Roll | null = null;

  constructor(log: ElectionLog, box: KeyPair, blobOf: (sha256: string) => Bytes, report: Report) {
    this.#log = log;
    this.#box = box;
    this.#blobOf = blobOf;
    this.#report = report;
  }

  /** To be told of every ballot that is taken into the log, in order. */
  take(candidates: readonly Candidate[], verdicts: readonly Verdict[]): void {
    if (this.#thread === null) this.keepUp();
    else this.#thread.take(this.#castIn(candidates, verdicts));
  }

  /** Counts what there is while voting is open, if it is worth it. */
  keepUp(): void {
    const { opening, closing, chains } = this.#log.state;
    if (opening !== null && closing === null && chains.size >= WORTH_A_THREAD) this.#counting();
  }

  #castIn(candidates: readonly Candidate[], verdicts: readonly Verdict[]): CastBallot[] {
    return candidates.flatMap(({ entry, leaf, bytes }, i): CastBallot[] => {
      const verdict = verdicts[i];
      if (entry.type !== 'ballot' || verdict === undefined || verdict.refusals || verdict.again) return [];
      const voter = voterOf(this.#log.state, entry.body.P)?.voter;
      return voter === undefined ? [] : [{ voter, leaf, bytes }];
    });
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
  async proofs(voter: number): Promise<readonly CountProof[]> {
    if (this.#log.state.tallies.length === 0) throw new Problem('not-tallied');
    const thread = this.#counting();
    await this.#tallyOf(thread);
    return await thread.proofs(voter);
  }

  async stop(): Promise<void> {
    await this.#thread?.stop();
  }

  /** The thread that has the trees; after a restart, or after one that failed, it counts again. */
  #counting(): TallyThread {
    if (this.#thread !== null) return this.#thread;
    const thread = new TallyThread(this.#work());
    this.#thread = thread;
    void thread.ended.finally(() => {
      if (this.#thread === thread) this.#thread = null;
    });
    return thread;
  }

  /** The tally blob of what the log has, which is what the thread has counted, or it ends. */
  #tallyOf(thread: TallyThread): Promise<Bytes> {
    const { manifest, closing, chains, tree } = this.#log.state;
    const roll = this.#readRoll();
    const leaves = new Uint8Array(roll.lines.length * LEAF_BYTES);
    for (let voter = 1; voter <= roll.lines.length; voter += 1) {
      const index = chains.head(voter);
      if (index !== undefined) leaves.set(tree.node(0, index), (voter - 1) * LEAF_BYTES);
    }
    const cells = publishedCells(manifest, roll, (voter) => chains.head(voter) !== undefined);
    return thread.close({ closing: closing?.leaf ?? '', cells, leaves });
  }

  /** A count that was kept up and turns out another than the log's is made again from the log. */
  async #counted(): Promise<Bytes> {
    const kept = this.#thread;
    const thread = this.#counting();
    try {
      return await this.#tallyOf(thread);
    } catch (error) {
      if (kept === null || (error instanceof Problem && error.code === 'stopping')) throw error;
      this.#report(`election ${this.#log.election}: it is counted again: ${String(error)}`);
      await thread.ended;
      return await this.#tallyOf(this.#counting());
    }
  }

  async #count(): Promise<void> {
    const bytes = await this.#counted();
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

  #readRoll(): Roll {
    const { roll } = this.#log.state;
    if (roll === null) throw new Problem('internal');
    return (this.#roll ??= parseRoll(this.#blobOf(roll.body.blob.sha256)));
  }

  #work(): TallyWork {
    const { election, manifest, opening, chains, tree } = this.#log.state;
    if (opening === null) throw new Problem('internal');
    const { lines } = this.#readRoll();
    const ballots: CastBallot[] = [];
    for (let voter = 1; voter <= lines.length; voter += 1) {
      const index = chains.head(voter);
      if (index === undefined) continue;
      ballots.push({ voter, leaf: tree.node(0, index), bytes: this.#log.entryBytes(index) });
    }
    return { election, ctx: opening.leaf, cells: cellsOf(manifest, lines), roll: lines.length, ballots };
  }
}
