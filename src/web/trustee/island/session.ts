/**
 * A trustee's client with a person before it: the same steps as on the command line, held at the three places where
 * a person has to do something. Nothing here knows a browser.
 */
import { type Bytes, equalBytes, toBase64Url } from '../../../crypto/bytes.ts';
import type { Kernel } from '../../../crypto/kernel/kernel.ts';
import { judgeComplaint } from '../../../record/complaint.ts';
import type { ElectionState } from '../../../record/election-state.ts';
import { parseEntry } from '../../../record/envelope.ts';
import { CHECKPOINT_PATH, readCheckpointNote } from '../../../record/record-source.ts';
import type { BallotBox, Recount } from '../../../trustee/interfaces.ts';
import type { Safe } from '../../../trustee/key-file.ts';
import { readElection } from '../../../trustee/read-election.ts';
import { type Progress, step, type Waiting } from '../../../trustee/trustee.ts';
import { areWords, ceremonyWords } from '../../../trustee/words.ts';
import { Refused } from './fetch-ballot-box.ts';
import { proveBackup } from './key-files.ts';

/** What is waited for: what `step` says; or that the person proves a backup, or asks for the recount. */
export type Stage = Waiting['for'] | 'backup' | 'recount' | 'done';

export interface Standing {
  readonly stage: Stage;
  /** This trustee's place, from 1; of so many, so many of whom decrypt. */
  readonly i: number;
  readonly count: number;
  readonly threshold: number;
  readonly attempt: number;
  /** The trustees whose turn it is, from 1. */
  readonly awaited: readonly number[];
  readonly words: readonly string[] | null;
  readonly complaint: { readonly blamed: number; readonly why: string } | null;
  readonly voided: readonly { readonly attempt: number; readonly reason: string }[];
}

export interface SessionOptions {
  /** Named by its public key. */
  readonly safe: Safe;
  readonly box: BallotBox;
  /** The manifest's leaf, in base64url: the anchor. */
  readonly election: string;
  readonly kernel: Kernel;
  readonly recount: Recount;
}

/** Thrown out of a step that goes on only when the person has done something. */
class Held extends Error {
  readonly stage: 'backup' | 'recount';

  constructor(stage: Held['stage']) {
    super(stage);
    this.stage = stage;
  }
}

export class Session {
  readonly #options: SessionOptions;
  /** What the person has compared, proved and asked for. */
  #comparedWords = '';
  #provedConfirm = '';
  #wantsRecount = false;
  /** The words, and the confirmation in base64url, that are held. */
  #words: readonly string[] = [];
  #heldConfirm = '';
  /** The checkpoint that the last step read. */
  #note: Bytes | undefined;

  constructor(options: SessionOptions) {
    this.#options = options;
  }

  /**
   * Does all that is this trustee's to do now, and says where things stand. Never twice at a time.
   * @throws TrusteeError, RecordError, BoardError, TallyError, Unreachable and Refused as `step` does.
   */
  async look(): Promise<Standing> {
    let refusal = '';
    for (;;) {
      try {
        const progress = await this.#step();
        if (progress.kind !== 'sent') return await this.#stand(progress);
        refusal = '';
      } catch (error) {
        if (error instanceof Held) return await this.#stand(error);
        // Something came into the log while this was made: what is to be done now may be another thing.
        if (!(error instanceof Refused) || error.message === refusal) throw error;
        refusal = error.message;
      }
    }
  }

  /** Whether the log has grown since the last look. @throws Unreachable; RecordError `missing`. */
  async hasNews(): Promise<boolean> {
    const note = await readCheckpointNote(this.#options.box.record);
    return this.#note === undefined || !equalBytes(note, this.#note);
  }

  /** Whether these are the words of the key. If so, the next look goes on. */
  compareWords(text: string): boolean {
    const same = this.#words.length > 0 && areWords(text, this.#words);
    if (same) this.#comparedWords = this.#words.join(' ');
    return same;
  }

  /** Proves a backup that was read back: the next look confirms the key. @throws as `proveBackup` does. */
  async proveBackup(bytes: Bytes): Promise<void> {
    await proveBackup(this.#options.safe, bytes);
    this.#provedConfirm = this.#heldConfirm;
  }

  /** The next look recounts, and agrees if the tally is what the recount gives. */
  askRecount(): void {
    this.#wantsRecount = true;
  }

  async #step(): Promise<Progress> {
    const { safe, box, election, kernel, recount } = this.#options;
    return await step({
      safe,
      election,
      kernel,
      box: {
        record: { read: (path) => this.#read(path) },
        submit: (entry, blobs) => this.#submit(entry, blobs),
        deliver: (letter) => box.deliver(letter),
        mail: (sha256) => box.mail(sha256),
      },
      compare: (words) => {
        this.#words = words;
        return Promise.resolve(words.join(' ') === this.#comparedWords);
      },
      recount: async (_, anchor) => {
        if (!this.#wantsRecount) throw new Held('recount');
        this.#wantsRecount = false;
        return await recount(box.record, anchor);
      },
    });
  }

  async #read(path: string): Promise<Bytes | undefined> {
    const bytes = await this.#options.box.record.read(path);
    if (path === CHECKPOINT_PATH) this.#note = bytes;
    return bytes;
  }

  /** A confirmation leaves only once there is a proved backup of the file that holds it. */
  async #submit(entry: Bytes, blobs: readonly Bytes[]): Promise<void> {
    if (parseEntry(entry).type === 'confirm') {
      this.#heldConfirm = toBase64Url(entry);
      if (this.#heldConfirm !== this.#provedConfirm) throw new Held('backup');
    }
    await this.#options.box.submit(entry, blobs);
  }

  async #stand(progress: Held | Exclude<Progress, { kind: 'sent' }>): Promise<Standing> {
    const { safe, box, election } = this.#options;
    const state = await readElection(box.record, election, null);
    const { count = 0, threshold = 0, keys = [] } = state.manifest.trustees ?? {};
    const { attempt, confirmable } = state.ceremony;
    const common = {
      i: keys.indexOf(safe.name) + 1,
      count,
      threshold,
      attempt,
      words: confirmable === null ? null : ceremonyWords(confirmable),
      complaint: await complaintOf(state),
      voided: state.voided.map(({ attempt, void: { body } }) => ({ attempt, reason: body.reason })),
    };
    if (progress instanceof Held) return { ...common, stage: progress.stage, awaited: [] };
    if (progress.kind === 'done') return { ...common, stage: 'done', awaited: [] };
    return { ...common, stage: progress.for, awaited: progress.awaited };
  }
}

async function complaintOf({ election, ceremony }: ElectionState): Promise<Standing['complaint']> {
  const judged = await judgeComplaint(election, ceremony);
  return judged && { blamed: judged.blamed, why: judged.why };
}
