/** An act: a button opens it, its fields are filled in, it is asked once more in words, and then it is done. */
import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { useKeptFocus } from '../../../keys/kept-focus.ts';
import { Button, ErrorSummary, type Fault, Notice } from '../../../member/island/screen.tsx';
import type { ConductTexts } from '../../../texts/en/conduct.ts';
import type { Desk } from './desk-context.ts';

interface ActProps {
  readonly desk: Desk;
  readonly name: keyof ConductTexts['acts'];
  /** It needs no signature, only that the officer is signed in. */
  readonly unsigned?: boolean;
  /** It is not the one thing to do now. */
  readonly aside?: boolean;
  /** What the officer is told before saying yes. */
  readonly facts?: () => readonly string[];
  /** Fields, with what is wrong with them. */
  readonly fields?: (faults: readonly Fault[]) => ComponentChildren;
  readonly check?: () => readonly Fault[];
  readonly act: () => Promise<void>;
  /** In the place of its usual words on the button. */
  readonly label?: string;
  /** Other buttons of the same name are on the page. */
  readonly about?: string;
}

type Stage = 'shut' | 'filling' | 'sure';

export const faultAt = (faults: readonly Fault[], field: string): string | undefined =>
  faults.find((fault) => fault.field === field)?.text;

export function Act(props: ActProps): JSX.Element {
  const { desk, name, aside = false, fields, about, label } = props;
  const { conduct: t } = desk.words;
  const [stage, go] = useState<Stage>('shut');
  const opener = useKeptFocus<HTMLButtonElement>(stage);
  if (stage === 'shut') {
    return (
      <Button
        place={opener}
        {...(aside && { kind: 'plain' })}
        onPress={() => go(fields === undefined ? 'sure' : 'filling')}
      >
        {label ?? t.acts[name].open}
        {about !== undefined && <span class="govuk-visually-hidden"> {about}</span>}
      </Button>
    );
  }
  if (stage === 'filling') return <Filling {...props} onDone={() => go('sure')} onLeave={() => go('shut')} />;
  return (
    <Sure {...props} onBack={() => go(fields === undefined ? 'shut' : 'filling')} onEnd={() => go('shut')} />
  );
}

function Filling({
  desk,
  name,
  fields,
  check,
  onDone,
  onLeave,
}: ActProps & { readonly onDone: () => void; readonly onLeave: () => void }): JSX.Element {
  const { conduct: t } = desk.words;
  const [faults, blame] = useState<readonly Fault[]>([]);
  const text = useRef<HTMLParagraphElement>(null);
  useEffect(() => text.current?.focus(), []);
  return (
    <form
      class="act"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        const found = check?.() ?? [];
        blame(found);
        if (found.length === 0) onDone();
      }}
    >
      <ErrorSummary title={t.errors} faults={faults} />
      <p tabIndex={-1} ref={text}>
        {t.acts[name].text}
      </p>
      {fields?.(faults)}
      <div class="govuk-button-group">
        <button type="submit" class="govuk-button">
          {t.goOn}
        </button>
        <Button kind="plain" onPress={onLeave}>
          {t.cancel}
        </Button>
      </div>
    </form>
  );
}

/** The question, in words. What goes wrong is said here, and can be tried again. */
function Sure({
  desk,
  name,
  unsigned = false,
  facts,
  fields,
  act,
  onBack,
  onEnd,
}: ActProps & { readonly onBack: () => void; readonly onEnd: () => void }): JSX.Element {
  const { conduct: t, t: common } = desk.words;
  const heading = useRef<HTMLHeadingElement>(null);
  const isUnderway = useRef(false);
  const [busy, work] = useState(false);
  const [fault, blame] = useState<string | null>(null);
  useEffect(() => heading.current?.focus(), []);
  const run = async (): Promise<void> => {
    // A second click comes before the page has been drawn again.
    if (isUnderway.current) return;
    isUnderway.current = true;
    work(true);
    blame(null);
    try {
      await act();
      onEnd();
    } catch (error) {
      blame(error instanceof Error ? error.message : String(error));
      work(false);
    } finally {
      isUnderway.current = false;
    }
  };
  return (
    <section class="act">
      <h3 tabIndex={-1} ref={heading}>
        {t.sure}
      </h3>
      {fault !== null && <Notice>{fault}</Notice>}
      {fields === undefined && <p>{t.acts[name].text}</p>}
      {(facts?.() ?? []).map((fact) => (
        <p key={fact}>
          <strong>{fact}</strong>
        </p>
      ))}
      <p>{t.acts[name].confirm}</p>
      {!unsigned && <p>{t.public}</p>}
      <div class="govuk-button-group">
        <Button onPress={() => void run()} busy={busy}>
          {busy ? common.moment : t.acts[name].go}
        </Button>
        {!busy && (
          <Button kind="plain" onPress={onBack}>
            {t.cancel}
          </Button>
        )}
      </div>
    </section>
  );
}
