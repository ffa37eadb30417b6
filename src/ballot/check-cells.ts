/** How many cells a manifest may have, and what counts by body may disclose (docs/protocol.md §4.1, §9.1). Hostile. */
import type { ManifestBody } from './manifest.ts';
import type { Problems } from './manifest-problem.ts';

/** Of a tally and a result. */
const MAX_CELLS = 10_000;

/**
 * Contest × college × weight, of split cards one for each college; and where the counts of bodies are published, one
 * for each of them and one for the rest beside every secret one.
 */
function mostCells({ colleges, contests, cells: { optional } }: ManifestBody): number {
  const known = new Map(colleges.map((college) => [college.id, college]));
  const parts = 1 + (optional === null ? 0 : optional.most + 1);
  return contests
    .flatMap(({ colleges: own, shape }) =>
      own.map((id) => {
        const { weights = [], mode } = known.get(id) ?? {};
        if (shape.kind === 'split') return 1;
        return weights.length * (mode === 'secret' ? parts : 1);
      }),
    )
    .reduce((sum, cells) => sum + cells, 0);
}

export function* checkCells(manifest: ManifestBody): Problems {
  const { optional, requiredMin } = manifest.cells;
  if (optional !== null && optional.min < requiredMin)
    yield {
      field: 'cells.optional.min',
      code: 'contradiction',
      why: `${optional.min} is below requiredMin, ${requiredMin}`,
    };
  if (optional !== null && manifest.colleges.every(({ mode }) => mode === 'recorded'))
    yield { field: 'cells.optional', code: 'unused', why: 'every college is recorded, and shows all' };
  const cells = mostCells(manifest);
  if (cells > MAX_CELLS)
    yield { field: 'contests', code: 'too-large', why: `${cells} cells, over ${MAX_CELLS}` };
}
