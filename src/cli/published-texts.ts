/** The texts of an election from its record, for showing titles in place of ids. */
import { type ManifestBody, type TextsDocument, textsDocument } from '../ballot/manifest.ts';
import { parseDocument } from '../record/envelope.ts';
import { type RecordSource, readBlob } from '../record/record-source.ts';

/** The first language of the manifest. @throws RecordError as `readBlob` and `parseDocument` do. */
export async function readPublishedTexts(
  source: RecordSource,
  { texts }: ManifestBody,
): Promise<TextsDocument> {
  const [first] = texts;
  if (first === undefined) throw new TypeError('a manifest without texts');
  return parseDocument(textsDocument, await readBlob(source, first.blob), `blob/${first.blob.sha256}`);
}
