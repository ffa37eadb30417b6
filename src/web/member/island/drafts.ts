/** What has been filled in so far, which need not be a choice yet, and the choice that it comes to. */
import { type Choice, type Choices, valuesOf } from '../../../ballot/choices.ts';
import { BallotError } from '../../../ballot/errors.ts';
import type { Contest } from '../../../ballot/manifest.ts';

export interface Draft {
  readonly blank: boolean;
  /** Options chosen; of a ranking, by place, `''` where none is. */
  readonly options: readonly string[];
  /** What is typed or picked for each option. */
  readonly numbers: Readonly<Record<string, string>>;
}

/** By contest. */
export type Drafts = Readonly<Record<string, Draft>>;

export const EMPTY: Draft = { blank: false, options: [], numbers: {} };

/** Why a draft is no choice. */
export type DraftFault =
  | { readonly kind: 'too-few' | 'too-many'; readonly min: number; readonly max: number; readonly n: number }
  | { readonly kind: 'places-missing' }
  | { readonly kind: 'placed-twice'; readonly option: string }
  | { readonly kind: 'no-number'; readonly option: string; readonly most: number }
  | { readonly kind: 'over-weight'; readonly n: number; readonly weight: number };

export type Drafted = { readonly choice: Choice } | { readonly fault: DraftFault };

function chosen({ options }: Draft, min: number, max: number): Drafted {
  const n = options.length;
  if (n < min || n > max) return { fault: { kind: n < min ? 'too-few' : 'too-many', min, max, n } };
  return { choice: options };
}

function ranked({ options }: Draft, places: number): Drafted {
  const twice = options.find((option, i) => option !== '' && options.indexOf(option) < i);
  if (twice !== undefined) return { fault: { kind: 'placed-twice', option: twice } };
  const filled = Array.from({ length: places }, (_, i) => options[i] ?? '');
  return filled.includes('') ? { fault: { kind: 'places-missing' } } : { choice: filled };
}

/** @param most for one option. */
function numbered({ options }: Contest, { numbers }: Draft, most: number): Drafted {
  const choice: Record<string, number> = {};
  for (const option of options) {
    const text = (numbers[option] ?? '').trim();
    const n = text === '' ? 0 : /^\d{1,10}$/.test(text) ? Number(text) : -1;
    if (n < 0 || n > most) return { fault: { kind: 'no-number', option, most } };
    choice[option] = n;
  }
  return { choice };
}

export const givenIn = (choice: Choice): number =>
  typeof choice === 'object' && !Array.isArray(choice)
    ? Object.values(choice as Readonly<Record<string, number>>).reduce((a, b) => a + b, 0)
    : 0;

function split(contest: Contest, draft: Draft, weight: number): Drafted {
  const drafted = numbered(contest, draft, weight);
  if ('fault' in drafted) return drafted;
  const n = givenIn(drafted.choice);
  return n > weight ? { fault: { kind: 'over-weight', n, weight } } : drafted;
}

function readDraft(contest: Contest, weight: number, draft: Draft): Drafted {
  const { shape, options } = contest;
  if (draft.blank && 'blank' in shape && shape.blank) return { choice: 'blank' };
  switch (shape.kind) {
    case 'choose':
      return chosen(draft, shape.min, shape.max);
    case 'support':
      return chosen(draft, 0, options.length);
    case 'ranking':
      return ranked(draft, shape.points.length);
    case 'score':
      return numbered(contest, draft, shape.max);
    case 'split':
      return split(contest, draft, weight);
  }
}

/** @param weight of the voter. @throws BallotError for a draft that no page of this version has made. */
export function choiceOfDraft(contest: Contest, weight: number, draft: Draft): Drafted {
  const drafted = readDraft(contest, weight, draft);
  if ('choice' in drafted) valuesOf(contest, weight, drafted.choice);
  return drafted;
}

/** The choices of all contests. @throws BallotError if there is a fault in any. */
export function choicesOf(contests: readonly Contest[], weight: number, drafts: Drafts): Choices {
  return Object.fromEntries(
    contests.map((contest) => {
      const drafted = choiceOfDraft(contest, weight, drafts[contest.id] ?? EMPTY);
      if ('fault' in drafted) throw new BallotError('bad-choice', contest.id, drafted.fault.kind);
      return [contest.id, drafted.choice];
    }),
  );
}
