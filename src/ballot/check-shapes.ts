/**
 * What contests ask (docs/protocol.md §4.1): every shape fits its options, and the ballots and colleges it is for. The
 * manifest has passed its schema and is otherwise hostile.
 */
import { largestEntry } from './columns.ts';
import type { Contest, ManifestBody } from './manifest.ts';
import { checkDistinct, idsOf, type Problems } from './manifest-problem.ts';
import type { Shape } from './shapes.ts';

type ShapeOf<K extends Shape['kind']> = Extract<Shape, { kind: K }>;

function* checkChoose({ min, max, blank }: ShapeOf<'choose'>, options: number, field: string): Problems {
  if (min > max) yield { field: `${field}.min`, code: 'contradiction', why: `${min} is above max, ${max}` };
  if (max > options)
    yield { field: `${field}.max`, code: 'contradiction', why: `${max} of ${options} options` };
  if (blank && min === 0)
    yield {
      field: `${field}.blank`,
      code: 'contradiction',
      why: 'a ballot with no option is allowed as it is',
    };
}

function* checkRanking({ points }: ShapeOf<'ranking'>, options: number, field: string): Problems {
  if (points.length > options)
    yield {
      field: `${field}.points`,
      code: 'contradiction',
      why: `${points.length} places for ${options} options`,
    };
  if (points[0] === 0)
    yield { field: `${field}.points[0]`, code: 'impossible', why: 'the first place is worth nothing' };
  for (const [j, n] of points.entries()) {
    if (n > (points[j - 1] ?? n))
      yield { field: `${field}.points[${j}]`, code: 'not-sorted', why: 'more than the place before' };
  }
}

function* checkMerged({ merged }: ShapeOf<'support'>, options: readonly string[], field: string): Problems {
  yield* checkDistinct(
    (i) => (i < options.length ? 'an option' : `${field}[${i - options.length}].id`),
    [...options, ...idsOf(merged)],
  );
  for (const [i, { parts }] of merged.entries()) {
    yield* checkDistinct((j) => `${field}[${i}].parts[${j}]`, parts);
    for (const [j, part] of parts.entries()) {
      if (!options.includes(part))
        yield { field: `${field}[${i}].parts[${j}]`, code: 'unknown', why: `no option ${part}` };
    }
  }
}

export function* checkShape({ shape, options }: Contest, field: string): Problems {
  if (shape.kind === 'choose') yield* checkChoose(shape, options.length, field);
  if (shape.kind === 'ranking') yield* checkRanking(shape, options.length, field);
  if (shape.kind === 'support') yield* checkMerged(shape, options, `${field}.merged`);
}

const MAX_WEIGHTS = 50;
/** The most that one ballot adds to a count, weighted: sums over any roll stay below 2^53. */
const MOST_OF_A_BALLOT = 1_000_000_000;

function* checkProduct(contest: Contest, { colleges }: ManifestBody, field: string): Problems {
  if (contest.shape.kind === 'split') return;
  for (const id of contest.colleges) {
    const weight = Math.max(0, ...(colleges.find((college) => college.id === id)?.weights ?? []));
    const most = largestEntry(contest, weight);
    if (weight * most > MOST_OF_A_BALLOT)
      yield {
        field: `${field}.shape`,
        code: 'contradiction',
        why: `${most} times the weight ${weight} of ${id} is above ${MOST_OF_A_BALLOT}`,
      };
  }
}

/** Motions are supported in petitions, and in nothing else; many weights are for cards that are split. */
export function* checkShapesOfColleges(manifest: ManifestBody): Problems {
  const { kind, colleges, contests } = manifest;
  for (const [i, contest] of contests.entries()) {
    const { shape } = contest;
    yield* checkProduct(contest, manifest, `contests[${i}]`);
    if ((shape.kind === 'support') !== (kind === 'petition'))
      yield {
        field: `contests[${i}].shape.kind`,
        code: 'contradiction',
        why: kind === 'petition' ? 'a petition asks for support' : 'support is for petitions',
      };
  }
  for (const [i, { id, weights }] of colleges.entries()) {
    const own = contests.filter((contest) => contest.colleges.includes(id));
    if (weights.length > MAX_WEIGHTS && !own.some(({ shape }) => shape.kind === 'split'))
      yield {
        field: `colleges[${i}].weights`,
        code: 'contradiction',
        why: `${weights.length}, over ${MAX_WEIGHTS} in a college without a split card`,
      };
  }
}
