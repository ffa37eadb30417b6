/** Where the election stands: all steps with what is missing, and the one that comes next. */
import type { ComponentChildren, JSX } from 'preact';
import type { Step } from '../../../../officer/standing.ts';
import { nextStep } from '../../../../officer/standing.ts';
import { actsOf, closesOf } from '../../../../record/acts.ts';
import { STEPS as ROUNDS } from '../../../../record/ceremony.ts';
import { ceremonyStatus } from '../../../../record/ceremony-status.ts';
import { phaseOf } from '../../../../record/election-state.ts';
import { useKeptFocus } from '../../../keys/kept-focus.ts';
import { type Titles, visible } from '../../../texts/titles.ts';
import type { Words } from '../words.ts';
import type { View } from './view.ts';

/** A trustee's number, and the name where the texts have one. */
function named(i: number, titles: Titles): string {
  const name = titles.trustee(i);
  return name === null ? String(i) : `${i} (${name})`;
}

/** What a step waits for, in a sentence; empty where there is nothing to say. */
function sentenceOf({ name, state, awaited }: Step, { titles }: View, { conduct: t, format }: Words): string {
  const texts = t.steps[name];
  if (state === 'done') return texts.done;
  if (state !== 'now') return state === 'later' ? texts.later : '';
  const facts = {
    who: awaited.who === 'trustees' ? t.trustees(awaited.trustees.map((i) => named(i, titles))) : '',
    time: awaited.who === 'clock' ? format.time(awaited.until) : '',
  };
  if (awaited.who === 'nobody') return '';
  const said = texts[awaited.who];
  return (typeof said === 'function' ? said(facts) : said) ?? '';
}

/** How the making of the key goes on. */
function keyDetails({ state }: View, { conduct: t }: Words): string[] {
  const status = ceremonyStatus(state);
  if (status === null || state.opening !== null) return [];
  const isOver = phaseOf(state) === 'abandoned';
  const { step, attempt, complaint, voided } = status;
  const round = ROUNDS.findIndex((known) => known === step) + 1;
  return [
    ...voided.map(({ attempt: ended, reason }) => t.voided(ended, reason)),
    ...(complaint === null ? [] : [t.complaint(complaint.i, complaint.against)]),
    ...(round === 0 || isOver ? [] : [t.round(round, ROUNDS.length, attempt)]),
  ];
}

/** That the end of voting was put off, and from when. */
function endDetails({ state }: View, { conduct: t, format }: Words): string[] {
  const { closes } = state.manifest.times;
  return closes === null || closesOf(state) === closes ? [] : [t.putOff(format.time(closes))];
}

function detailsOf({ name }: Step, view: View, words: Words): string[] {
  if (name === 'key') return keyDetails(view, words);
  return name === 'closed' ? endDetails(view, words) : [];
}

export function StepList({
  steps,
  view,
  words,
}: {
  readonly steps: readonly Step[];
  readonly view: View;
  readonly words: Words;
}): JSX.Element {
  const { conduct: t } = words;
  return (
    <section>
      <h2>{t.allSteps}</h2>
      <ol class="steps">
        {steps.map((step) => (
          <li key={step.name} class={step.state} {...(step.state === 'now' && { 'aria-current': 'step' })}>
            <span>{t.steps[step.name].title}</span> <span class="mark">{t.marks[step.state]}</span>
            {[sentenceOf(step, view, words), ...detailsOf(step, view, words)]
              .filter((sentence) => sentence !== '')
              .map((sentence) => (
                <p key={sentence}>{sentence}</p>
              ))}
          </li>
        ))}
      </ol>
    </section>
  );
}

/** The one sentence that says what comes next, and below it what the officer can do about it. */
export function Next({
  steps,
  view,
  words,
  children,
}: {
  readonly steps: readonly Step[];
  readonly view: View;
  readonly words: Words;
  readonly children?: ComponentChildren;
}): JSX.Element {
  const { conduct: t } = words;
  const next = nextStep(steps);
  const [abandoned] = actsOf(view.state, 'abandonment');
  const heading = useKeptFocus<HTMLHeadingElement>(`${next?.name} ${view.tally.state}`);
  const sentence =
    abandoned !== undefined
      ? t.abandoned(visible(abandoned.act.reason))
      : next === null
        ? t.nothingNext
        : sentenceOf(next, view, words);
  return (
    <section class="next">
      <h2 tabIndex={-1} ref={heading}>
        {t.next}
      </h2>
      <p class="govuk-body-l" role="status">
        {sentence}
      </p>
      {children}
    </section>
  );
}
