/** One process of the demonstration: a share of the members, each with a letter, encrypts and casts over HTTP. */
import { openBallot, proveCheckEntry, readOpenedBallot } from '../../ballot/ballot-check.ts';
import type { Previous } from '../../ballot/ballot-entry.ts';
import { valuesOf } from '../../ballot/choices.ts';
import { type Credential, deriveCredential } from '../../ballot/credential.ts';
import { type PreparedBallot, prepareBallot } from '../../ballot/prepare-ballot.ts';
import { parseToken } from '../../ballot/token.ts';
import { toBase64Url } from '../../crypto/bytes.ts';
import { encodeEntry, parseDocument } from '../../record/envelope.ts';
import { readBlob } from '../../record/record-source.ts';
import { type RollLine, rollDocument } from '../../roll/roll-document.ts';
import { CheckedFalse } from '../exit.ts';
import { type OpenElection, readOpenElection } from '../open-election.ts';
import { ServerClient } from '../server-client.ts';
import { sendBallot, sendCheck } from '../voter.ts';
import { choicesOf, fateOf } from './fate.ts';
import { intrudersLetters, type Letter, readLetters } from './letters.ts';
import { type KeptReceipt, type MembersReport, report } from './reports.ts';

export interface MembersOptions {
  readonly server: string;
  readonly election: string;
  readonly letters: string;
  readonly seed: string;
  readonly turnout: number;
  readonly part: number;
  readonly of: number;
}

/** Requests under way at once: while the server verifies some, the next are encrypted. */
const UNDER_WAY = 24;
const REPORT_EVERY = 25;
/** What every voter of this election weighs. */
const WEIGHT = 1;

class Members {
  readonly #server: ServerClient;
  readonly #open: OpenElection;
  readonly #options: MembersOptions;
  readonly #underWay = new Set<Promise<void>>();
  #lines: readonly RollLine[] | null = null;
  #failed: unknown = null;
  #kept: KeptReceipt | null = null;
  readonly #done = { cast: 0, twice: 0, checked: 0 };

  constructor(server: ServerClient, open: OpenElection, options: MembersOptions) {
    this.#server = server;
    this.#open = open;
    this.#options = options;
  }

  async vote(letters: readonly Letter[]): Promise<MembersReport> {
    const { seed, turnout } = this.#options;
    const voting = letters.filter((letter) => fateOf(seed, letter, turnout).votes);
    const again: (() => Promise<void>)[] = [];
    for (const letter of voting) {
      const fate = fateOf(seed, letter, turnout);
      const credential = deriveCredential(
        parseToken(letter.token),
        this.#open.context.election,
        letter.college,
      );
      if (fate.checks) await this.#check(letter, credential);
      const first = await this.#cast(letter, credential, { kind: 'none' }, 1);
      if (fate.twice) {
        again.push(() =>
          this.#cast(letter, credential, { kind: 'ballot', leaf: first.leaf }, 2).then(() => undefined),
        );
      }
    }
    await this.#settled();
    for (const vote of again) {
      await vote();
      this.#done.twice += 1;
    }
    await this.#settled();
    return { kind: 'done', ...this.#done, kept: this.#kept };
  }

  #prepare(letter: Letter, credential: Credential, prev: Previous, time: 1 | 2): PreparedBallot {
    const choices = choicesOf(this.#options.seed, letter, time);
    return prepareBallot({
      context: this.#open.context,
      college: letter.college,
      weight: WEIGHT,
      credential,
      prev,
      choices,
    });
  }

  /** Opens a ballot to a second device, which has the roll and the letter's voter number from elsewhere. */
  async #check(letter: Letter, credential: Credential): Promise<void> {
    const { context } = this.#open;
    const ballot = this.#prepare(letter, credential, { kind: 'none' }, 1);
    this.#lines ??= await this.#readRoll();
    const shown = readOpenedBallot(openBallot(ballot, letter.voter), context, this.#lines[letter.voter - 1]);
    const meant = choicesOf(this.#options.seed, letter, 1);
    const same = context.manifest.contests.every((contest) => {
      const [own, read] = [meant[contest.id], shown.choices[contest.id]];
      if (own === undefined || read === undefined) return own === read;
      return `${valuesOf(contest, WEIGHT, own)}` === `${valuesOf(contest, WEIGHT, read)}`;
    });
    if (!same || shown.fingerprint !== ballot.fingerprint)
      throw new CheckedFalse('an opened ballot shows something else');
    const entry = proveCheckEntry(context, credential, ballot.fingerprint);
    await sendCheck(this.#server, context, letter.voter, encodeEntry(entry));
    this.#done.checked += 1;
  }

  async #readRoll(): Promise<readonly RollLine[]> {
    const { state, record } = this.#open;
    if (state.roll === null) throw new CheckedFalse('an opening without a roll');
    return parseDocument(rollDocument, await readBlob(record, state.roll.body.blob)).lines;
  }

  /** Encrypts now, and sends without waiting for the answer; the receipt is verified when it comes. */
  async #cast(letter: Letter, credential: Credential, prev: Previous, time: 1 | 2): Promise<PreparedBallot> {
    const ballot = this.#prepare(letter, credential, prev, time);
    const sending = this.#send(letter, credential, ballot)
      .catch((error: unknown) => {
        this.#failed ??= error;
      })
      .finally(() => this.#underWay.delete(sending));
    this.#underWay.add(sending);
    // Also lets answers that have come be read.
    await new Promise(setImmediate);
    while (this.#underWay.size >= UNDER_WAY) await Promise.race(this.#underWay);
    if (this.#failed !== null) throw this.#failed;
    return ballot;
  }

  async #send(
    { voter, college }: Letter,
    credential: Credential,
    { bytes, leaf }: PreparedBallot,
  ): Promise<void> {
    const receipt = await sendBallot(this.#server, this.#open.context, { credential, voter }, bytes);
    this.#kept = { voter, college, leaf, ballot: toBase64Url(bytes), receipt };
    this.#done.cast += 1;
    if (this.#done.cast % REPORT_EVERY === 0) report({ kind: 'progress', cast: this.#done.cast });
  }

  async #settled(): Promise<void> {
    await Promise.all(this.#underWay);
    if (this.#failed !== null) throw this.#failed;
  }
}

/** Letters are dealt out like cards. */
export function partOf(letters: readonly Letter[], part: number, of: number): Letter[] {
  const intruders = intrudersLetters(letters);
  return letters.filter((letter, i) => i % of === part && !intruders.includes(letter));
}

export async function runMembers(options: MembersOptions): Promise<void> {
  const server = new ServerClient(options.server);
  const open = await readOpenElection(server, options.election);
  const own = partOf(await readLetters(options.letters), options.part, options.of);
  report(await new Members(server, open, options).vote(own));
}
