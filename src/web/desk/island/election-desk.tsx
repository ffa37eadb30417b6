/** Conducting an election: where it stands, what comes next, and every act of an officer. */
import type { JSX } from 'preact';
import { useCallback, useEffect, useMemo, useState } from 'preact/hooks';
import { possibleActs } from '../../../officer/possible-acts.ts';
import { nextStep, type Step, standing } from '../../../officer/standing.ts';
import { phaseOf } from '../../../record/election-state.ts';
import type { Receipt } from '../../../record/receipt.ts';
import { useKeptFocus } from '../../keys/kept-focus.ts';
import { Unreachable } from '../../member/island/requests.ts';
import { Button, Notice } from '../../member/island/screen.tsx';
import { OtherActs } from './conduct/acts.tsx';
import { CloseAct, OpenAct, TallyAct } from './conduct/course.tsx';
import { Declare } from './conduct/declare.tsx';
import type { Desk } from './conduct/desk-context.ts';
import { Disputes } from './conduct/disputes.tsx';
import { enter } from './conduct/enter.ts';
import { faultInWords, isSignedOut } from './conduct/faults.ts';
import { Replace } from './conduct/replace.tsx';
import { Waiting } from './conduct/second.tsx';
import { Next, StepList } from './conduct/step-list.tsx';
import { TurnoutTables } from './conduct/turnout.tsx';
import { readUnanswered, type Unanswered } from './conduct/unanswered.ts';
import { type FollowedView, useView } from './conduct/use-view.ts';
import type { View } from './conduct/view.ts';
import { WasRecorded } from './conduct/was-recorded.tsx';
import { KeyPanel } from './key-panel.tsx';
import { useSitting } from './officer-key.ts';
import type { Words } from './words.ts';

export interface ElectionDeskProps {
  readonly words: Words;
  /** Who is signed in. */
  readonly officer: string;
  /** The election's name. */
  readonly election: string;
  /** In the language of the page, if it has one in that language. */
  readonly title: string;
}

export function ElectionDesk({ words, election, title }: ElectionDeskProps): JSX.Element {
  const followed = useView(election, words.lang);
  return (
    <>
      <h1>{title}</h1>
      <ul class="plain">
        <li>
          <a href={`/desk/elections/${election}/roll?lang=${words.lang}`}>{words.t.rollAndCodes}</a>
        </li>
        <li>
          <a href={`/elections/${election}?lang=${words.lang}`}>{words.conduct.publicPage}</a>
        </li>
      </ul>
      {followed.error !== null && <Stopped words={words} followed={followed} />}
      {followed.view === null && followed.error === null && <p role="status">{words.conduct.reading}</p>}
      {followed.view !== null && <Conduct words={words} view={followed.view} reload={followed.reload} />}
    </>
  );
}

/** Why the page cannot go on, or shows what it last knew. */
function Stopped({
  words,
  followed: { error, reload },
}: {
  readonly words: Words;
  readonly followed: FollowedView;
}): JSX.Element {
  const { faults } = words.conduct;
  return (
    <Notice>
      <p>{faultInWords(error, words)}</p>
      {isSignedOut(error) ? (
        <Button onPress={() => location.reload()}>{faults.signIn}</Button>
      ) : (
        <Button onPress={() => void reload()}>{faults.tryAgain}</Button>
      )}
    </Notice>
  );
}

interface ConductProps {
  readonly words: Words;
  readonly view: View;
  readonly reload: () => Promise<void>;
}

function Conduct({ words, view, reload }: ConductProps): JSX.Element {
  const { conduct: t, format } = words;
  const { election, state, known } = view;
  const { key: open } = useSitting();
  const [unanswered, keep] = useState<Unanswered | null>(() => readUnanswered(election));
  const [said, say] = useState('');
  useEffect(() => {
    // What was said to whoever signed before is not said to somebody else.
    if (open !== null) say('');
  }, [open]);
  // What waited for a signature or for an answer goes when it has it.
  const notice = useKeptFocus<HTMLDivElement>(`${unanswered === null} ${view.proposals.length}`);
  const place = open === null ? 0 : state.manifest.roles.officers.indexOf(open.publicKey) + 1;
  const key = place > 0 ? open : null;

  const run: Desk['run'] = useCallback(
    async (act, name) => {
      say('');
      try {
        const receipt = await act();
        if (receipt === 'waits') say(t.second.waits);
        else {
          const where = receipt === null ? '' : t.onRecord(format.number(receipt.index));
          say(`${t.acts[name].done} ${where}`.trim());
        }
      } catch (error) {
        if (error instanceof Unreachable) keep(readUnanswered(election));
        throw new Error(faultInWords(error, words), { cause: error });
      } finally {
        await reload();
      }
    },
    [election, format, reload, t, words],
  );
  const desk: Desk = {
    words,
    view,
    key,
    run,
    enter: (make, name) => {
      if (key === null) throw new TypeError('no key is open');
      return run(() => enter(election, key, make), name);
    },
  };
  const steps = useMemo(() => standing(state, known), [state, known]);
  const settled = (receipt: Receipt | null): void => {
    keep(null);
    if (receipt !== null) say(`${t.unanswered.was} ${t.onRecord(format.number(receipt.index))}`);
    void reload();
  };
  return (
    <>
      <div role="status" tabIndex={-1} ref={notice}>
        {said !== '' && <p class="notice">{said}</p>}
      </div>
      {unanswered === null ? (
        <Next steps={steps} view={view} words={words}>
          <CourseAct desk={desk} step={nextStep(steps)} />
        </Next>
      ) : (
        <WasRecorded words={words} view={view} unanswered={unanswered} onSettled={settled} />
      )}
      <Waiting desk={desk} place={place} />
      {unanswered === null && <Others desk={desk} isOpen={open !== null} place={place} />}
      <StepList steps={steps} view={view} words={words} />
      {state.opening !== null && <TurnoutTables view={view} words={words} />}
      {unanswered === null && <Disputes desk={desk} />}
      <KeyPanel words={words} />
    </>
  );
}

/** The act that the step waits for, if it is the officer's. */
function CourseAct({ desk, step }: { readonly desk: Desk; readonly step: Step | null }): JSX.Element | null {
  const name = step?.name;
  if (name === 'counted') return <TallyAct desk={desk} />;
  if (name === 'declared') return <Declare desk={desk} />;
  if (step?.awaited.who !== 'officer') return null;
  if (name === 'closed') return <CloseAct desk={desk} />;
  return name === 'open' && desk.key !== null ? <OpenAct desk={desk} /> : null;
}

/** What can be done now beside what comes next. */
function Others({
  desk,
  isOpen,
  place,
}: {
  readonly desk: Desk;
  readonly isOpen: boolean;
  readonly place: number;
}): JSX.Element {
  const { words, view, key } = desk;
  const { conduct: t } = words;
  const possible = possibleActs(view.state, place, view.known.now);
  return (
    <section class="acts">
      <h2>{t.more}</h2>
      {key === null ? (
        <p>{isOpen ? t.notOfficer : t.openKeyFirst}</p>
      ) : (
        <>
          <p>{t.moreText}</p>
          <OtherActs desk={desk} possible={possible} />
          {phaseOf(view.state) === 'open' && possible.replace > 0 && (
            <Replace desk={desk} left={possible.replace} />
          )}
        </>
      )}
    </section>
  );
}
