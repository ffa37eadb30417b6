/**
 * How people say what they choose, and the values that stand for it in a ballot: docs/protocol.md §6.2. Whoever makes
 * a ballot and whoever reads one opened uses this one mapping.
 */
import { checkValues, contestClauses } from './clauses.ts';
import { BallotError } from './errors.ts';
import type { Contest } from './manifest.ts';
import { bitsOf, valueCount } from './values.ts';

/**
 * - choose: the options chosen, or `'blank'`; support: the motions supported. In any order; none is an empty list.
 * - ranking: as many options as there are places, the first first; or `'blank'`.
 * - score: what each option gets, split: of the ballot's weight. 0 need not be said.
 */
export type Choice = 'blank' | readonly string[] | Readonly<Record<string, number>>;

/** For every contest of the college. */
export type Choices = Readonly<Record<string, Choice>>;

type Asked = Pick<Contest, 'id' | 'options' | 'shape'>;

const isList = (choice: Choice): choice is readonly string[] => Array.isArray(choice);

function refuse(where: string, why: string): never {
  throw new BallotError('bad-choice', where, why);
}

/** The options named, each once. */
function named({ options }: Asked, choice: Choice, where: string): readonly string[] {
  if (!isList(choice)) refuse(where, 'not a list of options');
  const unknown = choice.find((option) => !options.includes(option));
  if (unknown !== undefined) throw new BallotError('unknown-option', where, `no option ${unknown}`);
  if (new Set(choice).size < choice.length) refuse(where, 'an option chosen twice');
  return choice;
}

/** What each option gets, in order. */
function numbers({ options }: Asked, choice: Choice, most: number, where: string): number[] {
  if (choice === 'blank' || isList(choice)) refuse(where, 'not a number for each option');
  const unknown = Object.keys(choice).find((option) => !options.includes(option));
  if (unknown !== undefined) throw new BallotError('unknown-option', where, `no option ${unknown}`);
  return options.map((option) => {
    const n = Object.hasOwn(choice, option) ? (choice[option] ?? 0) : 0;
    if (!Number.isSafeInteger(n) || n < 0 || n > most) refuse(where, `${n} for ${option}, not 0 to ${most}`);
    return n;
  });
}

/** 0 everywhere but at these places. */
function bitsAt(count: number, places: readonly number[]): number[] {
  return Array.from({ length: count }, (_, i) => (places.includes(i) ? 1 : 0));
}

/** Option by option, least significant bit first. */
function splitValues(parts: readonly number[], weight: number, where: string): number[] {
  const given = parts.reduce((a, b) => a + b, 0);
  if (given > weight) refuse(where, `${given} in all, of a weight of ${weight}`);
  return [...parts, weight - given].flatMap((n) =>
    Array.from({ length: bitsOf(weight) }, (_, i) => Math.floor(n / 2 ** i) % 2),
  );
}

function rankedPlaces(contest: Asked, places: number, choice: Choice, where: string): number[] {
  const ranked = named(contest, choice, where);
  if (ranked.length !== places) refuse(where, `${ranked.length} options in order, not ${places}`);
  return ranked.map((option, j) => contest.options.indexOf(option) * places + j);
}

/**
 * The values of a ballot of this weight.
 * @throws BallotError `unknown-option`, `bad-choice`; the field is `choices.<contest>`.
 */
export function valuesOf(contest: Asked, weight: number, choice: Choice): number[] {
  const { options, shape } = contest;
  const where = `choices.${contest.id}`;
  const count = valueCount(contest, weight);
  switch (shape.kind) {
    case 'score':
      return numbers(contest, choice, shape.max, where);
    case 'split':
      return splitValues(numbers(contest, choice, weight, where), weight, where);
    case 'ranking':
      if (choice === 'blank' && shape.blank) return bitsAt(count, [count - 1]);
      return bitsAt(count, rankedPlaces(contest, shape.points.length, choice, where));
    case 'support':
    case 'choose': {
      if (choice === 'blank' && shape.kind === 'choose' && shape.blank) return bitsAt(count, [count - 1]);
      const chosen = named(contest, choice, where);
      const [min, max] = shape.kind === 'choose' ? [shape.min, shape.max] : [0, options.length];
      if (chosen.length < min || chosen.length > max)
        refuse(where, `${chosen.length} options, not ${min === max ? min : `${min} to ${max}`}`);
      return bitsAt(
        count,
        chosen.map((option) => options.indexOf(option)),
      );
    }
  }
}

/** The options in the order of their places. */
function ranked(options: readonly string[], places: number, values: readonly number[]): string[] {
  return Array.from({ length: places }, (_, j) =>
    options.filter((_option, i) => values[i * places + j] === 1),
  ).flat();
}

/**
 * What a ballot says: of `valuesOf` the inverse, with a number for every option where there are numbers.
 * @throws BallotError `bad-choice` for values that no choice has, with `where`.
 */
export function choiceOf(contest: Asked, weight: number, values: readonly number[], where: string): Choice {
  const { options, shape } = contest;
  const count = valueCount(contest, weight);
  if (values.length !== count) refuse(where, `${values.length} values, not ${count}`);
  checkValues(contestClauses(contest, weight), values, where);
  const isBlank = 'blank' in shape && shape.blank && values[count - 1] === 1;
  if (isBlank) return 'blank';
  switch (shape.kind) {
    case 'choose':
    case 'support':
      return options.filter((_, j) => values[j] === 1);
    case 'ranking':
      return ranked(options, shape.points.length, values);
    case 'score':
      return Object.fromEntries(options.map((option, j) => [option, values[j] ?? 0]));
    case 'split': {
      const bits = bitsOf(weight);
      return Object.fromEntries(
        options.map((option, i) => [
          option,
          values.slice(i * bits, (i + 1) * bits).reduce((sum, value, j) => sum + value * 2 ** j, 0),
        ]),
      );
    }
  }
}
