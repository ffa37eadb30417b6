/** Asking in words before anything is done that others see or that cannot be undone. */
import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { Button, Notice } from '../../member/island/screen.tsx';
import { failureInWords } from './failures.ts';
import type { Words } from './words.ts';

interface ConfirmProps {
  readonly words: Words;
  /** The question. */
  readonly title: string;
  /** What will happen. */
  readonly children?: ComponentChildren;
  /** The answer that does it. */
  readonly yes: string;
  /** What is done; once at a time. What it throws is said, and it can be tried again. */
  readonly act: () => Promise<void>;
  readonly cancel: () => void;
}

export function Confirm({ words, title, children, yes, act, cancel }: ConfirmProps): JSX.Element {
  const { confirm } = words.key;
  const heading = useRef<HTMLHeadingElement>(null);
  const [busy, work] = useState(false);
  const [fault, blame] = useState<string | null>(null);
  useEffect(() => {
    heading.current?.focus();
    heading.current?.scrollIntoView({ block: 'nearest' });
  }, []);
  const run = async (): Promise<void> => {
    work(true);
    blame(null);
    try {
      await act();
    } catch (error) {
      blame(failureInWords(error, words));
    } finally {
      work(false);
    }
  };
  return (
    <section class="confirm">
      <h2 tabIndex={-1} ref={heading}>
        {title}
      </h2>
      {children}
      {fault !== null && <Notice>{fault}</Notice>}
      <p class="buttons">
        <Button onPress={() => void run()} busy={busy}>
          {busy ? confirm.busy : yes}
        </Button>{' '}
        <Button
          kind="plain"
          onPress={() => {
            if (!busy) cancel();
          }}
        >
          {confirm.no}
        </Button>
      </p>
    </section>
  );
}
