/**
 * The second device of a check: `/elections/<election>/check#<code>`. It works out by itself, from the code and the
 * public record, what the sealed ballot holds (docs/protocol.md §6.6).
 */
import type { JSX } from 'preact';
import { useCallback, useEffect, useState } from 'preact/hooks';
import { readOpenedBallot, type ShownBallot } from '../../../ballot/ballot-check.ts';
import { BallotError } from '../../../ballot/errors.ts';
import type { Contest } from '../../../ballot/manifest.ts';
import { completeOpened, type OpenedCode, parseOpenedCode } from '../../../ballot/opened-code.ts';
import { Titles } from '../../texts/titles.ts';
import { proofsFor, stopOf } from './after.ts';
import { ChosenSummary } from './chosen.tsx';
import { type MemberElection, readElection, readLine, readTexts, Untrue } from './election.ts';
import type { Evidence } from './evidence.ts';
import { ReportLink } from './report-link.tsx';
import { Scan } from './scan.tsx';
import { Button, ErrorSummary, FieldError, Grouped, Notice, Screen, save } from './screen.tsx';
import { type PageProps, start } from './start.tsx';
import { Whom } from './whom.tsx';
import { switchInPlace, type Words, wordsFor } from './words.ts';

interface Read {
  readonly shown: ShownBallot;
  readonly contests: readonly Contest[];
  readonly weight: number;
  readonly titles: Titles;
}

type State =
  | { readonly kind: 'asking'; readonly isBad: boolean }
  | { readonly kind: 'reading' }
  | { readonly kind: 'stopped'; readonly title: string; readonly text: string }
  | { readonly kind: 'wrong'; readonly detail: string; readonly found: string; readonly voter: number }
  | { readonly kind: 'read' | 'good' | 'bad'; readonly read: Read };

/** The code in a link, or by itself. */
const codeIn = (text: string): string => text.trim().split('#').at(-1) ?? '';

function contestsOf({ manifest }: MemberElection, college: string): Contest[] {
  return manifest.contests.filter(({ colleges }) => colleges.includes(college));
}

/** @throws BallotError for a ballot that is not what it has to be; Unreachable, Refused, Untrue. */
async function open(election: string, code: OpenedCode, lang: string): Promise<Read> {
  const known = await readElection(election, Math.floor(Date.now() / 1000));
  if (known.context === null) throw new BallotError('wrong-context', 'ctx', 'voting has not begun');
  const line = await readLine(known, code.voter);
  const opened = completeOpened(code, known.context, line);
  return {
    shown: readOpenedBallot(opened, known.context, line),
    contests: contestsOf(known, line.college),
    weight: line.weight,
    titles: new Titles(await readTexts(known, lang), known.manifest.rules),
  };
}

function Asking({
  isBad,
  words,
  onOpen,
}: {
  readonly isBad: boolean;
  readonly words: Words;
  readonly onOpen: (text: string) => void;
}): JSX.Element {
  const { second } = proofsFor(words);
  const [text, type] = useState('');
  return (
    <Screen title={second.title}>
      <ErrorSummary title={words.t.problem} faults={isBad ? [{ field: 'code', text: second.bad }] : []} />
      <p>{second.text}</p>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          onOpen(text);
        }}
      >
        <div class={`govuk-form-group${isBad ? ' govuk-form-group--error' : ''}`}>
          <label class="govuk-label govuk-label--s" for="code">
            {second.label}
          </label>
          <p class="govuk-hint" id="code-hint">
            {second.hint}
          </p>
          {isBad && <FieldError id="code-error" text={second.bad} />}
          <textarea
            class="govuk-textarea"
            id="code"
            rows={4}
            value={text}
            onInput={({ currentTarget }) => type(currentTarget.value)}
            aria-describedby={isBad ? 'code-hint code-error' : 'code-hint'}
            aria-invalid={isBad}
            autocomplete="off"
            spellcheck={false}
          />
        </div>
        <button type="submit" class="govuk-button">
          {second.go}
        </button>
      </form>
      <Scan words={words} onFound={onOpen} />
    </Screen>
  );
}

function Shown({
  read,
  words,
  onJudge,
}: {
  readonly read: Read;
  readonly words: Words;
  readonly onJudge: (isGood: boolean) => void;
}): JSX.Element {
  const { second } = proofsFor(words);
  const { check } = words.t;
  const { shown, contests, weight, titles } = read;
  return (
    <Screen title={second.shows}>
      <p>
        <strong>{second.compare}</strong>
      </p>
      <dl class="govuk-summary-list">
        <div class="govuk-summary-list__row">
          <dt class="govuk-summary-list__key">{check.voter}</dt>
          <dd class="govuk-summary-list__value">{String(shown.voter)}</dd>
        </div>
      </dl>
      <ChosenSummary {...{ contests, weight, titles, words }} choices={shown.choices} />
      <dl class="govuk-summary-list">
        <div class="govuk-summary-list__row">
          <dt class="govuk-summary-list__key">{check.number}</dt>
          <dd class="govuk-summary-list__value">
            <Grouped code={shown.fingerprint} name="fingerprint" />
          </dd>
        </div>
      </dl>
      <div class="govuk-button-group">
        <Button onPress={() => onJudge(true)}>{second.all}</Button>
        <button type="button" class="govuk-button govuk-button--warning" onClick={() => onJudge(false)}>
          {second.differs}
        </button>
      </div>
    </Screen>
  );
}

function Check({ election, fragment }: PageProps): JSX.Element {
  const [words, setWords] = useState(() => wordsFor(document.documentElement.lang));
  const [state, setState] = useState<State>({ kind: 'asking', isBad: false });
  const [code, setCode] = useState('');
  const look = useCallback(
    async (text: string): Promise<void> => {
      let parsed: OpenedCode;
      try {
        parsed = parseOpenedCode(codeIn(text));
      } catch {
        return setState({ kind: 'asking', isBad: true });
      }
      setCode(codeIn(text));
      setState({ kind: 'reading' });
      try {
        setState({ kind: 'read', read: await open(election, parsed, document.documentElement.lang) });
      } catch (error) {
        const stop = stopOf(error, words);
        if (stop !== null) return setState({ kind: 'stopped', title: stop[0], text: stop[1] });
        const { stopped } = words.t;
        if (error instanceof Untrue)
          return setState({ kind: 'stopped', title: stopped.untrueTitle, text: stopped.untrue });
        // Its message may tell what is in the ballot.
        const found = error instanceof BallotError ? error.code : 'fault';
        setState({ kind: 'wrong', detail: String(error), found, voter: parsed.voter });
      }
    },
    [election, words],
  );
  useEffect(() => {
    switchInPlace(setWords);
    if (fragment !== '') void look(fragment);
    // Once, when the page comes.
    // oxlint-disable-next-line exhaustive-deps
  }, []);
  const { second } = proofsFor(words);
  const report = (seen: unknown, evidence: Partial<Evidence>) => (
    <>
      <ReportLink {...{ election, words }} evidence={{ about: 'wrong-ballot', ...evidence }} isUrgent />
      <Button kind="plain" onPress={() => save('report.json', { election, code, seen })}>
        {words.t.report.save}
      </Button>
    </>
  );
  switch (state.kind) {
    case 'asking':
      return <Asking isBad={state.isBad} words={words} onOpen={(text) => void look(text)} />;
    case 'reading':
      return <p role="status">{words.t.loading}</p>;
    case 'stopped':
      return (
        <Screen title={state.title}>
          <p>{state.text}</p>
          <Button onPress={() => void look(code)}>{words.t.tryAgain}</Button>
        </Screen>
      );
    case 'wrong':
      return (
        <Screen title={second.wrong}>
          <Notice>{second.wrongText}</Notice>
          <p>
            {words.t.stopped.found} <code>{state.detail}</code>
          </p>
          {report(state.detail, { voter: state.voter, found: state.found })}
        </Screen>
      );
    case 'read':
      return (
        <Shown
          read={state.read}
          words={words}
          onJudge={(isGood) => setState({ kind: isGood ? 'good' : 'bad', read: state.read })}
        />
      );
    case 'good':
      return (
        <Screen title={second.good}>
          <p>{second.goodText}</p>
          <ReportLink {...{ election, words }} evidence={{ about: 'wrong-ballot' }} />
        </Screen>
      );
    case 'bad': {
      const { shown } = state.read;
      return (
        <Screen title={second.bad2}>
          <Notice>{second.badText}</Notice>
          <Whom titles={state.read.titles} words={words} isWhole />
          {report(state.read.shown, { voter: shown.voter, ballot: shown.fingerprint })}
        </Screen>
      );
    }
  }
}

start(Check);
