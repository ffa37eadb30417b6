/** After a lost connection or a reload: whether what the officer had signed was recorded, and the same bytes again. */
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Receipt } from '../../../../record/receipt.ts';
import { useKeptFocus } from '../../../keys/kept-focus.ts';
import { Button, Notice } from '../../../member/island/screen.tsx';
import type { Words } from '../words.ts';
import { sendAgain, wasRecorded } from './enter.ts';
import { faultInWords } from './faults.ts';
import { keepUnanswered, kindOf, type Unanswered } from './unanswered.ts';
import type { View } from './view.ts';

interface WasRecordedProps {
  readonly words: Words;
  readonly view: View;
  readonly unanswered: Unanswered;
  /** It is settled: with the receipt if it is in the record. */
  readonly onSettled: (receipt: Receipt | null) => void;
}

export function WasRecorded({ words, view, unanswered, onSettled }: WasRecordedProps): JSX.Element {
  const { conduct } = words;
  const { unanswered: t } = conduct;
  const [state, set] = useState<'asking' | 'missing' | 'failed'>('asking');
  const [fault, blame] = useState<string | null>(null);
  const attempt = async (act: () => Promise<Receipt | null>): Promise<void> => {
    set('asking');
    blame(null);
    try {
      const receipt = await act();
      if (receipt === null) set('missing');
      else onSettled(receipt);
    } catch (error) {
      blame(faultInWords(error, words));
      set('failed');
    }
  };
  const heading = useKeptFocus<HTMLHeadingElement>(state);
  const ask = (): Promise<void> => attempt(() => wasRecorded(view.election, view.state, unanswered));
  useEffect(() => {
    void ask();
    // Once, when it is shown.
    // oxlint-disable-next-line exhaustive-deps
  }, []);
  const kinds: Readonly<Record<string, string>> = t.kinds;
  const leave = (): void => {
    keepUnanswered(view.election, null);
    onSettled(null);
  };
  return (
    <section>
      <h2 tabIndex={-1} ref={heading}>
        {t.title}
      </h2>
      <p>{t.text(kinds[kindOf(unanswered)] ?? kindOf(unanswered))}</p>
      {fault !== null && <Notice>{fault}</Notice>}
      {state === 'asking' && <p role="status">{t.asking}</p>}
      {state === 'failed' && <Button onPress={() => void ask()}>{conduct.faults.tryAgain}</Button>}
      {state === 'missing' && (
        <>
          <p role="status">{t.wasNot}</p>
          <div class="govuk-button-group">
            <Button onPress={() => void attempt(() => sendAgain(view.election, view.state, unanswered))}>
              {t.again}
            </Button>
            <Button kind="plain" onPress={leave}>
              {t.leave}
            </Button>
          </div>
        </>
      )}
    </section>
  );
}
