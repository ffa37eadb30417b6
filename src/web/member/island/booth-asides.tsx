/** The booth's other screens: code, check, conflict, and what stops a voter. */
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { encodeOpenedCode } from '../../../ballot/opened-code.ts';
import type { Titles } from '../../texts/titles.ts';
import type { Booth } from './booth.ts';
import type { CodeFault, Scene } from './booth-scene.ts';
import type { BoothProps } from './booth-screens.tsx';
import { ChosenSummary } from './chosen.tsx';
import { choicesOf } from './drafts.ts';
import type { Evidence } from './evidence.ts';
import { fitsQr, Qr } from './qr.tsx';
import { ReportLink } from './report-link.tsx';
import { Button, ErrorSummary, FieldError, Grouped, Notice, Screen, save } from './screen.tsx';
import { Whom } from './whom.tsx';
import type { Words } from './words.ts';

function codeFaultIn(fault: CodeFault, { t: { code } }: Words): string {
  switch (fault.kind) {
    case 'empty':
      return code.empty;
    case 'short':
      return code.short(fault.n);
    case 'mistyped':
      return code.mistyped;
    case 'not-on-roll':
      return code.notOnRoll;
  }
}

interface CodeProps {
  readonly booth: Booth;
  readonly words: Words;
  readonly scene: Extract<Scene, { kind: 'code' }>;
}

export function CodeScreen({ booth, words, scene: { fault } }: CodeProps): JSX.Element {
  const { code, problem } = words.t;
  const [typed, type] = useState('');
  const wrong = fault === null ? null : codeFaultIn(fault, words);
  return (
    <Screen title={code.title}>
      <ErrorSummary title={problem} faults={wrong === null ? [] : [{ field: 'code', text: wrong }]} />
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void booth.enter(typed);
        }}
      >
        <div class={`govuk-form-group${wrong === null ? '' : ' govuk-form-group--error'}`}>
          <label class="govuk-label govuk-label--s" for="code">
            {code.label}
          </label>
          <p class="govuk-hint" id="code-hint">
            {code.hint}
          </p>
          {wrong !== null && <FieldError id="code-error" text={wrong} />}
          <input
            class={`govuk-input code${wrong === null ? '' : ' govuk-input--error'}`}
            id="code"
            value={typed}
            onInput={({ currentTarget }) => type(currentTarget.value)}
            aria-describedby={wrong === null ? 'code-hint' : 'code-hint code-error'}
            aria-invalid={wrong !== null}
            autocomplete="off"
            autocapitalize="characters"
            spellcheck={false}
          />
        </div>
        <p>{code.stays}</p>
        <button type="submit" class="govuk-button">
          {code.go}
        </button>
      </form>
    </Screen>
  );
}

type CheckProps = BoothProps & { readonly scene: Extract<Scene, { kind: 'check' }> };

export function CheckScreen({ booth, titles, words, scene }: CheckProps): JSX.Element {
  const { check } = words.t;
  const { opened, ballot } = scene;
  const link = `${location.origin}/elections/${booth.election}/check#${encodeOpenedCode(opened)}`;
  return (
    <Screen title={check.title}>
      <Notice>{check.notCast}</Notice>
      <ol>
        {check.steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      {fitsQr(link) ? <Qr text={link} label={check.qr} /> : <p>{check.tooLarge}</p>}
      <details>
        <summary>{check.link}</summary>
        <p>
          <code class="long">{link}</code>
        </p>
      </details>
      <h2>{check.compare}</h2>
      <dl class="govuk-summary-list">
        <div class="govuk-summary-list__row">
          <dt class="govuk-summary-list__key">{check.voter}</dt>
          <dd class="govuk-summary-list__value">{String(opened.voter)}</dd>
        </div>
      </dl>
      <ChosenSummary
        contests={booth.contests}
        weight={opened.weight}
        choices={choicesOf(booth.contests, opened.weight, booth.drafts)}
        titles={titles}
        words={words}
      />
      <dl class="govuk-summary-list">
        <div class="govuk-summary-list__row">
          <dt class="govuk-summary-list__key">{check.number}</dt>
          <dd class="govuk-summary-list__value">
            <Grouped code={ballot.fingerprint} name="fingerprint" />
          </dd>
        </div>
      </dl>
      <div class="govuk-button-group">
        <Button onPress={() => void booth.review('fresh')}>{check.same}</Button>
        <button type="button" class="govuk-button govuk-button--warning" onClick={() => booth.report()}>
          {check.differs}
        </button>
      </div>
    </Screen>
  );
}

export function ReportScreen({ booth, titles, words, scene }: CheckProps): JSX.Element {
  const { report } = words.t;
  const { opened, ballot, receipt } = scene;
  return (
    <Screen title={report.title}>
      <Notice>{report.doNot}</Notice>
      <ol>
        {report.steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      <Whom titles={titles} words={words} isWhole />
      <ReportLink
        election={booth.election}
        words={words}
        evidence={{ about: 'wrong-ballot', voter: opened.voter, receipt, ballot: ballot.fingerprint }}
        isUrgent
      />
      <div class="govuk-button-group">
        <Button
          kind="plain"
          onPress={() =>
            save(`report-${opened.voter}.json`, { opened, fingerprint: ballot.fingerprint, receipt })
          }
        >
          {report.save}
        </Button>
        <Button kind="plain" onPress={() => void booth.review('fresh')}>
          {report.goOn}
        </Button>
      </div>
    </Screen>
  );
}

interface ConflictProps {
  readonly booth: Booth;
  readonly titles: Titles | null;
  readonly words: Words;
  readonly scene: Extract<Scene, { kind: 'conflict' }>;
}

export function ConflictScreen({
  booth,
  titles,
  words,
  scene: { head, isDenied },
}: ConflictProps): JSX.Element {
  const { conflict } = words.t;
  const entry = String(head.receipt.index);
  if (isDenied) {
    return (
      <Screen title={conflict.noTitle}>
        <p>{conflict.noText(entry)}</p>
        <Whom titles={titles} words={words} />
        <ReportLink
          election={booth.election}
          words={words}
          evidence={{ about: 'not-mine', voter: head.receipt.voter, receipt: head.receipt }}
          isUrgent
        />
        <div class="govuk-button-group">
          <Button onPress={() => booth.ownUp()}>{conflict.goOn}</Button>
        </div>
      </Screen>
    );
  }
  return (
    <Screen title={conflict.title}>
      <p>{conflict.text(entry)}</p>
      <p>{conflict.yesThen}</p>
      <div class="govuk-button-group">
        <Button onPress={() => booth.answer(true)}>{conflict.yes}</Button>
        <Button kind="plain" onPress={() => booth.answer(false)}>
          {conflict.no}
        </Button>
      </div>
    </Screen>
  );
}

interface SendingProps {
  readonly booth: Booth;
  readonly words: Words;
  readonly scene: Extract<Scene, { kind: 'sending' }>;
}

/** The vote was on its way when the page was loaded again. */
export function SendingScreen({ booth, words, scene: { isLost } }: SendingProps): JSX.Element {
  const { review, stages, tryAgain } = words.t;
  return (
    <Screen title={review.casting} stage={stages.review}>
      <p>{review.resumed}</p>
      {isLost && <Notice>{review.lost}</Notice>}
      {isLost && <Button onPress={() => void booth.resume()}>{tryAgain}</Button>}
    </Screen>
  );
}

interface StoppedProps {
  readonly booth: Booth;
  readonly titles: Titles | null;
  readonly words: Words;
  readonly scene: Extract<Scene, { kind: 'stopped' }>;
}

function stopInWords(
  { why, detail }: StoppedProps['scene'],
  booth: Booth,
  { t: { stopped }, format }: Words,
): readonly [string, string] {
  switch (why) {
    case 'offline':
      return [stopped.offlineTitle, stopped.offline];
    case 'preparing':
      return [stopped.preparingTitle, stopped.preparing];
    case 'scheduled':
      return [stopped.preparingTitle, stopped.scheduled(format.time(booth.known?.opens ?? 0))];
    case 'closed':
      return [stopped.closedTitle, stopped.closed];
    case 'closed-now':
      return [stopped.closedTitle, stopped.closedNow];
    case 'abandoned':
      return [stopped.abandonedTitle, stopped.abandoned(detail ?? '')];
    case 'unknown':
      return [stopped.unknownTitle, stopped.unknown];
    case 'untrue':
      return [stopped.untrueTitle, stopped.untrue];
    case 'promise':
      return [stopped.promiseTitle, stopped.promise];
    case 'denied':
      return [stopped.deniedTitle, stopped.denied];
    case 'replaced':
      return [stopped.replacedTitle, stopped.replaced];
    case 'refused':
      return [stopped.refusedTitle, stopped.refused(detail ?? '')];
  }
}

/** What a report of it says; null for what is nobody's fault. */
function stopEvidence({ why, detail, receipt }: StoppedProps['scene']): Partial<Evidence> | null {
  const voter = receipt?.voter ?? null;
  if (why === 'replaced') return { about: 'other' };
  if (why === 'untrue') return { about: 'other', found: detail };
  const isDue = why === 'denied' || why === 'promise' || why === 'refused';
  return isDue ? { about: 'not-recorded', voter, receipt, found: detail } : null;
}

export function StoppedScreen({ booth, titles, words, scene }: StoppedProps): JSX.Element {
  const { stopped, tryAgain, toElection } = words.t;
  const { why, detail } = scene;
  const evidence = stopEvidence(scene);
  const [title, text] = stopInWords(scene, booth, words);
  const isOver = why === 'closed' || why === 'closed-now';
  return (
    <Screen title={title}>
      <p>{text}</p>
      {(why === 'untrue' || why === 'promise') && detail !== null && (
        <p>
          {stopped.found} <code>{detail}</code>
        </p>
      )}
      {evidence !== null && <Whom titles={titles} words={words} isWhole />}
      {evidence !== null && <ReportLink election={booth.election} {...{ words, evidence }} isUrgent />}
      {(why === 'offline' || why === 'preparing' || why === 'scheduled' || why === 'promise') && (
        <Button onPress={() => void booth.load()}>{tryAgain}</Button>
      )}
      {isOver && (
        <p>
          <a href={`/elections/${booth.election}/my-vote?lang=${words.lang}#${booth.code}`}>
            {stopped.myVote}
          </a>
        </p>
      )}
      <p>
        <a href={`/elections/${booth.election}?lang=${words.lang}`}>{toElection}</a>
      </p>
    </Screen>
  );
}
