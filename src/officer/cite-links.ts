/** What an opening cites of the elections before it: from their records, recounted first (docs/protocol.md §5.5). */
import type { ManifestBody } from '../ballot/manifest.ts';
import type { Kernel } from '../crypto/kernel/kernel.ts';
import type { EntryOf } from '../record/entries.ts';
import { CHECKPOINT_PATH, linkedSource, type RecordSource } from '../record/record-source.ts';
import { type Recount, verifyRecord } from '../tally/verify/verify-record.ts';
import { OfficerError } from './errors.ts';

type Cited = EntryOf<'opening'>['body']['results'];

/** The declared result of an election. @throws OfficerError `false-linked-record`, `undeclared-link`. */
export async function declaredBy(
  kernel: Kernel,
  source: RecordSource,
  manifest: string,
): Promise<NonNullable<Recount['result']>> {
  const { ok, result, checks } = await verifyRecord(source, { anchor: { manifest }, kernel });
  if (!ok) {
    const failed = checks.filter(({ status }) => status === 'fail').map(({ id }) => id);
    const why = `the record of election ${manifest} fails its recount: ${failed.join(', ')}`;
    throw new OfficerError('false-linked-record', why);
  }
  if (result === null)
    throw new OfficerError('undeclared-link', `election ${manifest} has declared no result yet`);
  return result;
}

/**
 * @param record of the election that is to open: the service has the records of linked elections of its own beside it.
 * @param others records of elections that the service has not, by their names.
 * @throws OfficerError `no-linked-record`, and as `declaredBy` does.
 */
export async function citeLinks(
  kernel: Kernel,
  record: RecordSource,
  { links }: Pick<ManifestBody, 'links'>,
  others: ReadonlyMap<string, RecordSource> = new Map(),
): Promise<Cited> {
  const cited: Cited = [];
  for (const { manifest, rule } of links) {
    const source = others.get(manifest) ?? linkedSource(record, manifest);
    if ((await source.read(CHECKPOINT_PATH)) === undefined)
      throw new OfficerError(
        'no-linked-record',
        `the service has no record of election ${manifest}: name one with --linked`,
      );
    const { leaf, outcome } = await declaredBy(kernel, source, manifest);
    cited.push({ manifest, result: leaf, decision: outcome.find(({ id }) => id === rule) ?? null });
  }
  return cited;
}
