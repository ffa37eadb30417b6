/** How many credentials were replaced, for each college and body, so that members can ask why (docs/protocol.md §5.4). */
import type { ElectionState } from '../../record/election-state.ts';
import type { Roll } from '../../roll/flat-lines.ts';
import type { Findings } from './findings.ts';

export function noteReplacements(
  findings: Findings,
  { replacements }: Pick<ElectionState, 'replacements'>,
  roll: Roll | null,
): void {
  const found = new Map<string, { all: number; substitutes: number }>();
  for (const { body } of replacements) {
    const line = roll?.lines.at(body.voter - 1);
    if (line === undefined) continue;
    const { college, bodies } = line;
    for (const where of bodies.length === 0 ? [college] : bodies.map((id) => `${college} ${id}`)) {
      const counted = found.get(where) ?? { all: 0, substitutes: 0 };
      counted.all += 1;
      if (body.reason === 'substitute') counted.substitutes += 1;
      found.set(where, counted);
    }
  }
  for (const [where, { all, substitutes }] of found) {
    const why = all === 1 ? '1 credential was replaced' : `${all} credentials were replaced`;
    findings.noted('roll', where, { why: `${why}, ${substitutes} of them by a substitute` });
  }
}
