/** The ballots of colleges that vote on the record, as a log has them: each is read once. */
import { parseEntry } from '../record/envelope.ts';
import { parseRoll } from '../record/read-roll.ts';
import { keyOf } from '../record/replacements.ts';
import { type NumberedLine, openLines, type RollCall, rollCalls } from '../tally/roll-call.ts';
import type { ReadRecord } from './read-record.ts';

/** Read without giving others their turn. */
const AT_ONCE = 100;

interface ReadBallot {
  /** In the log. */
  readonly index: number;
  readonly choices: ReadonlyMap<string, readonly number[]>;
}

export class OpenVotes {
  readonly #record: () => ReadRecord;
  #lines: readonly NumberedLine[] | null = null;
  readonly #read = new Map<number, ReadBallot>();
  #reading: Promise<void> | null = null;

  /** @param record as it is now. */
  constructor(record: () => ReadRecord) {
    this.#record = record;
  }

  /** Empty until the roll is published, and where every college votes in secret. */
  async rollCalls(): Promise<RollCall[]> {
    const { state, blob } = this.#record();
    if (state.roll === null || !state.manifest.colleges.some(({ mode }) => mode === 'recorded')) return [];
    const roll = state.roll.body.blob.sha256;
    this.#lines ??= openLines(state.manifest, parseRoll(blob(roll)).lines);
    await (this.#reading ??= this.#readBallots(this.#lines).finally(() => {
      this.#reading = null;
    }));
    return rollCalls(state.manifest, this.#lines, {
      valuesOf: (voter, contest) => this.#read.get(voter)?.choices.get(contest),
      substituteOf: (voter) => state.voters?.substitute(keyOf(state, voter) ?? '')?.name ?? null,
    });
  }

  /** Those that are not known yet. */
  async #readBallots(lines: readonly NumberedLine[]): Promise<void> {
    const { state, ballotBytes } = this.#record();
    let read = 0;
    for (const [voter] of lines) {
      const index = state.chains.head(voter);
      if (index === undefined || index === this.#read.get(voter)?.index) continue;
      const { type, body } = parseEntry(ballotBytes(index));
      if (type !== 'ballot') continue;
      const choices = body.contests.flatMap((contest) =>
        contest.mode === 'recorded' ? [[contest.id, contest.choices] as const] : [],
      );
      this.#read.set(voter, { index, choices: new Map(choices) });
      read += 1;
      if (read % AT_ONCE === 0) await new Promise((resolve) => setImmediate(resolve));
    }
  }
}
