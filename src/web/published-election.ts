/** What the pages show of an election, from its own record. */
import type { BallotBox } from '../api/ballot-box.ts';
import type { Summary } from '../api/documents.ts';
import type { Election } from '../api/election.ts';
import type { RollFrame } from '../api/load-state.ts';
import { type ManifestBody, type TextsDocument, textsDocument } from '../ballot/manifest.ts';
import type { BlobName } from '../codec/fields.ts';
import { parseDocument } from '../record/envelope.ts';
import { type ResultDocument, resultDocument } from '../record/outcome-document.ts';
import type { RollCall } from '../tally/roll-call.ts';
import type { Listed } from './index-page.ts';
import { OpenVotes } from './open-votes.ts';

/** A file of the record that is not a tile: texts of a language, the roll, the n-th tally, shares of trustee n, the result. */
export interface NamedBlob {
  readonly what:
    | { readonly kind: 'texts'; readonly lang: string }
    | { readonly kind: 'roll' | 'result' }
    | { readonly kind: 'tally' | 'shares'; readonly n: number };
  readonly blob: BlobName;
}

export interface PublishedElection {
  readonly summary: Summary;
  readonly manifest: ManifestBody;
  readonly texts: TextsDocument;
  /** Bodies and their counts; null until the roll is published. */
  readonly roll: RollFrame | null;
  readonly result: ResultDocument | null;
  readonly blobs: readonly NamedBlob[];
}

export class PublishedElections {
  readonly #box: BallotBox;
  /** None of these ever changes once it is published. Texts and results by the names of their blobs. */
  readonly #texts = new Map<string, TextsDocument>();
  readonly #results = new Map<string, ResultDocument>();
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
        const { title, lang } = this.#textsOf(election, language);
        const { rules } = election.log.state.manifest;
        return { summary, title, lang, isConsultative: rules.every(({ kind }) => kind === 'consultative') };
      })
      .reverse();
  }

  /** @throws Problem `unknown-election`, `election-unavailable`. */
  find(name: string, language: string): PublishedElection {
    const election = this.#box.election(name);
    const { manifest, result } = election.log.state;
    return {
      summary: election.summary(),
      manifest,
      texts: this.#textsOf(election, language),
      roll: election.log.roll,
      result: result === null ? null : this.#resultOf(election, result.body.blob.sha256),
      blobs: blobsOf(election),
    };
  }

  /** Who voted how where votes are on the record. @throws Problem as `find` does. */
  rollCalls(name: string): Promise<RollCall[]> {
    const election = this.#box.election(name);
    const votes = this.#votes.get(election) ?? new OpenVotes(election);
    this.#votes.set(election, votes);
    return votes.rollCalls();
  }

  /** In the language, or in the first that the manifest has. */
  #textsOf(election: Election, language: string): TextsDocument {
    const { texts } = election.log.state.manifest;
    const named = texts.find(({ lang }) => lang.split('-')[0] === language) ?? texts[0];
    if (named === undefined) throw new TypeError('a manifest without texts');
    const { sha256 } = named.blob;
    const known = this.#texts.get(sha256);
    if (known !== undefined) return known;
    const document = parseDocument(textsDocument, election.blob(sha256));
    this.#texts.set(sha256, document);
    return document;
  }

  #resultOf(election: Election, sha256: string): ResultDocument {
    const known = this.#results.get(sha256);
    if (known !== undefined) return known;
    const document = parseDocument(resultDocument, election.blob(sha256));
    this.#results.set(sha256, document);
    return document;
  }
}

function blobsOf({ log: { state } }: Election): NamedBlob[] {
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
