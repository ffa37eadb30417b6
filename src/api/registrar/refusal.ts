/** The Problem of a file, a roll or a manifest in which several things are wrong. */
import { Problem } from '../problem.ts';

/** An answer lists so many problems; `total` counts them all. */
const MAX_LISTED = 1000;

export function refusal(
  code: 'bad-roll-file' | 'bad-roll' | 'bad-manifest',
  problems: readonly object[],
): Problem {
  return new Problem(code, {
    detail: `${problems.length} ${problems.length === 1 ? 'problem' : 'problems'}`,
    members: { total: problems.length, problems: problems.slice(0, MAX_LISTED) },
  });
}
