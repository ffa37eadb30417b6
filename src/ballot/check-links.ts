/** The links of a manifest to elections before it (docs/protocol.md §4.1, §5.5). Hostile. */
import type { ManifestBody } from './manifest.ts';
import { checkDistinct, type Problems } from './manifest-problem.ts';

const WHAT_IT_NAMES = {
  repeats: 'it has to name the decision that it repeats',
  'run-off': 'it has to name the decision that left two for a run-off',
};

/** Relations that say what has to come of a decision name it; an election that chose delegates is linked as a whole. */
export function* checkLinks({ links }: Pick<ManifestBody, 'links'>): Problems {
  yield* checkDistinct(
    (i) => `links[${i}]`,
    links.map(({ relation, manifest, rule }) => [relation, manifest, rule ?? ''].join(' ')),
  );
  for (const [i, { relation, rule }] of links.entries()) {
    const field = `links[${i}].rule`;
    if (relation === 'chooses' && rule !== null)
      yield { field, code: 'contradiction', why: 'delegates are chosen by all of an election' };
    if ((relation === 'repeats' || relation === 'run-off') && rule === null)
      yield { field, code: 'undetermined', why: WHAT_IT_NAMES[relation] };
  }
}
