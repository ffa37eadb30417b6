/** Disputes: what members have filed, taken into the record and answered in public. */
import type { JSX } from 'preact';
import { useKeptFocus } from '../../../keys/kept-focus.ts';
import type { ConductTexts } from '../../../texts/en/conduct.ts';
import { visible } from '../../../texts/titles.ts';
import { Act } from './act.tsx';
import { actOf, type DeskProps, WrittenAct } from './acts.tsx';
import type { DisputeList, FiledDispute } from './answers.ts';

type Answers = DisputeList['others'][number]['answers'];

function AnswersGiven({ answers, t }: { readonly answers: Answers; readonly t: ConductTexts }): JSX.Element {
  return (
    <>
      {answers.map(({ index, text }) => (
        <p key={index}>
          <strong>{t.disputes.answers}:</strong> {visible(text)}
        </p>
      ))}
    </>
  );
}

function AnswerAct({
  desk,
  index,
  answers,
}: DeskProps & { readonly index: number; readonly answers: Answers }): JSX.Element {
  const { conduct: t, format } = desk.words;
  return (
    <WrittenAct
      desk={desk}
      name="answer"
      id={`answer-${index}`}
      label={t.fields.text}
      most={5000}
      about={t.disputes.entry(format.number(index))}
      {...(answers.length > 0 && { open: t.disputes.more })}
      make={(text) => actOf({ kind: 'answer', dispute: index, text })}
    />
  );
}

function Filed({ desk, dispute }: DeskProps & { readonly dispute: FiledDispute }): JSX.Element {
  const { conduct: t, format } = desk.words;
  const { disputes: own } = t;
  const { name, about, text, filed, voter, state, finding, entered, answers, act } = dispute;
  const title = own.about[about] ?? about;
  const heading = useKeptFocus<HTMLHeadingElement>(entered);
  return (
    <li>
      <h3 tabIndex={-1} ref={heading}>
        {title} <span class="badge plain">{own.states[state]}</span>
      </h3>
      <p class="govuk-hint">
        {own.filed(format.time(filed))}
        {voter !== null && ` · ${own.by(format.number(voter))}`}
        {entered !== null && ` · ${own.entry(format.number(entered))}`}
      </p>
      {text !== '' && <p>{visible(text)}</p>}
      <p {...(finding === 'contradicts' && { class: 'note', role: 'alert' })}>{own.findings[finding]}</p>
      <AnswersGiven answers={answers} t={t} />
      {desk.key !== null && entered === null && (
        <>
          <p>{own.enterFirst}</p>
          <Act
            desk={desk}
            name="enter"
            aside
            about={name.slice(0, 8)}
            facts={() => [t.facts.says(visible(text === '' ? title : text))]}
            act={() => desk.enter(() => actOf(act), 'enter')}
          />
        </>
      )}
      {desk.key !== null && entered !== null && <AnswerAct desk={desk} index={entered} answers={answers} />}
    </li>
  );
}

export function Disputes({ desk }: DeskProps): JSX.Element {
  const { conduct: t, format } = desk.words;
  const { disputes: own } = t;
  const { until, isOver, filed, others } = desk.view.disputes;
  return (
    <section>
      <h2>{own.title}</h2>
      {until !== null && <p>{isOver ? own.over : own.until(format.time(until))}</p>}
      {filed.length + others.length === 0 && <p>{own.none}</p>}
      <ul class="govuk-list disputes">
        {filed.map((dispute) => (
          <Filed key={dispute.name} desk={desk} dispute={dispute} />
        ))}
        {others.map(({ index, text, answers }) => (
          <li key={index}>
            <h3>{own.entry(format.number(index))}</h3>
            <p>{visible(text)}</p>
            <AnswersGiven answers={answers} t={t} />
            {desk.key !== null && <AnswerAct desk={desk} index={index} answers={answers} />}
          </li>
        ))}
      </ul>
      {desk.key !== null && (
        <WrittenAct
          desk={desk}
          name="dispute"
          label={t.fields.text}
          most={5000}
          make={(text) => actOf({ kind: 'dispute', text, index: null })}
        />
      )}
    </section>
  );
}
