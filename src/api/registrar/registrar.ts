/**
 * The registrar: keeps the membership, issues a token to each person in each college, and signs the pseudonymous
 * roll (docs/protocol.md §3, §4.2). Files and manifests are hostile; every refusal is a Problem, and changes nothing.
 */
import { checkManifest } from '../../ballot/check-manifest.ts';
import { type Bytes, toBase64Url } from '../../crypto/bytes.ts';
import { publicKeyOf } from '../../crypto/ed25519.ts';
import type { EntryOf } from '../../record/entries.ts';
import {
  electionName,
  encodeEntry,
  parseEntry,
  signEntry,
  verifyEntrySignatures,
} from '../../record/envelope.ts';
import { RecordError } from '../../record/errors.ts';
import { publishRoll } from '../../roll/build-roll.ts';
import { checkRoll } from '../../roll/check-roll.ts';
import { type CollegeSource, votersOf } from '../../roll/membership.ts';
import { encodeCsvCell } from '../../roll/membership-csv.ts';
import type { RollDocument } from '../../roll/roll-document.ts';
import { Problem } from '../problem.ts';
import { drawCredentials } from './draw-credentials.ts';
import { ImportedRolls } from './imported-rolls.ts';
import { badCells, checkSources, holdersOf, rollOf, voterNumbers } from './issued-roll.ts';
import { refusal } from './refusal.ts';
import { type ReplacementRequest, replaceCredential, type SignedReplacement } from './replace-credential.ts';
import { type Change, type IssuedElection, RegistrarStore } from './store/registrar-store.ts';

/** Columns of the file for the mail merge. */
const TOKEN_COLUMNS = ['person', 'name', 'contact', 'college', 'voter', 'token', 'link'] as const;

export interface IssueRequest {
  readonly manifest: EntryOf<'manifest'>;
  readonly roll: number;
  /** One for each college of the manifest. */
  readonly colleges: readonly CollegeSource[];
}

export interface IssueSummary {
  readonly election: string;
  readonly roll: number;
  readonly colleges: { id: string; size: number }[];
  /** Unix seconds. */
  readonly issued: number;
  readonly exported: number | null;
  readonly deleted: number | null;
}

export interface HandOver {
  readonly entry: EntryOf<'roll'>;
  /** The roll that the entry names. */
  readonly blob: Bytes;
}

export class Registrar {
  /** Ed25519, base64url: what a manifest names as registrar. */
  readonly publicKey: string;
  readonly rolls: ImportedRolls;
  readonly #store: RegistrarStore;
  readonly #now: () => number;
  /** Issues that are being computed, by election. */
  readonly #issuing = new Map<string, Promise<void>>();

  /** @param now Unix seconds. @throws Error as RegistrarStore does. */
  constructor(file: string, now: () => number) {
    this.#store = new RegistrarStore(file);
    this.#now = now;
    this.publicKey = toBase64Url(publicKeyOf(this.#store.signingKey));
    this.rolls = new ImportedRolls(this.#store, now);
  }

  /**
   * One token for each person in each college, all or none. The same request again issues nothing.
   * @throws Problem `bad-manifest`, `bad-signature` or `wrong-keys` for the manifest; `unknown-roll`; `bad-field`
   * for sources that are not those of its colleges; `bad-roll` where the roll would break a rule;
   * `issued-otherwise` after tokens were issued from another roll or other sources.
   */
  async issue(request: IssueRequest): Promise<IssueSummary> {
    const manifest = encodeManifest(request.manifest);
    this.#checkManifest(request.manifest);
    const election = electionName(manifest);
    // Whoever comes next looks again, and at the store and the map without a pause between.
    for (let other = this.#issuing.get(election); other; other = this.#issuing.get(election)) {
      await Promise.allSettled([other]);
    }
    const known = this.#store.election(election);
    if (known) return this.#summary(unchanged(known, request));
    const work = this.#issue(election, manifest, request);
    this.#issuing.set(election, work);
    try {
      await work;
    } finally {
      this.#issuing.delete(election);
    }
    return this.issued(election);
  }

  #checkManifest(entry: EntryOf<'manifest'>): void {
    const problems = checkManifest(entry.body);
    if (problems.length > 0) throw refusal('bad-manifest', problems);
    try {
      verifyEntrySignatures(entry, entry.body);
    } catch (error) {
      if (!(error instanceof RecordError)) throw error;
      throw new Problem('bad-signature', { field: error.where, detail: error.message });
    }
    if (!entry.body.roles.registrars.includes(this.publicKey)) {
      throw new Problem('wrong-keys', { field: 'body.roles.registrars' });
    }
  }

  async #issue(
    election: string,
    manifest: Bytes,
    { manifest: entry, roll, colleges }: IssueRequest,
  ): Promise<void> {
    const membership = this.rolls.membership(roll);
    checkSources(colleges, entry, membership);
    const voters = votersOf(membership, colleges);
    if (voters.length === 0)
      throw refusal('bad-roll', [{ where: 'lines', code: 'no-voters', why: 'nobody may vote' }]);
    const issued = await drawCredentials({ election, holders: holdersOf(voters) });
    const document = rollOf(election, entry, membership, voters, issued);
    const problems = [
      ...checkRoll(document, entry.body, { election, body: publishRoll(document, entry.body).body }),
      ...badCells(entry, document),
    ];
    if (problems.length > 0) throw refusal('bad-roll', problems);
    this.#store.issue({ election, roll, manifest, sources: colleges, issued: this.#now() }, issued);
  }

  /** What has been issued for an election. @throws Problem `not-issued`. */
  issued(election: string): IssueSummary {
    return this.#summary(this.#election(election));
  }

  #summary({ election, roll, sources, issued, exported, deleted }: IssuedElection): IssueSummary {
    const sizes = this.#store.countCredentials(election);
    const colleges = sources.map(({ college }) => ({ id: college, size: sizes.get(college) ?? 0 }));
    return { election, roll, colleges, issued, exported, deleted };
  }

  #election(election: string): IssuedElection {
    const issued = this.#store.election(election);
    if (!issued) throw new Problem('not-issued', { field: 'election' });
    return issued;
  }

  /**
   * The tokens as CSV for a mail merge, by college and in the order of the membership file. `again` repeats an
   * export whose answer was lost; the log of changes tells.
   * @param box the address of the ballot box: with it, every row has a link to the booth that brings the token along.
   * @throws Problem `not-issued`, `tokens-deleted`, `exported-before`.
   */
  exportTokens(election: string, again: boolean, box?: string): string {
    const { roll, exported, deleted } = this.#election(election);
    if (deleted !== null) throw new Problem('tokens-deleted');
    if (exported !== null && !again) throw new Problem('exported-before');
    const people = new Map(this.rolls.membership(roll).people.map((entry) => [entry.person, entry]));
    const issued = this.#store.credentials(election);
    const voters = voterNumbers(this.#document(election));
    const rows = issued.map(({ person, college, P, token }) => {
      const { name = '', contact = '' } = people.get(person) ?? {};
      // After the #, so that no request and no server's log has it.
      const link = box === undefined ? '' : `${box.replace(/\/+$/, '')}/elections/${election}/vote#${token}`;
      return [person, name, contact, college, String(voters.get(P)), token ?? '', link]
        .map(encodeCsvCell)
        .join(',');
    });
    this.#store.markExported(election, this.#now(), rows.length, exported !== null);
    return `${[TOKEN_COLUMNS.join(','), ...rows].join('\n')}\n`;
  }

  /**
   * Forgets the tokens, once they are delivered; asking again changes nothing. The credentials stay on the roll.
   * @throws Problem `not-issued`, `not-exported`.
   */
  deleteTokens(election: string): IssueSummary {
    const { exported, deleted } = this.#election(election);
    if (exported === null) throw new Problem('not-exported');
    if (deleted === null) this.#store.deleteTokens(election, this.#now());
    return this.issued(election);
  }

  /**
   * The signed roll for the ballot box.
   * @param seen the log as the ballot box shows it: after the manifest at least.
   * @throws Problem `not-issued`.
   */
  handOver(election: string, seen: EntryOf<'roll'>['seen']): HandOver {
    const entry = parseManifest(this.#election(election).manifest);
    const document = this.#document(election);
    const { blob, body } = publishRoll(document, entry.body);
    const i = entry.body.roles.registrars.indexOf(this.publicKey) + 1;
    const unsigned = {
      v: 1,
      type: 'roll',
      election,
      seen,
      body,
      ext: {},
    } as const;
    this.#store.logSigned(election, this.#now(), body.root);
    return { entry: signEntry<'roll'>(unsigned, 'registrar', i, this.#store.signingKey), blob };
  }

  /**
   * Another credential for a voter, signed; an officer has to sign it too. Nothing is stored but that it was done.
   * @throws Problem `not-issued`, `tokens-deleted`, `unknown-voter`.
   */
  replace(election: string, request: ReplacementRequest): SignedReplacement {
    const { body } = parseManifest(this.#election(election).manifest);
    const issued = {
      election,
      roll: this.#document(election),
      credentials: this.#store.credentials(election),
      i: body.roles.registrars.indexOf(this.publicKey) + 1,
      key: this.#store.signingKey,
    };
    const replacement = replaceCredential(issued, request);
    this.#store.logReplaced(election, this.#now(), replacement.entry.body.voter);
    return replacement;
  }

  #document(election: string): RollDocument {
    const { roll, manifest, sources } = this.#election(election);
    const membership = this.rolls.membership(roll);
    const voters = votersOf(membership, sources);
    return rollOf(election, parseManifest(manifest), membership, voters, this.#store.credentials(election));
  }

  /** What was done, in order; without tokens, names and addresses. */
  changes(): readonly Change[] {
    return this.#store.changes();
  }

  close(): void {
    this.#store.close();
  }
}

function encodeManifest(entry: EntryOf<'manifest'>): Bytes {
  try {
    return encodeEntry(entry);
  } catch (error) {
    if (!(error instanceof RecordError)) throw error;
    throw new Problem('bad-manifest', { field: error.where, detail: error.message });
  }
}

function parseManifest(bytes: Bytes): EntryOf<'manifest'> {
  const entry = parseEntry(bytes);
  if (entry.type !== 'manifest') throw new RecordError('no-manifest', 'type', entry.type);
  return entry;
}

function unchanged(known: IssuedElection, { roll, colleges }: IssueRequest): IssuedElection {
  const plain = (sources: readonly CollegeSource[]) =>
    sources
      .map((source) => [source.college, source.of, source.body].join())
      .sort()
      .join(';');
  if (known.roll !== roll || plain(known.sources) !== plain(colleges)) {
    throw new Problem('issued-otherwise', { detail: `from roll ${known.roll}` });
  }
  return known;
}
