/** The parts that screens are made of. */
import type { ComponentChildren, JSX, RefObject } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { frame as en } from '../../texts/en/frame.ts';
import { frame as fr } from '../../texts/fr/frame.ts';

interface ScreenProps {
  readonly title: string;
  /** Where in the way this is. */
  readonly stage?: string;
  readonly children?: ComponentChildren;
}

/** A screen has one heading, which is read aloud when the screen comes. */
export function Screen({ title, stage, children }: ScreenProps): JSX.Element {
  const heading = useRef<HTMLHeadingElement>(null);
  // Before what is on the screen adds to it.
  useLayoutEffect(() => {
    document.title = stage === undefined ? title : `${title} – ${stage}`;
  }, [title, stage]);
  useEffect(() => {
    heading.current?.focus({ preventScroll: true });
    scrollTo(0, 0);
  }, [title, stage]);
  return (
    <>
      {stage !== undefined && <p class="stage">{stage}</p>}
      <h1 tabIndex={-1} ref={heading}>
        {title}
      </h1>
      {children}
    </>
  );
}

interface ButtonProps {
  readonly onPress: () => void;
  readonly kind?: 'plain';
  /** While it works, it says so and does nothing more. */
  readonly busy?: boolean;
  readonly id?: string;
  readonly place?: RefObject<HTMLButtonElement | null>;
  readonly children: ComponentChildren;
}

export function Button({ onPress, kind, busy = false, id, place, children }: ButtonProps): JSX.Element {
  return (
    <button
      type="button"
      id={id}
      ref={place ?? null}
      class={kind === 'plain' ? 'govuk-button govuk-button--secondary' : 'govuk-button'}
      aria-disabled={busy}
      onClick={() => {
        if (!busy) onPress();
      }}
    >
      {children}
    </button>
  );
}

interface NoticeProps {
  readonly children: ComponentChildren;
}

/** What has to be known before going on; said aloud. */
export function Notice({ children }: NoticeProps): JSX.Element {
  return (
    <div class="notice" role="alert">
      {children}
    </div>
  );
}

export interface Fault {
  /** The id of the field. */
  readonly field: string;
  readonly text: string;
}

export function focusOn(field: string): void {
  document.getElementById(field)?.focus();
}

/** What is wrong, each a link to its field. */
export function FaultLinks({
  faults,
  look,
}: {
  readonly faults: readonly Fault[];
  readonly look: string;
}): JSX.Element {
  return (
    <ul class={`govuk-list ${look}`}>
      {faults.map(({ field, text }) => (
        <li key={field + text}>
          <a
            href={`#${field}`}
            onClick={(event) => {
              event.preventDefault();
              focusOn(field);
            }}
          >
            {text}
          </a>
        </li>
      ))}
    </ul>
  );
}

/** While something has to be put right, the title of the page says so: it is the first thing that is read aloud. */
export function useErrorTitle(isWrong: boolean): void {
  useEffect(() => {
    if (!isWrong) return undefined;
    const { title } = document;
    const marked = (document.documentElement.lang === 'fr' ? fr : en).wrong(title);
    document.title = marked;
    return () => {
      if (document.title === marked) document.title = title;
    };
  });
}

/** All that is wrong on a page; focused when it comes. */
export function ErrorSummary({
  title,
  faults,
}: {
  readonly title: string;
  readonly faults: readonly Fault[];
}): JSX.Element | null {
  const summary = useRef<HTMLDivElement>(null);
  const key = faults.map(({ field }) => field).join();
  useEffect(() => {
    if (key !== '') summary.current?.focus();
  }, [key]);
  useErrorTitle(faults.length > 0);
  if (faults.length === 0) return null;
  return (
    <div class="govuk-error-summary" tabIndex={-1} ref={summary}>
      <div role="alert">
        <h2 class="govuk-error-summary__title">{title}</h2>
        <div class="govuk-error-summary__body">
          <FaultLinks faults={faults} look="govuk-error-summary__list" />
        </div>
      </div>
    </div>
  );
}

/** The message beside a field. */
export function FieldError({ id, text }: { readonly id: string; readonly text: string }): JSX.Element {
  return (
    <p id={id} class="govuk-error-message">
      {text}
    </p>
  );
}

/** Saves a JSON document as a file of the reader's. */
export function save(name: string, document_: unknown): void {
  const url = URL.createObjectURL(
    new Blob([`${JSON.stringify(document_, null, 1)}\n`], { type: 'application/json' }),
  );
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** A hash or code in groups of four, for people to compare; copied without the gaps. */
export function Grouped({ code, name }: { readonly code: string; readonly name?: string }): JSX.Element {
  const groups = code.match(/.{1,4}/g) ?? [];
  return (
    <code class="grouped" data-name={name}>
      {groups.map((group, i) => (
        <span key={i}>{group}</span>
      ))}
    </code>
  );
}
