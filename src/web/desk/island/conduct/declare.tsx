/** The result: worked out in this page from the record, shown with its working, and then signed. */
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { bigintKernel } from '../../../../crypto/kernel/bigint.ts';
import { computeResult } from '../../../../officer/compute-result.ts';
import { tiesForChair, waitsForLot } from '../../../../officer/possible-acts.ts';
import type { CastingVote } from '../../../../record/acts.ts';
import type { Result } from '../../../../tally/result.ts';
import { useKeptFocus } from '../../../keys/kept-focus.ts';
import { Button, ErrorSummary, type Fault } from '../../../member/island/screen.tsx';
import { type DecisionInWords, decisionsInWords } from '../../../result-in-words.ts';
import { Act, faultAt } from './act.tsx';
import { actOf, type DeskProps } from './acts.tsx';
import { faultInWords } from './faults.ts';
import { readState, recordOf } from './view.ts';

type Working =
  | { readonly kind: 'shut' | 'working' }
  | { readonly kind: 'failed'; readonly why: string }
  | { readonly kind: 'known'; readonly result: Result };

function Decision({ told, desk }: DeskProps & { readonly told: DecisionInWords }): JSX.Element {
  const { result: t } = desk.words.conduct;
  return (
    <section>
      <h3>{told.heading}</h3>
      {told.votes.length > 0 && (
        <table>
          <thead>
            <tr>
              <th scope="col">{t.option}</th>
              <th scope="col" class="number">
                {t.votes}
              </th>
            </tr>
          </thead>
          <tbody>
            {told.votes.map(({ option, votes, note }) => (
              <tr key={option}>
                <th scope="row">
                  {option} {note}
                </th>
                <td class="number">{desk.words.format.number(votes)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {told.sentences.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
    </section>
  );
}

type Tie = Omit<CastingVote, 'vote'>;

function ChairsVote({ desk, tie: { rule, college } }: DeskProps & { readonly tie: Tie }): JSX.Element {
  const { conduct: t } = desk.words;
  const [vote, choose] = useState<'for' | 'against' | null>(null);
  const id = `vote-${rule}-${college ?? ''}`;
  const { titles, state } = desk.view;
  const motion = state.manifest.rules.find((one) => one.id === rule);
  const contest = motion?.kind === 'motion' ? titles.contest(motion.contest) : rule;
  const title = t.result.motion(contest, college === null ? null : titles.college(college));
  const check = (): Fault[] => (vote === null ? [{ field: `${id}-for`, text: t.fields.voteNone }] : []);
  return (
    <Act
      desk={desk}
      name="castingVote"
      about={title}
      check={check}
      facts={() => [title, t.facts.vote(vote ?? 'against')]}
      act={() =>
        desk.enter(
          () => actOf({ kind: 'casting-vote', rule, college, vote: vote ?? 'against' }),
          'castingVote',
        )
      }
      fields={(faults) => (
        <fieldset
          class={`govuk-fieldset govuk-form-group${faults.length > 0 ? ' govuk-form-group--error' : ''}`}
        >
          <legend class="govuk-fieldset__legend">{`${t.fields.vote}: ${title}`}</legend>
          {faultAt(faults, `${id}-for`) !== undefined && (
            <p class="govuk-error-message">{t.fields.voteNone}</p>
          )}
          <div class="govuk-radios">
            {(['for', 'against'] as const).map((one) => (
              <div class="govuk-radios__item" key={one}>
                <input
                  class="govuk-radios__input"
                  type="radio"
                  name={id}
                  id={`${id}-${one}`}
                  checked={vote === one}
                  onChange={() => choose(one)}
                />
                <label class="govuk-label govuk-radios__label" for={`${id}-${one}`}>
                  {t.fields[one]}
                </label>
              </div>
            ))}
          </div>
        </fieldset>
      )}
    />
  );
}

function KnownResult({ desk, result }: DeskProps & { readonly result: Result }): JSX.Element {
  const { words, view } = desk;
  const { conduct: t } = words;
  const { manifest } = view.state;
  const { document: declared } = result;
  const ties = tiesForChair(manifest, declared.outcome);
  const decisions = decisionsInWords(manifest, declared, view.titles, words.decisions);
  return (
    <>
      {decisions.map((told, i) => told !== null && <Decision key={i} told={told} desk={desk} />)}
      {waitsForLot(view.state, declared.outcome) && <p class="note">{t.result.lotMissing}</p>}
      {ties.length > 0 && <p class="note">{t.result.tie}</p>}
      {desk.key !== null &&
        ties.map((tie) => <ChairsVote key={`${tie.rule}/${tie.college}`} desk={desk} tie={tie} />)}
      {desk.key !== null && <DeclareAct desk={desk} isLast={ties.length === 0} />}
    </>
  );
}

/** It is worked out again on the log as it stands: another officer may have entered a vote of the chair. */
function DeclareAct({ desk, isLast }: DeskProps & { readonly isLast: boolean }): JSX.Element {
  const { election } = desk.view;
  return (
    <Act
      desk={desk}
      name="declare"
      aside={!isLast}
      label={desk.words.conduct.result.declare}
      act={() =>
        desk.enter(async (latest) => {
          const { body, bytes } = await computeResult(bigintKernel, recordOf(election), latest);
          return { type: 'result', body, blobs: [bytes] };
        }, 'declare')
      }
    />
  );
}

export function Declare({ desk }: DeskProps): JSX.Element {
  const { words, view } = desk;
  const { conduct: t } = words;
  const [working, set] = useState<Working>({ kind: 'shut' });
  const place = useKeptFocus<HTMLDivElement>(working);
  const { size } = view.state.tree;
  const work = async (): Promise<void> => {
    set({ kind: 'working' });
    try {
      // The page says that it works before it is held up.
      await new Promise((resolve) => setTimeout(resolve, 50));
      const state = await readState(view.election);
      set({ kind: 'known', result: await computeResult(bigintKernel, recordOf(view.election), state) });
    } catch (error) {
      set({ kind: 'failed', why: faultInWords(error, words) });
    }
  };
  // With another act in the record, such as the chair's vote, the outcome may be another.
  useEffect(() => {
    if (working.kind === 'known') void work();
    // oxlint-disable-next-line exhaustive-deps
  }, [size]);
  return (
    <div tabIndex={-1} ref={place}>
      {working.kind === 'known' && <KnownResult desk={desk} result={working.result} />}
      {working.kind === 'working' && <p role="status">{t.result.working}</p>}
      {working.kind === 'failed' && (
        <ErrorSummary title={t.errors} faults={[{ field: 'result', text: working.why }]} />
      )}
      {(working.kind === 'shut' || working.kind === 'failed') && (
        <>
          <p>{t.acts.declare.text}</p>
          <p>
            <Button id="result" onPress={() => void work()}>
              {t.acts.declare.open}
            </Button>
          </p>
        </>
      )}
    </div>
  );
}
