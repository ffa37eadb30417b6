/** How far an election's roll and voting codes are, as registrar and record say. */
import { type TextsDocument, textsDocument } from '../../../ballot/manifest.ts';
import type { EntryOf } from '../../../record/entries.ts';
import { parseDocument } from '../../../record/envelope.ts';
import { type RecordSource, readBlob, readManifest } from '../../../record/record-source.ts';
import { readElection } from '../../../trustee/read-election.ts';
import { fetchBallotBox } from '../../trustee/island/fetch-ballot-box.ts';
import {
  type CountedBody,
  type Issued,
  type LatestRoll,
  readBodies,
  readIssued,
  readLatest,
} from './registrar-requests.ts';

export interface IssueStanding {
  readonly election: string;
  readonly manifest: EntryOf<'manifest'>;
  readonly texts: TextsDocument;
  readonly latest: LatestRoll | null;
  readonly bodies: readonly CountedBody[];
  readonly issued: Issued | null;
  readonly isHandedOver: boolean;
}

export const recordOf = (election: string): RecordSource => fetchBallotBox(location.origin, election).record;

/** The texts in the language of the page, if there are any. */
async function readTexts(
  record: RecordSource,
  { body }: EntryOf<'manifest'>,
  lang: string,
): Promise<TextsDocument> {
  const chosen = body.texts.find((one) => one.lang === lang) ?? body.texts[0];
  if (chosen === undefined) throw new TypeError('a manifest without texts');
  return parseDocument(textsDocument, await readBlob(record, chosen.blob));
}

export async function readStanding(election: string, lang: string): Promise<IssueStanding> {
  const record = recordOf(election);
  const { entry } = await readManifest(record);
  const [texts, latest, issued, { roll }] = await Promise.all([
    readTexts(record, entry, lang),
    readLatest(),
    readIssued(election),
    readElection(record, election, null),
  ]);
  const bodies = latest === null ? [] : await readBodies(latest.roll);
  return { election, manifest: entry, texts, latest, bodies, issued, isHandedOver: roll !== null };
}
