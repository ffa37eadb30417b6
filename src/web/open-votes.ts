/** The ballots of colleges that vote on the record, as the log of this service has them: each is read once. */
import type { Election } from '../api/election.ts';
import { parseEntry } from '../record/envelope.ts';
import { parseRoll } from '../record/read-roll.ts';
import { keyOf } from '../record/replacements.ts';
import { type NumberedLine, openLines, type RollCall, rollCalls } from '../tally/roll-call.ts';

/** Read without giving others their turn. */
const AT_ONCE = 100;

interface ReadBallot {
  /** In the log. */
  readonly index: number;
  readonly choices: ReadonlyMap<string, readonly number[]>;
}

export class OpenVotes {
  readonly #election: Election;
  #lines: readonly NumberedLine[] | null = null;
  readonly #read = new Map<number, ReadBallot>();
  #reading: Promise<void> | null = null;

  constructor(election: Election) {
    this.#election = election;
  }

  /** Empty until the roll is published, and where every college votes in secret. */
  async rollCalls(): Promise<RollCall[]> {
    const { state } = this.#election.log;
    if (state.roll === null || !state.manifest.colleges.some(({ mode }) => mode === 'recorded')) return [];
    const roll = state.roll.body.blob.sha256;
    this.#lines ??= openLines(state.manifest, parseRoll(this.#election.blob(roll)).lines);
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
    const { log } = this.#election;
    let read = 0;
    for (const [voter] of lines) {
      const index = log.state.chains.head(voter);
      if (index === undefined || index === this.#read.get(voter)?.index) continue;
      const { type, body } = parseEntry(log.entryBytes(index));
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
