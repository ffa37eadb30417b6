/** "My vote": `/elections/<election>/my-vote#<receipt or voting code>`. The code never leaves the device. */
import type { JSX } from 'preact';
import { useCallback, useEffect, useState } from 'preact/hooks';
import type { Receipt } from '../../../record/receipt.ts';
import { Titles } from '../../texts/titles.ts';
import { proofsFor, stopOf } from './after.ts';
import { type MemberElection, readElection, readTexts, Untrue } from './election.ts';
import type { Evidence } from './evidence.ts';
import { type Asked, type Looked, look, parseAsked, parseSaved } from './lookup.ts';
import { evidenceOf, type Line, linesOf } from './my-vote-lines.ts';
import { ReportLink } from './report-link.tsx';
import { Scan } from './scan.tsx';
import { Button, ErrorSummary, FieldError, Notice, Screen } from './screen.tsx';
import { type PageProps, start } from './start.tsx';
import { Whom } from './whom.tsx';
import { switchInPlace, type Words, wordsFor } from './words.ts';

type State =
  | { readonly kind: 'asking'; readonly fault: 'bad' | 'badFile' | null }
  | { readonly kind: 'looking' }
  | { readonly kind: 'stopped'; readonly title: string; readonly text: string; readonly asked: Asked }
  | {
      readonly kind: 'untrue';
      readonly detail: string;
      readonly known: MemberElection | null;
      readonly titles: Titles | null;
      readonly receipt: Receipt | null;
    }
  | {
      readonly kind: 'looked';
      readonly looked: Looked;
      readonly known: MemberElection;
      readonly titles: Titles;
    };

function Lines({ lines, words }: { readonly lines: readonly Line[]; readonly words: Words }): JSX.Element {
  const { mine } = proofsFor(words);
  return (
    <ul class="findings">
      {lines.map(({ title, mark, text }) => (
        <li key={title} class={mark}>
          <h2>
            {title} <strong class="mark">{mine[mark]}</strong>
          </h2>
          {text.map((sentence) => (
            <p key={sentence}>{sentence}</p>
          ))}
        </li>
      ))}
    </ul>
  );
}

interface WhatToDoProps {
  readonly election: string;
  readonly known: MemberElection | null;
  readonly titles: Titles | null;
  readonly evidence: Partial<Evidence>;
  readonly isUrgent: boolean;
  readonly words: Words;
}

/** What to do if something is not right. */
function WhatToDo({ election, known, titles, evidence, isUrgent, words }: WhatToDoProps): JSX.Element {
  const { mine } = proofsFor(words);
  const disputes = known?.manifest.times.disputes ?? 0;
  const until = disputes === 0 ? null : mine.days(Math.floor(disputes / 86_400));
  return (
    <section>
      <h2>{mine.wrongTitle}</h2>
      <ol>
        {mine.wrongSteps(until).map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      <Whom titles={titles} words={words} isWhole />
      <ReportLink {...{ election, words, evidence, isUrgent }} />
    </section>
  );
}

interface AskingProps {
  readonly fault: 'bad' | 'badFile' | null;
  readonly words: Words;
  readonly onAsk: (asked: Asked | null, fault: 'bad' | 'badFile') => void;
}

function Asking({ fault, words, onAsk }: AskingProps): JSX.Element {
  const { mine } = proofsFor(words);
  const [text, type] = useState('');
  const wrong = fault === null ? null : mine[fault];
  const field = fault === 'badFile' ? 'file' : 'code';
  return (
    <Screen title={mine.title}>
      <ErrorSummary title={words.t.problem} faults={wrong === null ? [] : [{ field, text: wrong }]} />
      <p>{mine.text}</p>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          onAsk(parseAsked(text), 'bad');
        }}
      >
        <div class={`govuk-form-group${fault === 'bad' ? ' govuk-form-group--error' : ''}`}>
          <label class="govuk-label govuk-label--s" for="code">
            {mine.label}
          </label>
          <p class="govuk-hint" id="code-hint">
            {mine.hint}
          </p>
          {fault === 'bad' && <FieldError id="code-error" text={mine.bad} />}
          <input
            class="govuk-input code"
            id="code"
            value={text}
            onInput={({ currentTarget }) => type(currentTarget.value)}
            aria-describedby={fault === 'bad' ? 'code-hint code-error' : 'code-hint'}
            aria-invalid={fault === 'bad'}
            autocomplete="off"
            autocapitalize="none"
            spellcheck={false}
          />
        </div>
        <button type="submit" class="govuk-button">
          {mine.go}
        </button>
        <Scan words={words} onFound={(found) => onAsk(parseAsked(found), 'bad')} />
        <div class={`govuk-form-group${fault === 'badFile' ? ' govuk-form-group--error' : ''}`}>
          <label class="govuk-label govuk-label--s" for="file">
            {mine.file}
          </label>
          {fault === 'badFile' && <FieldError id="file-error" text={mine.badFile} />}
          <input
            class="govuk-file-upload"
            id="file"
            type="file"
            accept=".json,application/json"
            aria-describedby={fault === 'badFile' ? 'file-error' : undefined}
            aria-invalid={fault === 'badFile'}
            onChange={({ currentTarget: { files } }) => {
              const [file] = files ?? [];
              if (file !== undefined) void file.text().then((saved) => onAsk(parseSaved(saved), 'badFile'));
            }}
          />
        </div>
      </form>
    </Screen>
  );
}

function MyVote({ election, fragment }: PageProps): JSX.Element {
  const [words, setWords] = useState(() => wordsFor(document.documentElement.lang));
  const [state, setState] = useState<State>({ kind: 'asking', fault: null });
  const ask = useCallback(
    async (asked: Asked | null, fault: 'bad' | 'badFile'): Promise<void> => {
      if (asked === null) return setState({ kind: 'asking', fault });
      setState({ kind: 'looking' });
      let known: MemberElection | null = null;
      let titles: Titles | null = null;
      try {
        known = await readElection(election, Math.floor(Date.now() / 1000));
        titles = new Titles(await readTexts(known, document.documentElement.lang));
        setState({ kind: 'looked', looked: await look(known, asked), known, titles });
      } catch (error) {
        const stop = stopOf(error, words);
        if (stop !== null) return setState({ kind: 'stopped', title: stop[0], text: stop[1], asked });
        const detail = error instanceof Untrue ? error.message : String(error);
        const receipt = asked.kind === 'receipt' ? asked.receipt : null;
        setState({ kind: 'untrue', detail, known, titles, receipt });
      }
    },
    [election, words],
  );
  useEffect(() => {
    switchInPlace(setWords);
    if (fragment !== '') void ask(parseAsked(fragment), 'bad');
    // Once, when the page comes.
    // oxlint-disable-next-line exhaustive-deps
  }, []);
  const { mine } = proofsFor(words);
  const another = (
    <Button kind="plain" onPress={() => setState({ kind: 'asking', fault: null })}>
      {mine.another}
    </Button>
  );
  switch (state.kind) {
    case 'asking':
      return <Asking fault={state.fault} words={words} onAsk={(asked, fault) => void ask(asked, fault)} />;
    case 'looking':
      return <p role="status">{words.t.loading}</p>;
    case 'stopped':
      return (
        <Screen title={state.title}>
          <p>{state.text}</p>
          <Button onPress={() => void ask(state.asked, 'bad')}>{words.t.tryAgain}</Button>
        </Screen>
      );
    case 'untrue':
      return (
        <Screen title={mine.title}>
          <Notice>{mine.untrue}</Notice>
          <p>
            {words.t.stopped.found} <code>{state.detail}</code>
          </p>
          <WhatToDo
            {...{ election, words }}
            known={state.known}
            titles={state.titles}
            evidence={{ receipt: state.receipt, voter: state.receipt?.voter ?? null, found: state.detail }}
            isUrgent
          />
          {another}
        </Screen>
      );
    case 'looked': {
      const lines = linesOf(state.looked, state.known, state.titles, words);
      return (
        <Screen title={mine.title}>
          <Lines lines={lines} words={words} />
          <WhatToDo
            {...{ election, words }}
            known={state.known}
            titles={state.titles}
            evidence={evidenceOf(state.looked, state.known)}
            isUrgent={lines.some(({ mark }) => mark === 'wrong')}
          />
          {another}
        </Screen>
      );
    }
  }
}

start(MyVote);
