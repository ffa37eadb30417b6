/** What an opening cites of the elections before it: from their records, recounted first (docs/protocol.md §5.5). */
import type { ManifestBody } from '../ballot/manifest.ts';
import type { Kernel } from '../crypto/kernel/kernel.ts';
import type { EntryOf } from '../record/entries.ts';
import { CHECKPOINT_PATH, linkedSource, type RecordSource } from '../record/record-source.ts';
import { departuresFrom } from '../tally/verify/check-continued.ts';
import { type Recount, verifyRecord } from '../tally/verify/verify-record.ts';
import { OfficerError } from './errors.ts';

type Cited = EntryOf<'opening'>['body']['results'];

/** An election's rules and what it declared. @throws OfficerError `false-linked-record`, `undeclared-link`. */
export async function declaredBy(
  kernel: Kernel,
  source: RecordSource,
  manifest: string,
): Promise<NonNullable<Recount['result']> & { readonly manifest: ManifestBody }> {
  const { ok, result, checks, manifest: body } = await verifyRecord(source, { anchor: { manifest }, kernel });
  if (!ok) {
    const failed = checks.filter(({ status }) => status === 'fail').map(({ id }) => id);
    const why = `the record of election ${manifest} fails its recount: ${failed.join(', ')}`;
    throw new OfficerError('false-linked-record', why);
  }
  if (result === null || body === null)
    throw new OfficerError('undeclared-link', `election ${manifest} has declared no result yet`);
  return { ...result, manifest: body };
}

/**
 * @param record of the election that is to open: the service has the records of linked elections of its own beside it.
 * @param others records of elections that the service has not, by their names.
 * @throws OfficerError `no-linked-record`, `departing-link`, and as `declaredBy` does.
 */
export async function citeLinks(
  kernel: Kernel,
  record: RecordSource,
  manifest: ManifestBody,
  others: ReadonlyMap<string, RecordSource> = new Map(),
): Promise<Cited> {
  const cited: Cited = [];
  for (const link of manifest.links) {
    const { manifest: election, rule } = link;
    const source = others.get(election) ?? linkedSource(record, election);
    if ((await source.read(CHECKPOINT_PATH)) === undefined)
      throw new OfficerError(
        'no-linked-record',
        `the service has no record of election ${election}: name one with --linked`,
      );
    const earlier = await declaredBy(kernel, source, election);
    const decision = earlier.outcome.find(({ id }) => id === rule) ?? null;
    const told = { source: record, manifest };
    const [departure] = await departuresFrom(link, decision, { source, manifest: earlier.manifest }, told);
    if (departure !== undefined)
      throw new OfficerError(
        'departing-link',
        `${link.relation} ${rule}: ${departure.field}: ${departure.why}`,
      );
    cited.push({ manifest: election, result: earlier.leaf, decision });
  }
  return cited;
}
