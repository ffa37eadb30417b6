/**
 * The documents beside the log (docs/protocol.md §8.2) as a recount reads them. A missing or replaced blob fails
 * the check that needs it; one that is there, under the right hash, and malformed fails `encoding`.
 */
import type { z } from 'zod';
import { type TextsDocument, textsDocument } from '../../ballot/manifest.ts';
import type { BlobName } from '../../codec/fields.ts';
import type { Bytes } from '../../crypto/bytes.ts';
import type { SharesDocument, TallyDocument } from '../../record/entries.ts';
import { sharesDocument, tallyDocument } from '../../record/entries.ts';
import { parseDocument } from '../../record/envelope.ts';
import { RecordError } from '../../record/errors.ts';
import { type ResultDocument, resultDocument } from '../../record/outcome-document.ts';
import type { CheckName } from '../../record/problem.ts';
import { parseRoll } from '../../record/read-roll.ts';
import { blobPath, type RecordSource, readBlob } from '../../record/record-source.ts';
import type { Roll } from '../../roll/flat-lines.ts';
import { told } from './faults.ts';
import type { Findings } from './findings.ts';

async function readBlobAs<T>(
  source: RecordSource,
  name: BlobName,
  parse: (bytes: Bytes, where: string) => T,
  check: CheckName,
  findings: Findings,
): Promise<T | undefined> {
  const path = blobPath(name.sha256);
  try {
    const bytes = await readBlob(source, name);
    findings.looked('encoding');
    return parse(bytes, path);
  } catch (error) {
    if (!(error instanceof RecordError)) throw error;
    const unpublished = error.code === 'missing-blob' || error.code === 'wrong-blob';
    findings.failed(unpublished ? check : 'encoding', path, told(error));
    return undefined;
  }
}

const readDocument = <T>(
  source: RecordSource,
  name: BlobName,
  schema: z.ZodType<T>,
  check: CheckName,
  findings: Findings,
): Promise<T | undefined> =>
  readBlobAs(source, name, (bytes, where) => parseDocument(schema, bytes, where), check, findings);

/** Each of these gives undefined where the document cannot be had, which then is a finding. */
export const readTexts = (
  source: RecordSource,
  name: BlobName,
  findings: Findings,
): Promise<TextsDocument | undefined> => readDocument(source, name, textsDocument, 'rules', findings);

export const readRoll = (
  source: RecordSource,
  name: BlobName,
  findings: Findings,
): Promise<Roll | undefined> => readBlobAs(source, name, parseRoll, 'roll', findings);

export const readTally = (
  source: RecordSource,
  name: BlobName,
  findings: Findings,
): Promise<TallyDocument | undefined> => readDocument(source, name, tallyDocument, 'count-tree', findings);

export const readResult = (
  source: RecordSource,
  name: BlobName,
  findings: Findings,
): Promise<ResultDocument | undefined> => readDocument(source, name, resultDocument, 'totals', findings);

export const readShares = (
  source: RecordSource,
  name: BlobName,
  findings: Findings,
): Promise<SharesDocument | undefined> => readDocument(source, name, sharesDocument, 'shares', findings);
