/**
 * How long the `result` entry of an election may become (docs/protocol.md §5.1, §10): it is made last, so that it
 * fits is checked first. The manifest is hostile, but its names and numbers fit together.
 */
import { encodeCanonical, type Json } from '../codec/canonical-json.ts';
import type { ManifestBody } from './manifest.ts';

/** No roll has more lines. */
const MAX_VOTERS = 5_000_000;
const MAX_VOTES = Number.MAX_SAFE_INTEGER;
const HASH = 'A'.repeat(43);
const SIGNATURE = 'A'.repeat(86);

/** Bytes of the longest possible result entry. */
export function largestResult({ colleges, contests, rules }: ManifestBody): number {
  const optionsOf = new Map(contests.map(({ id, options }) => [id, options]));
  const counts = contests.flatMap((contest) =>
    colleges
      .filter(({ id }) => contest.colleges.includes(id))
      .flatMap(({ id, weights }) =>
        weights.map((weight) => ({
          cell: `${contest.id}/${id}/${weight}`,
          ballots: MAX_VOTERS,
          counts: contest.options.map(() => MAX_VOTERS),
        })),
      ),
  );
  const votes = { roll: MAX_VOTES, ballots: MAX_VOTES, for: MAX_VOTES, against: MAX_VOTES };
  const outcome = rules.map((rule): Json => {
    if (rule.kind === 'motion') {
      const each = rule.colleges.map(({ college }) => ({
        college,
        ...votes,
        quorate: false,
        carried: false,
      }));
      return { id: rule.id, kind: rule.kind, carried: false, divided: false, colleges: each };
    }
    const options = optionsOf.get(rule.contest) ?? [];
    return {
      id: rule.id,
      kind: rule.kind,
      votes: options.map((option) => ({ option, votes: MAX_VOTES })),
      // An option is elected, tied, or both.
      elected: options,
      tied: options,
      unfilled: rule.seats,
    };
  });
  return encodeCanonical({
    v: 1,
    type: 'result',
    election: HASH,
    seen: { size: MAX_VOTES, root: HASH },
    body: { tally: HASH, counts, seed: HASH, outcome },
    ext: {},
    sigs: [{ role: 'officer', i: 20, sig: SIGNATURE }],
  }).length;
}
