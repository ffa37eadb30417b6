/** What the pages show of an election, from its own record: as the service has it, or as it was read from a copy. */
import type { BallotBox } from '../api/ballot-box.ts';
import { listOf } from '../api/disputes.ts';
import type { DisputeList, Summary } from '../api/documents.ts';
import type { Election } from '../api/election.ts';
import { type ManifestBody, type TextsDocument, textsDocument } from '../ballot/manifest.ts';
import type { BlobName } from '../codec/fields.ts';
import type { ElectionState } from '../record/election-state.ts';
import { parseDocument } from '../record/envelope.ts';
import { disputesUntil } from '../record/moments.ts';
import { type ResultDocument, resultDocument } from '../record/outcome-document.ts';
import type { RollCall } from '../tally/roll-call.ts';
import type { Listed } from './index-page.ts';
import { OpenVotes } from './open-votes.ts';
import type { ReadRecord } from './read-record.ts';

/** A file of the record that is not a tile: texts of a language, the roll, the n-th tally, shares of trustee n, the result. */
export interface NamedBlob {
  readonly what:
    | { readonly kind: 'texts'; readonly lang: string }
    | { readonly kind: 'roll' | 'result' }
    | { readonly kind: 'tally' | 'shares'; readonly n: number };
  readonly blob: BlobName;
}

/** An earlier election that one goes on from, if it is kept in the same place. */
export interface Earlier {
  readonly title: string;
  readonly lang: string;
}

export interface PublishedElection extends Pick<ReadRecord, 'state' | 'roll' | 'moments' | 'note'> {
  readonly summary: Summary;
  readonly manifest: ManifestBody;
  readonly texts: TextsDocument;
  readonly result: ResultDocument | null;
  readonly blobs: readonly NamedBlob[];
  /** By the names of the elections. */
  readonly earlier: ReadonlyMap<string, Earlier>;
  readonly disputes: DisputeList;
}

/** Documents by the names of their blobs, which never change once they are published. */
export class Documents {
  readonly #texts = new Map<string, TextsDocument>();
  readonly #results = new Map<string, ResultDocument>();

  /** In the language, or in the first that the manifest has. */
  texts({ state, blob }: Pick<ReadRecord, 'state' | 'blob'>, language: string): TextsDocument {
    const { texts } = state.manifest;
    const named = texts.find(({ lang }) => lang.split('-')[0] === language) ?? texts[0];
    if (named === undefined) throw new TypeError('a manifest without texts');
    const { sha256 } = named.blob;
    const known = this.#texts.get(sha256) ?? parseDocument(textsDocument, blob(sha256));
    this.#texts.set(sha256, known);
    return known;
  }

  result({ state, blob }: Pick<ReadRecord, 'state' | 'blob'>): ResultDocument | null {
    if (state.result === null) return null;
    const { sha256 } = state.result.body.blob;
    const known = this.#results.get(sha256) ?? parseDocument(resultDocument, blob(sha256));
    this.#results.set(sha256, known);
    return known;
  }
}

/** An election for pages in this language. @param earlier those that it links to. */
export function publishedElection(
  record: ReadRecord,
  summary: Summary,
  documents: Documents,
  language: string,
  earlier: PublishedElection['earlier'],
): PublishedElection {
  const { state, roll, moments, note } = record;
  return {
    state,
    roll,
    moments,
    note,
    summary,
    manifest: state.manifest,
    texts: documents.texts(record, language),
    result: documents.result(record),
    blobs: blobsOf(state),
    earlier,
    disputes: copiedDisputes(record),
  };
}

/** What a copy has of them. */
const copiedDisputes = ({ state, moments, disputes }: ReadRecord): DisputeList => ({
  until: disputesUntil(state, moments),
  isOver: false,
  ...listOf(disputes, state),
});

const recordOf = (election: Election): ReadRecord => ({
  state: election.log.state,
  roll: election.log.roll,
  moments: election.log.moments,
  // Asked for one by one: `find` takes the service's own list.
  disputes: new Map(),
  note: election.checkpoint(),
  blob: (sha256) => election.blob(sha256),
  ballotBytes: (index) => election.log.entryBytes(index),
});

export class PublishedElections {
  readonly #box: BallotBox;
  readonly #documents = new Documents();
  readonly #votes = new WeakMap<Election, OpenVotes>();

  constructor(box: BallotBox) {
    this.#box = box;
  }

  /** The newest first, in this language if they have it. */
  list(language: string): Listed[] {
    const { elections } = this.#box.list();
    return elections
      .map((summary) => {
        const election = this.#box.election(summary.election);
        const { title, lang } = this.#documents.texts(recordOf(election), language);
        const { rules } = election.log.state.manifest;
        return { summary, title, lang, isConsultative: rules.every(({ kind }) => kind === 'consultative') };
      })
      .reverse();
  }

  /** @throws Problem `unknown-election`, `election-unavailable`. */
  find(name: string, language: string): PublishedElection {
    const election = this.#box.election(name);
    const record = recordOf(election);
    const earlier = this.#earlierThan(record.state.manifest, language);
    const published = publishedElection(record, election.summary(), this.#documents, language, earlier);
    return { ...published, disputes: election.disputes.list() };
  }

  /** Who voted how where votes are on the record. @throws Problem as `find` does. */
  rollCalls(name: string): Promise<RollCall[]> {
    const election = this.#box.election(name);
    const votes = this.#votes.get(election) ?? new OpenVotes(() => recordOf(election));
    this.#votes.set(election, votes);
    return votes.rollCalls();
  }

  #earlierThan({ links }: ManifestBody, language: string): Map<string, Earlier> {
    const earlier = new Map<string, Earlier>();
    for (const election of links.length === 0 ? [] : this.#box.elections) {
      const { log } = election;
      if (!log.isAvailable || !links.some(({ manifest }) => manifest === log.election)) continue;
      earlier.set(log.election, this.#documents.texts(recordOf(election), language));
    }
    return earlier;
  }
}

function blobsOf(state: ElectionState): NamedBlob[] {
  return [
    ...state.manifest.texts.map(({ lang, blob }) => ({ what: { kind: 'texts' as const, lang }, blob })),
    ...(state.roll === null ? [] : [{ what: { kind: 'roll' as const }, blob: state.roll.body.blob }]),
    ...state.tallies.map(({ body }, i) => ({ what: { kind: 'tally' as const, n: i + 1 }, blob: body.blob })),
    ...state.shares.map(({ body }) => ({
      what: { kind: 'shares' as const, n: body.i },
      blob: body.blob,
    })),
    ...(state.result === null ? [] : [{ what: { kind: 'result' as const }, blob: state.result.body.blob }]),
  ];
}
