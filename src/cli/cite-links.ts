/** What an opening cites of the elections before it: from their records, recounted first (docs/protocol.md §5.5). */
import type { ManifestBody } from '../ballot/manifest.ts';
import type { EntryOf } from '../record/entries.ts';
import { CHECKPOINT_PATH, linkedSource, type RecordSource, readManifest } from '../record/record-source.ts';
import { type Recount, verifyRecord } from '../tally/verify/verify-record.ts';
import { CannotRun, CheckedFalse } from './exit.ts';
import { openSource } from './sources.ts';

type Cited = EntryOf<'opening'>['body']['results'];

/** The declared result of an election. @throws CheckedFalse for a record that fails its recount; CannotRun. */
export async function declaredBy(
  source: RecordSource,
  manifest: string,
): Promise<NonNullable<Recount['result']>> {
  const { ok, result, checks } = await verifyRecord(source, { anchor: { manifest } });
  if (!ok) {
    const failed = checks.filter(({ status }) => status === 'fail').map(({ id }) => id);
    throw new CheckedFalse(`the record of election ${manifest} fails its recount: ${failed.join(', ')}`);
  }
  if (result === null) throw new CannotRun(`election ${manifest} has declared no result yet`);
  return result;
}

/**
 * @param record of the election that is to open: the service has the records of linked elections of its own beside it.
 * @param others where else to look for them.
 * @throws as `declaredBy` does.
 */
export async function citeLinks(
  record: RecordSource,
  { links }: Pick<ManifestBody, 'links'>,
  others: readonly string[],
): Promise<Cited> {
  const sources = new Map<string, RecordSource>();
  for (const other of links.length === 0 ? [] : others) {
    const source = await openSource(other);
    sources.set((await readManifest(source)).election, source);
  }
  const cited: Cited = [];
  for (const { manifest, rule } of links) {
    const source = sources.get(manifest) ?? linkedSource(record, manifest);
    if ((await source.read(CHECKPOINT_PATH)) === undefined)
      throw new CannotRun(`the service has no record of election ${manifest}: name one with --linked`);
    const { leaf, outcome } = await declaredBy(source, manifest);
    cited.push({ manifest, result: leaf, decision: outcome.find(({ id }) => id === rule) ?? null });
  }
  return cited;
}
