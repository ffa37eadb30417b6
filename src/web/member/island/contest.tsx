/** One contest on the page: a fieldset for each shape, whose state is a draft (drafts.ts). */
import type { ComponentChildren, JSX } from 'preact';
import type { Contest } from '../../../ballot/manifest.ts';
import type { Titles } from '../../texts/titles.ts';
import { Consultative } from './chosen.tsx';
import { choiceOfDraft, type Draft, type DraftFault, givenIn } from './drafts.ts';
import { FieldError } from './screen.tsx';
import type { Words } from './words.ts';

export interface ContestProps {
  readonly contest: Contest;
  readonly weight: number;
  readonly draft: Draft;
  /** Faults are shown. */
  readonly isTried: boolean;
  readonly titles: Titles;
  readonly words: Words;
  readonly onFill: (draft: Draft) => void;
}

/** What the shape asks, in a sentence. */
export function askedIn({ shape }: Contest, weight: number, { t: { choose } }: Words): string {
  switch (shape.kind) {
    case 'choose': {
      const { min, max } = shape;
      if (max === 1) return choose.one;
      if (min === max) return choose.exactly(max);
      return min === 0 ? choose.upTo(max) : choose.between(min, max);
    }
    case 'support':
      return choose.any;
    case 'score':
      return choose.score(shape.max);
    case 'ranking':
      return choose.rank(shape.points.length);
    case 'split':
      return choose.split(weight);
  }
}

export function faultIn(fault: DraftFault, contest: Contest, titles: Titles, { t }: Words): string {
  const { fault: own } = t.choose;
  switch (fault.kind) {
    case 'too-few':
      if (fault.max === 1) return own.one;
      return fault.min === fault.max ? own.exactly(fault.min) : own.atLeast(fault.min);
    case 'too-many':
      return own.tooMany(fault.max, fault.n);
    case 'places-missing':
      return 'blank' in contest.shape && contest.shape.blank ? own.places : own.placesAll;
    case 'placed-twice':
      return own.twice(titles.option(contest.id, fault.option));
    case 'no-number':
      return own.number(titles.option(contest.id, fault.option), fault.most);
    case 'over-weight':
      return own.over(fault.n, fault.weight);
  }
}

/** The id of what is focused when the contest has a fault. */
export const firstField = ({ id }: Contest): string => `${id}-0`;

interface ItemProps {
  readonly contest: Contest;
  readonly place: number;
  readonly isOne: boolean;
  readonly checked: boolean;
  readonly label: string;
  readonly lang?: string;
  readonly onPick: (checked: boolean) => void;
}

/** A radio button or a box. */
function Item({ contest, place, isOne, checked, label, lang, onPick }: ItemProps): JSX.Element {
  const block = isOne ? 'govuk-radios' : 'govuk-checkboxes';
  const id = `${contest.id}-${place}`;
  return (
    <div class={`${block}__item`}>
      <input
        class={`${block}__input`}
        type={isOne ? 'radio' : 'checkbox'}
        id={id}
        name={contest.id}
        checked={checked}
        onChange={({ currentTarget }) => onPick(currentTarget.checked)}
      />
      <label class={`govuk-label ${block}__label`} for={id} lang={lang}>
        {label}
      </label>
    </div>
  );
}

/** choose and support. */
function Options({ contest, draft, titles, words, onFill }: ContestProps): JSX.Element {
  const { shape, options } = contest;
  const { choose } = words.t;
  const isOne = shape.kind === 'choose' && shape.max === 1;
  const mayBeNone = isOne && shape.min === 0;
  const pick = (option: string, checked: boolean) => {
    if (isOne) return onFill({ ...draft, blank: false, options: [option] });
    const others = draft.options.filter((other) => other !== option);
    const picked = checked ? [...others, option] : others;
    // In the order of the page.
    onFill({ ...draft, blank: false, options: options.filter((one) => picked.includes(one)) });
  };
  return (
    <div class={isOne ? 'govuk-radios' : 'govuk-checkboxes'}>
      {options.map((option, place) => (
        <Item
          key={option}
          contest={contest}
          place={place}
          isOne={isOne}
          checked={!draft.blank && draft.options.includes(option)}
          label={titles.option(contest.id, option)}
          lang={titles.lang}
          onPick={(checked) => pick(option, checked)}
        />
      ))}
      {mayBeNone && (
        <Item
          contest={contest}
          place={options.length}
          isOne
          checked={!draft.blank && draft.options.length === 0}
          label={choose.none}
          onPick={() => onFill({ ...draft, blank: false, options: [] })}
        />
      )}
      <Blank contest={contest} draft={draft} isOne={isOne} words={words} onFill={onFill} />
    </div>
  );
}

type BlankProps = Pick<ContestProps, 'contest' | 'draft' | 'words' | 'onFill'> & { readonly isOne: boolean };

function Blank({ contest, draft, isOne, words, onFill }: BlankProps): JSX.Element | null {
  if (!('blank' in contest.shape) || !contest.shape.blank) return null;
  return (
    <Item
      contest={contest}
      place={contest.options.length + 1}
      isOne={isOne}
      checked={draft.blank}
      label={words.t.choose.blank}
      onPick={(blank) => onFill({ ...draft, blank, options: [] })}
    />
  );
}

/** How many are chosen, where more than one may be. */
function Counter({ contest, draft, words }: ContestProps): JSX.Element | null {
  const { shape } = contest;
  if (shape.kind !== 'choose' || shape.max === 1) return null;
  return (
    <p class="govuk-hint counter" role="status">
      {words.t.choose.chosen(draft.options.length)}
    </p>
  );
}

interface SelectProps {
  readonly id: string;
  readonly label: string;
  readonly value: string;
  readonly lang?: string;
  readonly optionsLang?: string;
  readonly options: readonly (readonly [string, string])[];
  readonly onPick: (value: string) => void;
}

function Select({ id, label, value, lang, optionsLang, options, onPick }: SelectProps): JSX.Element {
  return (
    <div class="govuk-form-group row">
      <label class="govuk-label" for={id} lang={lang}>
        {label}
      </label>
      <select
        class="govuk-select"
        id={id}
        value={value}
        lang={optionsLang}
        onChange={({ currentTarget }) => onPick(currentTarget.value)}
      >
        {options.map(([key, text]) => (
          <option key={key} value={key} selected={key === value}>
            {text}
          </option>
        ))}
      </select>
    </div>
  );
}

function Scores({ contest, draft, titles, onFill }: ContestProps): JSX.Element {
  const max = contest.shape.kind === 'score' ? contest.shape.max : 0;
  const marks = Array.from({ length: max + 1 }, (_, n) => [String(n), String(n)] as const);
  return (
    <>
      {contest.options.map((option, place) => (
        <Select
          key={option}
          id={`${contest.id}-${place}`}
          label={titles.option(contest.id, option)}
          lang={titles.lang}
          value={draft.numbers[option] ?? '0'}
          options={marks}
          onPick={(mark) => onFill({ ...draft, numbers: { ...draft.numbers, [option]: mark } })}
        />
      ))}
    </>
  );
}

function Ranking({ contest, draft, titles, words, onFill }: ContestProps): JSX.Element {
  const places = contest.shape.kind === 'ranking' ? contest.shape.points.length : 0;
  const { choose } = words.t;
  const put = (place: number, option: string) => {
    const options = Array.from({ length: places }, (_, i) =>
      i === place ? option : (draft.options[i] ?? ''),
    );
    onFill({ ...draft, blank: false, options });
  };
  return (
    <>
      {Array.from({ length: places }, (_, place) => (
        <Select
          key={place}
          id={`${contest.id}-${place}`}
          label={choose.place(place + 1)}
          value={draft.options[place] ?? ''}
          optionsLang={titles.lang}
          options={[
            ['', choose.pick],
            ...contest.options.map((option) => [option, titles.option(contest.id, option)] as const),
          ]}
          onPick={(option) => put(place, option)}
        />
      ))}
      <div class="govuk-checkboxes">
        <Blank contest={contest} draft={draft} isOne={false} words={words} onFill={onFill} />
      </div>
    </>
  );
}

function Split({ contest, weight, draft, titles, words, onFill }: ContestProps): JSX.Element {
  const drafted = choiceOfDraft(contest, weight, draft);
  const { choose } = words.t;
  const given =
    'choice' in drafted
      ? givenIn(drafted.choice)
      : drafted.fault.kind === 'over-weight'
        ? drafted.fault.n
        : null;
  return (
    <>
      {contest.options.map((option, place) => (
        <div class="govuk-form-group row" key={option}>
          <label class="govuk-label" for={`${contest.id}-${place}`} lang={titles.lang}>
            {titles.option(contest.id, option)}
          </label>
          <input
            class="govuk-input govuk-input--width-10"
            id={`${contest.id}-${place}`}
            inputMode="numeric"
            autocomplete="off"
            value={draft.numbers[option] ?? ''}
            onInput={({ currentTarget: { value } }) =>
              onFill({ ...draft, numbers: { ...draft.numbers, [option]: value } })
            }
          />
        </div>
      ))}
      <p class="govuk-hint" role="status">
        {given !== null && (given > weight ? choose.over(given - weight) : choose.left(weight - given))}
      </p>
    </>
  );
}

const SHAPES: Readonly<Record<Contest['shape']['kind'], (props: ContestProps) => JSX.Element>> = {
  choose: Options,
  support: Options,
  score: Scores,
  ranking: Ranking,
  split: Split,
};

function Group({
  id,
  describedBy,
  legend,
  children,
}: {
  readonly id: string;
  readonly describedBy: string;
  readonly legend: ComponentChildren;
  readonly children: ComponentChildren;
}): JSX.Element {
  return (
    <fieldset class="govuk-fieldset" id={`${id}-group`} aria-describedby={describedBy}>
      <legend class="govuk-fieldset__legend govuk-fieldset__legend--m">{legend}</legend>
      {children}
    </fieldset>
  );
}

/** A contest with its title, what is asked, and its fault if it has one. */
export function ContestField(props: ContestProps): JSX.Element {
  const { contest, weight, draft, isTried, titles, words } = props;
  const drafted = isTried ? choiceOfDraft(contest, weight, draft) : null;
  const fault = drafted !== null && 'fault' in drafted ? drafted.fault : null;
  const Shape = SHAPES[contest.shape.kind];
  const hint = `${contest.id}-hint`;
  const error = `${contest.id}-error`;
  return (
    <div class={`govuk-form-group contest${fault === null ? '' : ' govuk-form-group--error'}`}>
      <Group
        id={contest.id}
        describedBy={fault === null ? hint : `${hint} ${error}`}
        legend={<h2 lang={titles.lang}>{titles.contest(contest.id)}</h2>}
      >
        <Consultative contest={contest.id} titles={titles} words={words} />
        <p class="govuk-hint" id={hint}>
          {askedIn(contest, weight, words)}
        </p>
        {fault !== null && <FieldError id={error} text={faultIn(fault, contest, titles, words)} />}
        <Shape {...props} />
        <Counter {...props} />
      </Group>
    </div>
  );
}
