/** Re-ballots and run-offs against the elections that call for them, from the records of both (docs/protocol.md §5.5). */
import { checkReballot, checkRunOff, type Departure } from '../../ballot/continuations.ts';
import type { Link, ManifestBody } from '../../ballot/manifest.ts';
import type { DecisionOutcome } from '../../record/outcome-document.ts';
import { findTexts } from '../../record/published-texts.ts';
import type { RecordSource } from '../../record/record-source.ts';

export interface Told {
  readonly source: RecordSource;
  readonly manifest: ManifestBody;
}

/** @param decision what the earlier election decided by the rule of the link. */
export async function departuresFrom(
  { relation, rule }: Link,
  decision: DecisionOutcome | null,
  earlier: Told,
  later: Told,
): Promise<Departure[]> {
  if (rule === null || (relation !== 'repeats' && relation !== 'run-off')) return [];
  const lang = earlier.manifest.texts[0]?.lang ?? '';
  const before = {
    manifest: earlier.manifest,
    texts: await findTexts(earlier.source, earlier.manifest, lang),
  };
  const now = { manifest: later.manifest, texts: await findTexts(later.source, later.manifest, lang) };
  if (relation === 'repeats') return [...checkReballot(rule, before, now)];
  const carried = decision?.kind === 'exclusive' ? decision.rules.filter((one) => one.carried) : [];
  return [
    ...checkRunOff(
      carried.map(({ id }) => id),
      before,
      now,
    ),
  ];
}
