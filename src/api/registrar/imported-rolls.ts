/**
 * The membership as the registrar keeps it: the first file is stored at once, every later one is a proposal, which shows
 * what it changes and takes effect when an officer approves it, and once tokens exist, another officer than its importer
 * (docs/roll-csv.md). Files are hostile; every refusal is a Problem, and changes nothing.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { type Bytes, toBase64Url, toUtf8 } from '../../crypto/bytes.ts';
import { countVoters } from '../../roll/build-roll.ts';
import { type Membership, votersOf } from '../../roll/membership.ts';
import { type MembershipDifference, membershipDifference } from '../../roll/membership-difference.ts';
import type { RollBody } from '../../roll/roll-document.ts';
import { Problem } from '../problem.ts';
import { refusal } from './refusal.ts';
import { readRollCsv } from './roll-csv.ts';
import type { Proposal, RegistrarStore } from './store/registrar-store.ts';
import type { FrozenMembership } from './store/roll-rows.ts';

export interface RollNumbers {
  /** Unix seconds: the members are those of then. */
  readonly frozen: number;
  readonly people: number;
  readonly members: number;
  readonly delegates: number;
  readonly regions: number;
  readonly branches: number;
  readonly strands: number;
  readonly affiliates: number;
}

export interface RollSummary extends RollNumbers {
  readonly roll: number;
}

export interface ProposalSummary extends RollNumbers {
  /** What is approved: a hash of the file, its freeze date and the roll that it changes. */
  readonly proposal: string;
  readonly base: number;
  readonly proposed: number;
  /** Whether its importer may not approve it. */
  readonly needsSecondOfficer: boolean;
  readonly difference: MembershipDifference;
}

export interface CountedBody extends RollBody {
  readonly members: number;
  readonly delegates: number;
}

/** An officer, as the hash of the key that signed in. */
export type Officer = string;

export class ImportedRolls {
  readonly #store: RegistrarStore;
  readonly #now: () => number;

  constructor(store: RegistrarStore, now: () => number) {
    this.#store = store;
    this.#now = now;
  }

  /**
   * The first membership file; sent again, it is the same roll.
   * @param frozen Unix seconds.
   * @throws Problem `bad-roll-file` with every problem by line and column; `roll-exists` for any other file; `bad-field`
   * for a freeze date that has not come.
   */
  async import(file: Bytes, officer: Officer, frozen = this.#now()): Promise<RollSummary> {
    this.#checkFrozen(frozen);
    const membership = await readMembershipFile(file);
    const hash = toBase64Url(sha256(file));
    const latest = this.#store.latestRoll();
    if (latest !== undefined && latest.sha256 !== hash)
      throw new Problem('roll-exists', { detail: `roll ${latest.id}` });
    const roll =
      latest?.id ??
      this.#store.addRoll({ ...membership, frozen }, { sha256: hash, at: this.#now(), officer });
    return this.summary(roll);
  }

  /** What a membership file has in it; nothing is stored. @throws Problem `bad-roll-file`, `bad-field` as `import`. */
  async check(file: Bytes, frozen = this.#now()): Promise<RollNumbers> {
    this.#checkFrozen(frozen);
    return numbersOf({ ...(await readMembershipFile(file)), frozen });
  }

  /** The roll as it stands; null before the first import. */
  latest(): RollSummary | null {
    const latest = this.#store.latestRoll();
    return latest === undefined ? null : this.summary(latest.id);
  }

  /** The bodies of a roll, and how many members and delegates each has. @throws Problem `unknown-roll`. */
  bodies(roll: number): CountedBody[] {
    const membership = this.membership(roll);
    const countOf = (of: 'members' | 'delegates'): Map<string, number> => {
      const counts = countVoters(votersOf(membership, [{ college: of, of, body: null }]));
      return new Map(counts.map(({ body, n }) => [body, n]));
    };
    const [members, delegates] = [countOf('members'), countOf('delegates')];
    return membership.bodies.map((body) => ({
      ...body,
      members: members.get(body.id) ?? 0,
      delegates: delegates.get(body.id) ?? 0,
    }));
  }

  #checkFrozen(frozen: number): void {
    if (frozen > this.#now()) throw new Problem('bad-field', { field: 'frozen', detail: 'has not come yet' });
  }

  /** @throws Problem `unknown-roll`. */
  summary(roll: number): RollSummary {
    return { roll, ...numbersOf(this.membership(roll)) };
  }

  /** @throws Problem `unknown-roll`. */
  membership(roll: number): FrozenMembership {
    const membership = this.#store.membership(roll);
    if (!membership) throw new Problem('unknown-roll', { field: 'roll' });
    return membership;
  }

  /**
   * Keeps a later file for approval, in place of one that was kept before.
   * @throws Problem `bad-roll-file`; `unknown-roll` where there is no roll that it would change; `bad-field` as `import`.
   */
  async propose(file: Bytes, officer: Officer, frozen = this.#now()): Promise<ProposalSummary> {
    this.#checkFrozen(frozen);
    const membership = await readMembershipFile(file);
    const latest = this.#store.latestRoll();
    if (latest === undefined) throw new Problem('unknown-roll', { detail: 'there is none to be changed' });
    const hash = toBase64Url(sha256(file));
    const id = toBase64Url(sha256(toUtf8(`${latest.id}/${frozen}/${hash}`)));
    const proposal = { id, base: latest.id, frozen, file, sha256: hash, officer, at: this.#now() };
    this.#store.keepProposal(proposal);
    return this.#summarise(proposal, membership);
  }

  /** What waits for approval. @throws Problem `unknown-proposal` if nothing does. */
  async proposal(): Promise<ProposalSummary> {
    const proposal = this.#proposal();
    return this.#summarise(proposal, await readMembershipFile(proposal.file));
  }

  /**
   * Makes a proposal the latest roll.
   * @throws Problem `unknown-proposal`, also where another one has taken its place; `second-officer-needed`.
   */
  async approve(id: string, officer: Officer): Promise<RollSummary> {
    const { file, frozen } = this.#approvable(id, officer);
    const membership = await readMembershipFile(file);
    // Whatever was done meanwhile, a proposal is approved once, and as it was seen.
    const proposal = this.#approvable(id, officer);
    return this.summary(
      this.#store.acceptProposal({ ...membership, frozen }, proposal, officer, this.#now()),
    );
  }

  /** @throws Problem `unknown-proposal`. */
  withdraw(id: string, officer: Officer): void {
    this.#store.dropProposal(this.#proposal(id), officer, this.#now());
  }

  #proposal(id?: string): Proposal {
    const proposal = this.#store.proposal();
    if (!proposal || (id !== undefined && proposal.id !== id))
      throw new Problem('unknown-proposal', { field: 'proposal' });
    return proposal;
  }

  #approvable(id: string, officer: Officer): Proposal {
    const proposal = this.#proposal(id);
    if (this.#store.hasElections() && proposal.officer === officer)
      throw new Problem('second-officer-needed');
    return proposal;
  }

  #summarise({ id, base, frozen, at }: Proposal, membership: Membership): ProposalSummary {
    return {
      proposal: id,
      base,
      proposed: at,
      needsSecondOfficer: this.#store.hasElections(),
      ...numbersOf({ ...membership, frozen }),
      difference: membershipDifference(this.membership(base), membership),
    };
  }
}

async function readMembershipFile(file: Bytes): Promise<Membership> {
  const { membership, problems } = await readRollCsv(file);
  if (membership === null) throw refusal('bad-roll-file', problems);
  return membership;
}

function numbersOf({ frozen, people, bodies }: FrozenMembership): RollNumbers {
  const kinds = (kind: string) => bodies.filter((body) => body.kind === kind).length;
  return {
    frozen,
    people: people.length,
    members: people.filter(({ member }) => member).length,
    delegates: people.filter(({ represents }) => represents !== null).length,
    regions: kinds('region'),
    branches: kinds('branch'),
    strands: kinds('strand'),
    affiliates: kinds('affiliate'),
  };
}
