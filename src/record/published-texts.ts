/** The texts of an election from its record. */
import { type ManifestBody, type TextsDocument, textsDocument } from '../ballot/manifest.ts';
import type { BlobName } from '../codec/fields.ts';
import { parseDocument } from './envelope.ts';
import { RecordError } from './errors.ts';
import { type RecordSource, readBlob } from './record-source.ts';

async function read(source: RecordSource, blob: BlobName): Promise<TextsDocument> {
  return parseDocument(textsDocument, await readBlob(source, blob), `blob/${blob.sha256}`);
}

/** The first language of the manifest. @throws RecordError as `readBlob` and `parseDocument` do. */
export async function readPublishedTexts(
  source: RecordSource,
  { texts }: Pick<ManifestBody, 'texts'>,
): Promise<TextsDocument> {
  const [first] = texts;
  if (first === undefined) throw new TypeError('a manifest without texts');
  return await read(source, first.blob);
}

/** In one language; null where there are none, or they cannot be read. */
export async function findTexts(
  source: RecordSource,
  { texts }: Pick<ManifestBody, 'texts'>,
  lang: string,
): Promise<TextsDocument | null> {
  const named = texts.find((one) => one.lang === lang);
  if (named === undefined) return null;
  try {
    return await read(source, named.blob);
  } catch (error) {
    if (error instanceof RecordError) return null;
    throw error;
  }
}
