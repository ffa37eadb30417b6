/** An election's roll and voting codes: issued, the roll published, the letters fetched, the codes forgotten. */
import type { JSX } from 'preact';
import { useCallback, useEffect, useState } from 'preact/hooks';
import { readElection, seenOf } from '../../../trustee/read-election.ts';
import { Button, Notice, Screen } from '../../member/island/screen.tsx';
import { Confirm } from './confirm.tsx';
import { failureInWords } from './failures.ts';
import { IssueSection } from './issue-section.tsx';
import { type IssueStanding, readStanding, recordOf } from './issue-standing.ts';
import { LettersSection } from './letters-section.tsx';
import { deleteTokens, handOver } from './registrar-requests.ts';
import type { Words } from './words.ts';

interface StepProps {
  readonly words: Words;
  readonly standing: IssueStanding;
  readonly then: () => Promise<void>;
}

function HandOverSection({
  words,
  standing: { election, issued, isHandedOver },
  then,
}: StepProps): JSX.Element {
  const { handOver: t, issue, letters } = words.roll;
  const [asking, ask] = useState(false);
  const act = async (): Promise<void> => {
    await handOver(election, seenOf(await readElection(recordOf(election), election, null)));
    ask(false);
    await then();
  };
  return (
    <section>
      <h2>{issue.steps.handOver}</h2>
      <p>{t.text}</p>
      {isHandedOver && <p role="status">{t.done}</p>}
      {!isHandedOver && issued === null && <p>{letters.waitForRoll}</p>}
      {!isHandedOver && issued !== null && !asking && <Button onPress={() => ask(true)}>{t.button}</Button>}
      {asking && (
        <Confirm words={words} title={t.askTitle} yes={t.yes} act={act} cancel={() => ask(false)}>
          <p>{t.askText}</p>
        </Confirm>
      )}
    </section>
  );
}

function RemoveSection({ words, standing: { election, issued }, then }: StepProps): JSX.Element {
  const { remove: t, issue } = words.roll;
  const [asking, ask] = useState(false);
  const isDeleted = typeof issued?.deleted === 'number';
  const act = async (): Promise<void> => {
    await deleteTokens(election);
    ask(false);
    await then();
  };
  return (
    <section>
      <h2>{issue.steps.remove}</h2>
      <p>{t.text}</p>
      {isDeleted && <p role="status">{t.done}</p>}
      {!isDeleted && typeof issued?.exported === 'number' && !asking && (
        <Button kind="plain" onPress={() => ask(true)}>
          {t.button}
        </Button>
      )}
      {asking && (
        <Confirm words={words} title={t.askTitle} yes={t.yes} act={act} cancel={() => ask(false)}>
          <p>{t.askText}</p>
        </Confirm>
      )}
    </section>
  );
}

interface IssueDeskProps {
  readonly words: Words;
  readonly election: string;
  readonly title: string;
}

export function IssueDesk({ words, election, title }: IssueDeskProps): JSX.Element {
  const { issue: t } = words.roll;
  const [standing, know] = useState<IssueStanding | null>(null);
  const [fault, blame] = useState<string | null>(null);
  const load = useCallback(async (): Promise<void> => {
    try {
      know(await readStanding(election, words.lang));
      blame(null);
    } catch (error) {
      blame(failureInWords(error, words));
    }
  }, [election, words]);
  useEffect(() => void load(), [load]);
  return (
    <Screen title={t.title}>
      <p class="lead">{title}</p>
      {fault !== null && <Notice>{fault}</Notice>}
      {standing === null && fault === null && <p role="status">{words.t.moment}</p>}
      {standing !== null && (
        <>
          <IssueSection words={words} standing={standing} then={load} />
          <HandOverSection words={words} standing={standing} then={load} />
          <LettersSection words={words} standing={standing} then={load} />
          <RemoveSection words={words} standing={standing} then={load} />
        </>
      )}
    </Screen>
  );
}
