/** Fetching the letters, saving them for a mail merge, and printing them. The codes are in the memory of this page alone. */
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { Button } from '../../member/island/screen.tsx';
import { Confirm } from './confirm.tsx';
import type { IssueStanding } from './issue-standing.ts';
import { type Letter, parseLetters } from './letters.ts';
import { PrintedLetters } from './printed-letters.tsx';
import { exportTokens } from './registrar-requests.ts';
import { saveFile } from './save-file.ts';
import type { Words } from './words.ts';

/** Letters that are shown at once: a page of thousands of pictures is too much for a browser. */
const AT_ONCE = 250;

interface LettersProps {
  readonly words: Words;
  readonly standing: IssueStanding;
  readonly then: () => Promise<void>;
}

interface Fetched {
  readonly csv: string;
  readonly letters: readonly Letter[];
}

function Batches({ words, standing, fetched }: Omit<LettersProps, 'then'> & { readonly fetched: Fetched }) {
  const { letters: t } = words.roll;
  const [from, show] = useState<number | null>(null);
  const { letters, csv } = fetched;
  const starts = Array.from({ length: Math.ceil(letters.length / AT_ONCE) }, (_, i) => i * AT_ONCE);
  if (from !== null)
    return (
      <>
        <p class="buttons unprinted">
          <Button onPress={() => print()}>{t.print}</Button>{' '}
          <Button kind="plain" onPress={() => show(null)}>
            {t.hide}
          </Button>
        </p>
        <PrintedLetters
          words={words}
          election={standing.election}
          letters={letters.slice(from, from + AT_ONCE)}
          manifest={standing.manifest.body}
          texts={standing.texts}
        />
      </>
    );
  return (
    <>
      <p role="status">{t.here(letters.length)}</p>
      <p>
        <Button kind="plain" onPress={() => saveFile('letters.csv', 'text/csv', csv)}>
          {t.save}
        </Button>
      </p>
      {starts.map((start) => (
        <p key={start}>
          <Button kind="plain" onPress={() => show(start)}>
            {t.show(start + 1, Math.min(start + AT_ONCE, letters.length))}
          </Button>
        </p>
      ))}
    </>
  );
}

export function LettersSection({ words, standing, then }: LettersProps): JSX.Element {
  const { letters: t, issue } = words.roll;
  const { election, issued } = standing;
  const [asking, ask] = useState(false);
  const [fetched, keep] = useState<Fetched | null>(null);
  const isExported = typeof issued?.exported === 'number';
  const act = async (): Promise<void> => {
    const csv = await exportTokens(election, isExported, location.origin);
    keep({ csv, letters: parseLetters(csv) });
    ask(false);
    await then();
  };
  const canFetch = issued !== null && issued.deleted === null && fetched === null;
  return (
    <section>
      <h2>{issue.steps.letters}</h2>
      <p>{t.text}</p>
      {issued === null && <p>{t.waitForRoll}</p>}
      {canFetch && !asking && (
        <Button {...(isExported && { kind: 'plain' })} onPress={() => ask(true)}>
          {isExported ? t.again : t.button}
        </Button>
      )}
      {asking && (
        <Confirm words={words} title={t.askTitle} yes={t.yes} act={act} cancel={() => ask(false)}>
          <p>{isExported ? t.askAgain : t.askText}</p>
        </Confirm>
      )}
      {fetched !== null && <Batches words={words} standing={standing} fetched={fetched} />}
    </section>
  );
}
