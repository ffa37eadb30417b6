/** What an opening cites of the elections before it (docs/protocol.md §5.2 3), as far as the opening itself tells. */
import type { Link } from '../ballot/manifest.ts';
import type { ElectionState } from './election-state.ts';
import type { DecisionOutcome, EntryOf } from './entries.ts';
import { type Problem, problem } from './problem.ts';

/** Why this decision gives no occasion for an election of this relation; undefined if it does. */
function unfounded({ relation, rule }: Link, decision: DecisionOutcome | null): string | undefined {
  if (decision?.id !== (rule ?? undefined)) {
    return rule === null ? 'the link names no decision' : `not the decision ${rule} that the link names`;
  }
  if (relation === 'repeats' && !holds(decision, 'reballot')) return 'it calls for no other ballot';
  if (relation === 'run-off' && !holds(decision, 'both'))
    return 'it did not carry two that exclude each other';
  return undefined;
}

function holds(decision: DecisionOutcome | null, field: 'reballot' | 'both'): boolean {
  const outcome: { readonly [key: string]: unknown } = decision ?? {};
  return outcome[field] === true;
}

/** One result for each link of the manifest, in order, with the decision that the link names. */
export function examineResults(
  { manifest: { links, rules } }: Pick<ElectionState, 'manifest'>,
  { results }: EntryOf<'opening'>['body'],
): Problem[] {
  if (results.length !== links.length) {
    const why = `${results.length} results for ${links.length} links`;
    return [problem('context', 'unknown-link', 'body.results', why)];
  }
  return results.flatMap(({ manifest, decision }, at) => {
    const link = links[at];
    if (link?.manifest !== manifest) {
      return [problem('context', 'unknown-link', `body.results[${at}].manifest`, 'not that of the link')];
    }
    const isRatified = rules.some(
      (rule) => rule.kind === 'ratify' && rule.link === manifest && rule.rule === link.rule,
    );
    const why =
      unfounded(link, decision) ??
      (isRatified && decision?.kind !== 'motion' ? 'it is to be ratified, and is no motion' : undefined);
    return why === undefined
      ? []
      : [problem('context', 'unfounded-link', `body.results[${at}].decision`, why)];
  });
}
