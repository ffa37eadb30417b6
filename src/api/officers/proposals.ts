/**
 * Entries that one officer has signed, and that wait for a second one where the manifest asks for two. Each was checked
 * as far as it goes when it was proposed, and is checked again, whole, when it is entered. What comes in is hostile.
 */
import type { z } from 'zod';
import { fromBase64Url, toBase64Url, toUtf8 } from '../../crypto/bytes.ts';
import { entryLeaf } from '../../record/envelope.ts';
import type { BallotBox } from '../ballot-box.ts';
import * as documents from '../documents.ts';
import type { Submitted } from '../election-log.ts';
import { Problem } from '../problem.ts';
import { publishedBytes } from '../refusals.ts';
import type { OfficerStore, StoredProposal } from './store/officer-store.ts';

/** A proposal that nobody signs is forgotten. */
export const PROPOSAL_SECONDS = 7 * 24 * 60 * 60;
/** How many may wait in an election. */
const MOST_WAITING = 20;

type Submission = z.infer<typeof documents.submission>;
export type ProposedEntry = z.infer<typeof documents.proposedEntry>;
type SecondSignature = z.infer<typeof documents.secondSignature>;

function parsed({ proposal, proposed, sent }: StoredProposal): ProposedEntry {
  const { entry, blobs } = documents.submission.parse(JSON.parse(sent.toString('utf8')));
  const officer = entry.sigs.find(({ role }) => role === 'officer')?.i ?? 1;
  return { proposal, officer, proposed, expires: proposed + PROPOSAL_SECONDS, entry, blobs };
}

export class Proposals {
  readonly #store: OfficerStore;
  readonly #box: BallotBox;
  /** Unix seconds. */
  readonly #clock: () => number;

  constructor(store: OfficerStore, box: BallotBox, clock: () => number) {
    this.#store = store;
    this.#box = box;
    this.#clock = clock;
  }

  /** Those that can still be entered, the oldest first; the others are forgotten. @throws Problem `unknown-election`. */
  of(election: string): ProposedEntry[] {
    const place = this.#box.election(election);
    this.#store.dropProposalsBefore(this.#clock() - PROPOSAL_SECONDS);
    return this.#store
      .proposalsOf(election)
      .map(parsed)
      .filter(({ proposal, entry }) => {
        if (place.canCome(entry)) return true;
        this.#store.dropProposal(election, proposal);
        return false;
      });
  }

  /** Keeps an entry; the same one again changes nothing. @throws Problem as `Election.checkProposal`; `too-many-proposed`. */
  propose(election: string, { entry, blobs }: Submission): ProposedEntry {
    const proposal = toBase64Url(entryLeaf(publishedBytes(entry)));
    const waiting = this.of(election);
    const same = waiting.find((one) => one.proposal === proposal);
    if (same !== undefined) return same;
    this.#box.election(election).checkProposal(
      entry,
      blobs.map((blob) => fromBase64Url(blob)),
    );
    if (waiting.length >= MOST_WAITING) throw new Problem('too-many-proposed');
    const sent = Buffer.from(toUtf8(JSON.stringify({ entry, blobs })));
    const stored = { election, proposal, proposed: this.#clock(), sent };
    this.#store.addProposal(stored);
    return parsed(stored);
  }

  #find(election: string, proposal: string): ProposedEntry {
    const found = this.of(election).find((one) => one.proposal === proposal);
    if (found === undefined) throw new Problem('unknown-proposed-entry', { field: 'proposal' });
    return found;
  }

  /** Enters it with the signature of another officer. @throws Problem `unknown-proposed-entry`, and as `Election.submit`. */
  enter(election: string, proposal: string, { i, sig }: SecondSignature): Submitted {
    const { entry, blobs } = this.#find(election, proposal);
    const sigs = [...entry.sigs, { role: 'officer' as const, i, sig }];
    const submitted = this.#box.election(election).submit(
      { ...entry, sigs },
      blobs.map((blob) => fromBase64Url(blob)),
    );
    this.#store.dropProposal(election, proposal);
    return submitted;
  }

  /** @throws Problem `unknown-election`, `unknown-proposed-entry`. */
  withdraw(election: string, proposal: string): void {
    this.#box.election(election);
    if (!this.#store.dropProposal(election, proposal))
      throw new Problem('unknown-proposed-entry', { field: 'proposal' });
  }
}
