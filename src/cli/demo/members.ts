/** One process of the demonstration: a share of the members, each with a letter, encrypts and casts over HTTP. */
import { randomBytes } from '@noble/hashes/utils.js';
import { openBallot, proveCheckEntry, readOpenedBallot } from '../../ballot/ballot-check.ts';
import type { Previous } from '../../ballot/ballot-entry.ts';
import { valuesOf } from '../../ballot/choices.ts';
import { type Credential, deriveCredential, deriveSecret } from '../../ballot/credential.ts';
import { type PreparedBallot, prepareBallot } from '../../ballot/prepare-ballot.ts';
import { parseToken } from '../../ballot/token.ts';
import { toBase64Url, toHex } from '../../crypto/bytes.ts';
import { wasmKernel } from '../../crypto/kernel/wasm.ts';
import { encodeEntry, entryLeaf } from '../../record/envelope.ts';
import { parseRoll } from '../../record/read-roll.ts';
import { readBlob } from '../../record/record-source.ts';
import type { RollLines } from '../../roll/flat-lines.ts';
import { BallotMaker } from '../../simulation/make-ballots.ts';
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
const UNDER_WAY = 64;
const REPORT_EVERY = 25;
/** Voters of all processes together whose ballots are made with the care of a booth. */
export const VOTING_AS_IN_A_BOOTH = 300;
const SIMULATED_AT_ONCE = 128;
/** What every voter of this election weighs. */
const WEIGHT = 1;

/** A ballot on its way. */
type Sent = Pick<PreparedBallot, 'bytes' | 'leaf'>;

/** A vote that is cast by the generator. */
interface Simulated {
  readonly letter: Letter;
  readonly credential: Credential;
  readonly prev: Previous;
  readonly time: 1 | 2;
}

class Members {
  readonly #server: ServerClient;
  readonly #open: OpenElection;
  readonly #options: MembersOptions;
  readonly #underWay = new Set<Promise<void>>();
  #lines: RollLines | null = null;
  #maker: BallotMaker | null = null;
  /** Ballots that the maker has made. */
  #simulated = 0;
  #failed: unknown = null;
  #kept: KeptReceipt | null = null;
  readonly #done = { cast: 0, twice: 0, checked: 0 };

  constructor(server: ServerClient, open: OpenElection, options: MembersOptions) {
    this.#server = server;
    this.#open = open;
    this.#options = options;
  }

  /** Here and there one as a booth does it, one by one; the others by the generator of simulations. */
  async vote(letters: readonly Letter[]): Promise<MembersReport> {
    const { seed, turnout, of } = this.#options;
    const voting = letters.filter((letter) => fateOf(seed, letter, turnout).votes);
    const share = Math.min(1, VOTING_AS_IN_A_BOOTH / of / voting.length);
    const isInBooth = (_: Letter, i: number): boolean => Math.floor((i + 1) * share) > Math.floor(i * share);
    await this.#voteOneByOne(voting.filter(isInBooth));
    await this.#simulate(voting.filter((letter, i) => !isInBooth(letter, i)));
    return { kind: 'done', ...this.#done, kept: this.#kept };
  }

  async #voteOneByOne(voting: readonly Letter[]): Promise<void> {
    const { seed, turnout } = this.#options;
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
  }

  /** Valid ballots that hide nothing. What is opened for a check is a ballot as in a booth. */
  async #simulate(voting: readonly Letter[]): Promise<void> {
    const { seed, turnout } = this.#options;
    const lines = await this.#rollLines();
    const again: Simulated[] = [];
    for (const [college, letters] of Map.groupBy(voting, (letter) => letter.college)) {
      for (let at = 0; at < letters.length; at += SIMULATED_AT_ONCE) {
        const batch = letters.slice(at, at + SIMULATED_AT_ONCE);
        const credentials = batch.map((letter) => ({
          x: deriveSecret(parseToken(letter.token), this.#open.context.election, college),
          P: lines.at(letter.voter - 1)?.P ?? '',
        }));
        for (const [i, letter] of batch.entries()) {
          const credential = credentials[i];
          if (credential !== undefined && fateOf(seed, letter, turnout).checks)
            await this.#check(letter, credential);
        }
        const first = batch.flatMap((letter, i): Simulated[] => {
          const credential = credentials[i];
          return credential === undefined ? [] : [{ letter, credential, prev: { kind: 'none' }, time: 1 }];
        });
        const leaves = await this.#castSimulated(college, first);
        first.forEach((vote, i) => {
          const leaf = leaves[i];
          if (leaf === undefined || !fateOf(seed, vote.letter, turnout).twice) return;
          again.push({ ...vote, prev: { kind: 'ballot', leaf }, time: 2 });
        });
      }
    }
    await this.#settled();
    for (const [college, votes] of Map.groupBy(again, ({ letter }) => letter.college)) {
      await this.#castSimulated(college, votes);
      this.#done.twice += votes.length;
    }
    await this.#settled();
  }

  /** @returns the leaves of the ballots, in order. */
  async #castSimulated(college: string, votes: readonly Simulated[]): Promise<string[]> {
    this.#maker ??= new BallotMaker(wasmKernel, this.#open.context, toHex(randomBytes(16)));
    const made = this.#maker.make(
      college,
      votes.map(({ letter, credential, prev, time }) => ({
        ...credential,
        weight: WEIGHT,
        prev,
        choices: choicesOf(this.#options.seed, letter, time),
      })),
      this.#simulated,
    );
    this.#simulated += votes.length;
    const leaves: string[] = [];
    for (const [i, { bytes }] of made.entries()) {
      const vote = votes[i];
      if (vote === undefined) continue;
      const leaf = toBase64Url(entryLeaf(bytes));
      leaves.push(leaf);
      await this.#sendSoon(vote.letter, vote.credential, { bytes, leaf });
    }
    return leaves;
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
    const lines = await this.#rollLines();
    const shown = readOpenedBallot(openBallot(ballot, letter.voter), context, lines.at(letter.voter - 1));
    const meant = choicesOf(this.#options.seed, letter, 1);
    const same = context.manifest.contests.every((contest) => {
      const [own, read] = [meant[contest.id], shown.choices[contest.id]];
      if (own === undefined || read === undefined) return own === read;
      return valuesOf(contest, WEIGHT, own).join() === valuesOf(contest, WEIGHT, read).join();
    });
    if (!same || shown.fingerprint !== ballot.fingerprint)
      throw new CheckedFalse('an opened ballot shows something else');
    const entry = proveCheckEntry(context, credential, ballot.fingerprint);
    await sendCheck(this.#server, context, letter.voter, encodeEntry(entry));
    this.#done.checked += 1;
  }

  async #rollLines(): Promise<RollLines> {
    const { state, record } = this.#open;
    if (state.roll === null) throw new CheckedFalse('an opening without a roll');
    return (this.#lines ??= parseRoll(await readBlob(record, state.roll.body.blob)).lines);
  }

  /** Encrypts now, and sends without waiting for the answer; the receipt is verified when it comes. */
  async #cast(letter: Letter, credential: Credential, prev: Previous, time: 1 | 2): Promise<PreparedBallot> {
    const ballot = this.#prepare(letter, credential, prev, time);
    await this.#sendSoon(letter, credential, ballot);
    return ballot;
  }

  async #sendSoon(letter: Letter, credential: Credential, ballot: Sent): Promise<void> {
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
  }

  async #send({ voter, college }: Letter, credential: Credential, { bytes, leaf }: Sent): Promise<void> {
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
