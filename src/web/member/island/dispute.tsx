/**
 * The page of reports: `/elections/<election>/dispute#<evidence>`. What is sent is published at once (docs/protocol.md
 * §5.8): the member's words, and the proof that another page has handed over. What is filled in stays in the tab until
 * it has arrived.
 */
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { disputes as enDisputes } from '../../texts/en/disputes.ts';
import { disputes as frDisputes } from '../../texts/fr/disputes.ts';
import { type Answer, type DisputeFault, type Filled, fileDispute, fillIn } from './dispute-form.ts';
import { parseEvidence } from './evidence.ts';
import { readReport, writeReport } from './memory.ts';
import { Scan } from './scan.tsx';
import { Button, ErrorSummary, FieldError, Grouped, Notice, Screen, save } from './screen.tsx';
import { type PageProps, start } from './start.tsx';
import { switchInPlace, type Words, wordsFor } from './words.ts';

const textsFor = ({ lang }: Words) => (lang === 'fr' ? frDisputes : enDisputes);

const MOST = 2000;

type Subject = Filled['evidence']['about'];

interface Described {
  readonly 'aria-describedby': string;
  readonly 'aria-invalid': boolean;
}

interface FieldProps {
  readonly id: string;
  readonly label: string;
  readonly hint: string;
  readonly fault: string | undefined;
  readonly children: (described: Described) => JSX.Element;
}

function Field({ id, label, hint, fault, children }: FieldProps): JSX.Element {
  const isWrong = fault !== undefined;
  return (
    <div class={`govuk-form-group${isWrong ? ' govuk-form-group--error' : ''}`}>
      <label class="govuk-label govuk-label--s" for={id}>
        {label}
      </label>
      <p class="govuk-hint" id={`${id}-hint`}>
        {hint}
      </p>
      {isWrong && <FieldError id={`${id}-error`} text={fault} />}
      {children({
        'aria-describedby': isWrong ? `${id}-hint ${id}-error` : `${id}-hint`,
        'aria-invalid': isWrong,
      })}
    </div>
  );
}

interface SubjectsProps {
  readonly filled: Filled;
  readonly fault: string | undefined;
  readonly words: Words;
  readonly onPick: (about: Subject) => void;
}

function Subjects({ filled, fault, words, onPick }: SubjectsProps): JSX.Element {
  const { about, form } = textsFor(words);
  return (
    <div class={`govuk-form-group${fault === undefined ? '' : ' govuk-form-group--error'}`}>
      <fieldset class="govuk-fieldset">
        <legend class="govuk-fieldset__legend govuk-fieldset__legend--s">{form.about}</legend>
        {fault !== undefined && <FieldError id="about-error" text={fault} />}
        <div class="govuk-radios">
          {(Object.entries(about) as [Subject, string][]).map(([subject, label], i) => (
            <div class="govuk-radios__item" key={subject}>
              <input
                class="govuk-radios__input"
                type="radio"
                name="about"
                id={i === 0 ? 'about' : `about-${subject}`}
                checked={filled.isChosen && filled.evidence.about === subject}
                onChange={() => onPick(subject)}
              />
              <label class="govuk-label govuk-radios__label" for={i === 0 ? 'about' : `about-${subject}`}>
                {label}
              </label>
            </div>
          ))}
        </div>
      </fieldset>
    </div>
  );
}

/** What goes with it: as it was handed over, or a receipt that the member adds. */
function Proof({ filled, fault, words, onFill }: FormPart): JSX.Element {
  const { form } = textsFor(words);
  const { receipt, ballot, found } = filled.evidence;
  return (
    <section>
      <h2>{form.proof}</h2>
      {receipt !== null && <p>{form.receipt(String(receipt.index))}</p>}
      {ballot !== null && (
        <p>
          {form.ballot} <Grouped code={ballot} />
        </p>
      )}
      {found !== null && (
        <p>
          {form.found} <code>{found}</code>
        </p>
      )}
      {receipt === null && (
        <Field id="receipt" label={form.addReceipt} hint={form.receiptHint} fault={fault('receipt')}>
          {(described) => (
            <input
              class="govuk-input code"
              id="receipt"
              value={filled.receipt}
              onInput={({ currentTarget }) => onFill({ receipt: currentTarget.value })}
              {...described}
              autocomplete="off"
              autocapitalize="none"
              spellcheck={false}
            />
          )}
        </Field>
      )}
      {receipt === null && <Scan words={words} onFound={(code) => onFill({ receipt: code })} />}
      <Field id="voter" label={form.voter} hint={form.voterHint} fault={fault('voter')}>
        {(described) => (
          <input
            class="govuk-input govuk-input--width-10"
            id="voter"
            value={filled.voter}
            onInput={({ currentTarget }) => onFill({ voter: currentTarget.value })}
            {...described}
            inputMode="numeric"
            autocomplete="off"
          />
        )}
      </Field>
    </section>
  );
}

interface FormPart {
  readonly filled: Filled;
  readonly fault: (field: DisputeFault['field']) => string | undefined;
  readonly words: Words;
  readonly onFill: (change: Partial<Filled>) => void;
}

interface FormProps extends Omit<FormPart, 'fault'> {
  readonly answer: Answer | null;
  readonly busy: boolean;
  readonly onSend: () => void;
}

function faultInWords({ kind }: DisputeFault, words: Words): string {
  const { form } = textsFor(words);
  return kind === 'tooLong' ? form.tooLong(MOST) : form[kind];
}

function Form({ filled, answer, busy, words, onFill, onSend }: FormProps): JSX.Element {
  const { form } = textsFor(words);
  const faults = answer?.kind === 'faults' ? answer.faults : [];
  const fault: FormPart['fault'] = (field) => {
    const found = faults.find((one) => one.field === field);
    return found && faultInWords(found, words);
  };
  return (
    <Screen title={form.title}>
      <ErrorSummary
        title={words.t.problem}
        faults={faults.map((one) => ({ field: one.field, text: faultInWords(one, words) }))}
      />
      <p>{form.text}</p>
      {answer?.kind === 'lost' && <Notice>{form.lost}</Notice>}
      {answer?.kind === 'too-many' && <Notice>{form.tooMany}</Notice>}
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (!busy) onSend();
        }}
      >
        <Subjects
          {...{ filled, words }}
          fault={fault('about')}
          onPick={(about) => onFill({ isChosen: true, evidence: { ...filled.evidence, about } })}
        />
        <Field id="text" label={form.words} hint={form.hint} fault={fault('text')}>
          {(described) => (
            <textarea
              class="govuk-textarea"
              id="text"
              rows={6}
              value={filled.text}
              onInput={({ currentTarget }) => onFill({ text: currentTarget.value })}
              {...described}
              aria-describedby={`${described['aria-describedby']} text-left`}
            />
          )}
        </Field>
        <p class="govuk-hint" id="text-left">
          {form.left(Math.max(0, MOST - filled.text.length))}
        </p>
        <Proof {...{ filled, fault, words, onFill }} />
        <button type="submit" class="govuk-button" aria-disabled={busy}>
          {busy ? form.sending : form.go}
        </button>
        <p role="status">{busy && form.sending}</p>
      </form>
    </Screen>
  );
}

interface DoneProps {
  readonly election: string;
  readonly answer: Extract<Answer, { kind: 'filed' }>;
  readonly words: Words;
}

function Done({ election, answer: { filed, dispute }, words }: DoneProps): JSX.Element {
  const { form, findings } = textsFor(words);
  return (
    <div class="ended">
      <Screen title={form.done}>
        <p class="lead">{form.doneText}</p>
        <p>{findings[filed.finding]}</p>
        <p>
          {form.number} <Grouped code={filed.name} name="report" />
        </p>
        <p>{form.keep}</p>
        <Button kind="plain" onPress={() => save(`report-${filed.name.slice(0, 8)}.json`, dispute)}>
          {form.save}
        </Button>
        <p>{form.urgent}</p>
        <p>
          <a href={`/elections/${election}/disputes?lang=${words.lang}#${filed.name}`}>{form.see}</a>
        </p>
      </Screen>
    </div>
  );
}

function Dispute({ election, fragment }: PageProps): JSX.Element {
  const [words, setWords] = useState(() => wordsFor(document.documentElement.lang));
  const [filled, setFilled] = useState<Filled>(() =>
    fragment === ''
      ? (readReport(election) ?? fillIn(parseEvidence(election, '')))
      : fillIn(parseEvidence(election, fragment)),
  );
  const [answer, setAnswer] = useState<Answer | null>(null);
  const [busy, setBusy] = useState(false);
  useEffect(() => switchInPlace(setWords), []);
  useEffect(
    () => writeReport(election, answer?.kind === 'filed' ? null : filled),
    [answer, election, filled],
  );
  const { form } = textsFor(words);
  const send = async (): Promise<void> => {
    setBusy(true);
    setAnswer(await fileDispute(election, filled, form.missing));
    setBusy(false);
  };
  if (answer?.kind === 'filed') return <Done {...{ election, answer, words }} />;
  if (answer?.kind === 'closed' || answer?.kind === 'unknown') {
    const isClosed = answer.kind === 'closed';
    return (
      <Screen title={isClosed ? form.closedTitle : words.t.stopped.unknownTitle}>
        <p>{isClosed ? form.closed : words.t.stopped.unknown}</p>
        <p>
          <a href={`/elections/${election}/disputes?lang=${words.lang}`}>{form.see}</a>
        </p>
      </Screen>
    );
  }
  return (
    <Form
      {...{ filled, answer, busy, words }}
      onFill={(change) => setFilled({ ...filled, ...change })}
      onSend={() => void send()}
    />
  );
}

start(Dispute);
