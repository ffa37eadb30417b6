/**
 * One process of the demonstration: somebody with a letter of each college sends ballots that must be refused.
 * One that is accepted fails the demonstration.
 */

import { head, receipt } from '../../api/documents.ts';
import { type BallotContext, ballotContext } from '../../ballot/ballot-context.ts';
import type { BallotEntry } from '../../ballot/ballot-entry.ts';
import { type Credential, deriveCredential } from '../../ballot/credential.ts';
import { prepareBallot } from '../../ballot/prepare-ballot.ts';
import { parseToken } from '../../ballot/token.ts';
import { encodeCanonical } from '../../codec/canonical-json.ts';
import { fromBase64Url, toBase64Url } from '../../crypto/bytes.ts';
import { encodeScalar, ONE } from '../../crypto/scalar.ts';
import { encodeEntry, entryLeaf, parseDocument } from '../../record/envelope.ts';
import { readBlob } from '../../record/record-source.ts';
import { type RollLine, rollDocument } from '../../roll/roll-document.ts';
import { CheckedFalse } from '../exit.ts';
import { type OpenElection, readOpenElection } from '../open-election.ts';
import { ServerClient, ServerRefusal } from '../server-client.ts';
import { DELEGATES, MEMBERS, MOTION } from './demo-election.ts';
import { choicesOf, fateOf } from './fate.ts';
import { intrudersLetters, type Letter, readLetters } from './letters.ts';
import type { MembersOptions } from './members.ts';
import { report } from './reports.ts';

export interface IntruderOptions extends Omit<MembersOptions, 'part' | 'of'> {
  readonly attempts: number;
}

interface Attempt {
  readonly what: string;
  /** Codes with which it may be refused. */
  readonly codes: readonly string[];
  readonly make: (n: number) => Promise<BallotEntry> | BallotEntry;
}

const NONE = { kind: 'none' } as const;

class Intruder {
  readonly #server: ServerClient;
  readonly #open: OpenElection;
  /** One of each college. */
  readonly #own: readonly Letter[];
  /** Members who stay at home. */
  readonly #absent: readonly Letter[];
  readonly #lines: readonly RollLine[];
  readonly #options: IntruderOptions;

  constructor(
    server: ServerClient,
    open: OpenElection,
    letters: readonly Letter[],
    lines: readonly RollLine[],
    options: IntruderOptions,
  ) {
    this.#server = server;
    this.#open = open;
    this.#lines = lines;
    this.#options = options;
    const { seed, turnout } = options;
    this.#own = intrudersLetters(letters);
    this.#absent = letters.filter(
      (letter) =>
        letter.college === MEMBERS && !this.#own.includes(letter) && !fateOf(seed, letter, turnout).votes,
    );
  }

  get #context(): BallotContext {
    return this.#open.context;
  }

  readonly #attempts: readonly Attempt[] = [
    { what: 'forged proof', codes: ['bad-ballot'], make: () => this.#forgedProof() },
    { what: 'stolen credential', codes: ['bad-ballot'], make: (n) => this.#stolenCredential(n) },
    { what: 'replay of an old ballot', codes: ['bad-ballot', 'stale-link'], make: (n) => this.#replay(n) },
    { what: "copy of another's ballot", codes: ['bad-ballot'], make: (n) => this.#copy(n) },
    { what: 'over-vote', codes: ['bad-ballot'], make: () => this.#overVote() },
    { what: 'wrong college', codes: ['not-on-roll'], make: () => this.#wrongCollege() },
  ];

  /** @throws CheckedFalse for a ballot that is accepted, or refused for another reason. */
  async try(): Promise<Record<string, number>> {
    const refused: Record<string, number> = {};
    for (const { what, codes, make } of this.#attempts) {
      for (let n = 0; n < this.#options.attempts; n += 1) {
        const code = await this.#send(await make(n));
        if (code === undefined) throw new CheckedFalse(`a ballot that must be refused was accepted: ${what}`);
        if (!codes.includes(code))
          throw new CheckedFalse(`${what} was refused as ${code} instead of ${codes.join(' or ')}`);
        refused[what] = (refused[what] ?? 0) + 1;
      }
    }
    return refused;
  }

  /** The code of the refusal. */
  async #send(entry: BallotEntry): Promise<string | undefined> {
    try {
      const path = `/elections/${this.#context.election}/ballots`;
      await this.#server.post(path, { type: 'application/json', bytes: encodeCanonical(entry) }, receipt);
      return undefined;
    } catch (error) {
      if (error instanceof ServerRefusal) return error.code;
      throw error;
    }
  }

  #letter(college: string): Letter {
    const found = this.#own.find((letter) => letter.college === college);
    if (found === undefined) throw new CheckedFalse(`nobody is in the college ${college}`);
    return found;
  }

  #credential(college: string): Credential {
    return deriveCredential(parseToken(this.#letter(college).token), this.#context.election, college);
  }

  #ballot(context: BallotContext, college: string, credential: Credential): BallotEntry {
    const choices = choicesOf(this.#options.seed, this.#letter(college), 1);
    return prepareBallot({ context, college, weight: 1, credential, prev: NONE, choices }).entry;
  }

  /** The last response is another one. */
  #forgedProof(): BallotEntry {
    const entry = this.#ballot(this.#context, MEMBERS, this.#credential(MEMBERS));
    const proof = fromBase64Url(entry.body.proof);
    proof.set(encodeScalar(ONE), proof.length - 32);
    return { ...entry, body: { ...entry.body, proof: toBase64Url(proof) } };
  }

  /** The public key of a member who stays at home, signed for with the intruder's own secret. */
  #stolenCredential(n: number): BallotEntry {
    const victim = this.#absent[n % Math.max(1, this.#absent.length)];
    const P = victim === undefined ? undefined : this.#lines[victim.voter - 1]?.P;
    const own = this.#credential(MEMBERS);
    // Where everybody votes, the intruder's own key with another secret does as well.
    const stolen = P === undefined ? { ...own, x: ONE } : { ...own, P };
    return this.#ballot(this.#context, MEMBERS, stolen);
  }

  /** A ballot that is in the log, of some voter. */
  async #recorded(n: number): Promise<BallotEntry> {
    for (let at = n; at < this.#lines.length; at += 1) {
      const line = this.#lines[at];
      if (line?.college !== MEMBERS) continue;
      const found = await this.#server.get(`/elections/${this.#context.election}/heads/${line.P}`, head);
      if (found.head?.entry.type === 'ballot') return found.head.entry;
    }
    throw new CheckedFalse('nobody has voted yet');
  }

  /** The same content as a new vote of the same voter. */
  async #replay(n: number): Promise<BallotEntry> {
    const entry = await this.#recorded(n);
    const leaf = toBase64Url(entryLeaf(encodeEntry(entry)));
    return { ...entry, body: { ...entry.body, prev: { kind: 'ballot', leaf } } };
  }

  /** The same content under the intruder's credential. */
  async #copy(n: number): Promise<BallotEntry> {
    const entry = await this.#recorded(n);
    return { ...entry, body: { ...entry.body, prev: NONE, P: this.#credential(MEMBERS).P } };
  }

  /** Both for and against, proved under rules that would allow it. */
  #overVote(): BallotEntry {
    const { election, ctx, key, manifest } = this.#context;
    const contests = manifest.contests.map((contest) =>
      contest.id === MOTION
        ? { ...contest, shape: { kind: 'choose' as const, min: 2, max: 2, blank: false } }
        : contest,
    );
    const lax = ballotContext({ election, ctx, key, manifest: { ...manifest, contests } });
    const choices = { [MOTION]: ['for', 'against'] };
    const credential = this.#credential(MEMBERS);
    return prepareBallot({ context: lax, college: MEMBERS, weight: 1, credential, prev: NONE, choices })
      .entry;
  }

  /** A member's credential in the delegates' college. */
  #wrongCollege(): BallotEntry {
    return this.#ballot(this.#context, DELEGATES, this.#credential(MEMBERS));
  }
}

export async function runIntruder(options: IntruderOptions): Promise<void> {
  const server = new ServerClient(options.server);
  const open = await readOpenElection(server, options.election);
  if (open.state.roll === null) throw new CheckedFalse('an opening without a roll');
  const { lines } = parseDocument(rollDocument, await readBlob(open.record, open.state.roll.body.blob));
  const letters = await readLetters(options.letters);
  const refused = await new Intruder(server, open, letters, lines, options).try();
  report({ kind: 'refused', refused });
}
