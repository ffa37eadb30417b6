/** "My vote": `/elections/<election>/my-vote#<receipt or voting code>`. The code never leaves the device. */
import type { JSX } from 'preact';
import { useCallback, useEffect, useState } from 'preact/hooks';
import { Titles } from '../../texts/titles.ts';
import { proofsFor, stopOf } from './after.ts';
import { type MemberElection, readElection, readTexts, Untrue } from './election.ts';
import { type Asked, type Found, type Looked, look, parseAsked, parseSaved } from './lookup.ts';
import { Button, ErrorSummary, FieldError, Notice, Screen, save } from './screen.tsx';
import { type PageProps, start } from './start.tsx';
import { switchInPlace, type Words, wordsFor } from './words.ts';

type Mark = 'right' | 'wrong' | 'open';

interface Line {
  readonly title: string;
  readonly mark: Mark;
  readonly text: readonly string[];
}

type State =
  | { readonly kind: 'asking'; readonly fault: 'bad' | 'badFile' | null }
  | { readonly kind: 'looking' }
  | { readonly kind: 'stopped'; readonly title: string; readonly text: string; readonly asked: Asked }
  | { readonly kind: 'untrue'; readonly detail: string; readonly known: MemberElection | null }
  | {
      readonly kind: 'looked';
      readonly looked: Looked;
      readonly known: MemberElection;
      readonly titles: Titles;
    };

const capital = (id: string): string => id.charAt(0).toUpperCase() + id.slice(1);

function rollLine({ voter, line }: Found, titles: Titles, words: Words): Line {
  const { mine } = proofsFor(words);
  if (voter === null || line === null)
    return { title: mine.onRollTitle, mark: 'open', text: [mine.rollNotYet] };
  const bodies =
    line.bodies.length === 0 ? mine.noBodies : mine.bodies(words.format.list(line.bodies.map(capital)));
  const text = [
    mine.onRoll(titles.college(line.college), words.format.number(voter)),
    bodies,
    mine.wrongBranch,
  ];
  return { title: mine.onRollTitle, mark: 'right', text };
}

function recordedLine({ receipt }: Found, words: Words): Line {
  const { mine } = proofsFor(words);
  if (receipt === null) return { title: mine.recordedTitle, mark: 'open', text: [mine.notRecorded] };
  const entry = words.format.number(receipt.index);
  const text = receipt.type === 'check' ? mine.isCheck(entry) : mine.recorded(entry);
  return { title: mine.recordedTitle, mark: 'right', text: [text] };
}

function countedLine({ receipt, counted }: Found, words: Words): Line {
  const { mine } = proofsFor(words);
  const line = (mark: Mark, text: string): Line => ({ title: mine.countedTitle, mark, text: [text] });
  if (counted === 'not-yet') return line('open', mine.countedNotYet);
  if (counted === 'this') return line('right', mine.counted);
  if (counted === 'none')
    return receipt === null ? line('right', mine.nobody) : line('wrong', mine.notCounted);
  return receipt === null ? line('wrong', mine.counted2) : line('open', mine.countedOther);
}

function linesOf(looked: Looked, titles: Titles, words: Words): Line[] {
  const { mine } = proofsFor(words);
  if (looked.kind === 'not-on-roll')
    return [{ title: mine.onRollTitle, mark: 'wrong', text: [mine.notOnRoll] }];
  if (looked.kind === 'missing') return [{ title: mine.recordedTitle, mark: 'wrong', text: [mine.missing] }];
  const { found } = looked;
  const isCheck = found.receipt?.type === 'check';
  return [
    rollLine(found, titles, words),
    recordedLine(found, words),
    ...(isCheck ? [] : [countedLine(found, words)]),
  ];
}

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

/** What to do if something is not right. */
function WhatToDo({
  known,
  report,
  words,
}: {
  readonly known: MemberElection | null;
  readonly report: unknown;
  readonly words: Words;
}): JSX.Element {
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
      <Button kind="plain" onPress={() => save('report.json', report)}>
        {mine.report}
      </Button>
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
            aria-describedby="code-hint"
            autocomplete="off"
            autocapitalize="none"
            spellcheck={false}
          />
        </div>
        <button type="submit" class="govuk-button">
          {mine.go}
        </button>
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
      try {
        known = await readElection(election, Math.floor(Date.now() / 1000));
        const titles = new Titles(await readTexts(known, document.documentElement.lang));
        setState({ kind: 'looked', looked: await look(known, asked), known, titles });
      } catch (error) {
        const stop = stopOf(error, words);
        if (stop !== null) return setState({ kind: 'stopped', title: stop[0], text: stop[1], asked });
        setState({ kind: 'untrue', detail: error instanceof Untrue ? error.message : String(error), known });
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
          <WhatToDo known={state.known} report={{ election, found: state.detail }} words={words} />
          {another}
        </Screen>
      );
    case 'looked':
      return (
        <Screen title={mine.title}>
          <Lines lines={linesOf(state.looked, state.titles, words)} words={words} />
          <WhatToDo known={state.known} report={{ election, found: state.looked }} words={words} />
          {another}
        </Screen>
      );
  }
}

start(MyVote);
