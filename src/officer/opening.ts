/** What an opening says (docs/protocol.md §5.2 (3)): everything after it is bound to its leaf. */
import type { ElectionState } from '../record/election-state.ts';
import type { EntryOf } from '../record/entries.ts';
import { OfficerError } from './errors.ts';

type OpeningBody = EntryOf<'opening'>['body'];

/**
 * @param results what `citeLinks` found of the elections before.
 * @param now Unix seconds: voting begins then, or when the manifest says if that is later.
 * @throws OfficerError `no-roll`, `no-key`.
 */
export function openingOf(
  { election, manifest, roll, ceremony }: ElectionState,
  results: OpeningBody['results'],
  now: number,
): OpeningBody {
  const { confirmable } = ceremony;
  if (roll === null) throw new OfficerError('no-roll', 'the registrar has not handed over the roll yet');
  if (manifest.trustees !== null && confirmable === null)
    throw new OfficerError('no-key', 'the trustees have not made the key yet');
  return {
    manifest: election,
    attempt: confirmable === null ? null : ceremony.attempt,
    opens: Math.max(manifest.times.opens, now),
    results,
    key: confirmable?.key ?? null,
    shares: [...(confirmable?.shares ?? [])],
    transcript: confirmable?.transcript ?? null,
    roll: { root: roll.body.root, size: roll.body.size },
    notice: null,
  };
}
