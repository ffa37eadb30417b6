/** What the pages show of an election, from its own record. */
import type { BallotBox } from '../api/ballot-box.ts';
import type { Summary } from '../api/documents.ts';
import type { Election } from '../api/election.ts';
import { type ManifestBody, type TextsDocument, textsDocument } from '../ballot/manifest.ts';
import type { BlobName } from '../codec/fields.ts';
import type { EntryOf } from '../record/entries.ts';
import { parseDocument } from '../record/envelope.ts';
import { type RollDocument, rollDocument } from '../roll/roll-document.ts';

/** A file of the record that is not a tile. */
export interface NamedBlob {
  readonly what: string;
  readonly blob: BlobName;
}

export interface PublishedElection {
  readonly summary: Summary;
  readonly manifest: ManifestBody;
  readonly texts: TextsDocument;
  /** Bodies and their counts; null until the roll is published. */
  readonly roll: Pick<RollDocument, 'bodies' | 'counts'> | null;
  readonly result: EntryOf<'result'>['body'] | null;
  readonly blobs: readonly NamedBlob[];
}

export class PublishedElections {
  readonly #box: BallotBox;
  /** Neither ever changes once it is published. */
  readonly #texts = new Map<string, TextsDocument>();
  readonly #rolls = new Map<string, Pick<RollDocument, 'bodies' | 'counts'>>();

  constructor(box: BallotBox) {
    this.#box = box;
  }

  /** The newest first. */
  list(): { readonly summary: Summary; readonly title: string }[] {
    const { elections } = this.#box.list();
    return elections
      .map((summary) => ({ summary, title: this.#textsOf(this.#box.election(summary.election)).title }))
      .reverse();
  }

  /** @throws Problem `unknown-election`, `election-unavailable`. */
  find(name: string): PublishedElection {
    const election = this.#box.election(name);
    const { manifest, result } = election.log.state;
    return {
      summary: election.summary(),
      manifest,
      texts: this.#textsOf(election),
      roll: this.#rollOf(election),
      result: result?.body ?? null,
      blobs: blobsOf(election),
    };
  }

  #textsOf(election: Election): TextsDocument {
    const name = election.log.election;
    const known = this.#texts.get(name);
    if (known !== undefined) return known;
    const [first] = election.log.state.manifest.texts;
    if (first === undefined) throw new TypeError('a manifest without texts');
    const texts = parseDocument(textsDocument, election.blob(first.blob.sha256));
    this.#texts.set(name, texts);
    return texts;
  }

  #rollOf(election: Election): Pick<RollDocument, 'bodies' | 'counts'> | null {
    const name = election.log.election;
    const known = this.#rolls.get(name);
    const entry = election.log.state.roll;
    if (known !== undefined || entry === null) return known ?? null;
    const { bodies, counts } = parseDocument(rollDocument, election.blob(entry.body.blob.sha256));
    this.#rolls.set(name, { bodies, counts });
    return { bodies, counts };
  }
}

function blobsOf({ log: { state } }: Election): NamedBlob[] {
  return [
    ...state.manifest.texts.map(({ lang, blob }) => ({ what: `Texts (${lang})`, blob })),
    ...(state.roll === null ? [] : [{ what: 'Roll', blob: state.roll.body.blob }]),
    ...state.tallies.map(({ body }, i) => ({ what: `Tally ${i + 1}`, blob: body.blob })),
    ...state.shares.map(({ body }) => ({ what: `Decryption shares of trustee ${body.i}`, blob: body.blob })),
  ];
}
