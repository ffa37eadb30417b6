/** What was chosen, in words: on the review, at a check, and on the second device alike. */
import type { ComponentChildren, JSX } from 'preact';
import type { Choice } from '../../../ballot/choices.ts';
import type { Contest } from '../../../ballot/manifest.ts';
import type { Titles } from '../../texts/titles.ts';
import { givenIn } from './drafts.ts';
import type { Words } from './words.ts';

interface ChosenProps {
  readonly contest: Contest;
  readonly weight: number;
  readonly choice: Choice;
  readonly titles: Titles;
  readonly words: Words;
}

const isList = (choice: Choice): choice is readonly string[] => Array.isArray(choice);

function Chosen({ contest, weight, choice, titles, words }: ChosenProps): JSX.Element {
  const { review } = words.t;
  if (choice === 'blank') return <em>{review.blank}</em>;
  const name = (option: string): string => titles.option(contest.id, option);
  if (isList(choice)) {
    if (choice.length === 0) return <em>{review.nothing}</em>;
    const items = choice.map((option) => (
      <li key={option} lang={titles.lang}>
        {name(option)}
      </li>
    ));
    return contest.shape.kind === 'ranking' ? (
      <ol class="plain govuk-list--number">{items}</ol>
    ) : (
      <ul class="plain">{items}</ul>
    );
  }
  return (
    <ul class="plain">
      {contest.options.map((option) => (
        <li key={option}>
          <span lang={titles.lang}>{name(option)}</span>: {words.format.number(choice[option] ?? 0)}
        </li>
      ))}
      {contest.shape.kind === 'split' && <li>{review.unused(weight - givenIn(choice))}</li>}
    </ul>
  );
}

/** Said of every contest that binds nobody, wherever it is shown. */
export function Consultative({
  contest,
  titles,
  words,
}: {
  readonly contest: string;
  readonly titles: Titles;
  readonly words: Words;
}): JSX.Element | null {
  return titles.isConsultative(contest) ? <p class="badge plain">{words.t.consultative}</p> : null;
}

interface SummaryProps {
  readonly contests: readonly Contest[];
  readonly weight: number;
  readonly choices: Readonly<Record<string, Choice>>;
  readonly titles: Titles;
  readonly words: Words;
  /** What stands beside each. */
  readonly beside?: (contest: Contest) => ComponentChildren;
}

export function ChosenSummary(props: SummaryProps): JSX.Element {
  const { contests, choices, titles, beside } = props;
  return (
    <dl class="govuk-summary-list">
      {contests.map((contest) => (
        <div class="govuk-summary-list__row" key={contest.id}>
          <dt class="govuk-summary-list__key" lang={titles.lang}>
            {titles.contest(contest.id)}
          </dt>
          <dd class="govuk-summary-list__value chosen">
            <Consultative contest={contest.id} titles={titles} words={props.words} />
            <Chosen {...props} contest={contest} choice={choices[contest.id] ?? []} />
          </dd>
          {beside !== undefined && <dd class="govuk-summary-list__actions">{beside(contest)}</dd>}
        </div>
      ))}
    </dl>
  );
}
