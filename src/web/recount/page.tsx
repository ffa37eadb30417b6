/** The page of a recount: one button, what was checked, and the outcome in words. What comes back from the record is hostile. */

// oxlint-disable-next-line no-unassigned-import
import '../trustee/island/no-eval.ts';
import type { JSX } from 'preact';
import { render } from 'preact';
import { useState } from 'preact/hooks';
import { textsDocument } from '../../ballot/manifest.ts';
import { parseDocument } from '../../record/envelope.ts';
import { readBlob } from '../../record/record-source.ts';
import type { Check } from '../../tally/verify/findings.ts';
import type { Progress } from '../../tally/verify/verify-record.ts';
import { type DecisionInWords, decisionsInWords } from '../result-in-words.ts';
import { decisions as enDecisions } from '../texts/en/decisions.ts';
import { recount as en, type RecountTexts } from '../texts/en/recount.ts';
import { decisions as frDecisions } from '../texts/fr/decisions.ts';
import { recount as fr } from '../texts/fr/recount.ts';
import { Titles, visible } from '../texts/titles.ts';
import { fetchedRecord } from './fetched-record.ts';
import type { RecountReport } from './messages.ts';
import { recountRecord } from './recount.ts';

/** The address of the worker's script, set where this is bundled. */
declare const WORKER_PATH: string;

const isFrench = document.documentElement.lang === 'fr';
const t: RecountTexts = isFrench ? fr : en;
const SIGNS = { pass: '✓', fail: '✗', unproven: '–' } as const;
const MOST_SHOWN = 10;
const NAME = /^[A-Za-z0-9_-]{43}$/;

interface Found {
  readonly report: RecountReport;
  readonly decisions: readonly DecisionInWords[];
  readonly name: string;
  readonly isTyped: boolean;
}

type State =
  | { readonly kind: 'ready'; readonly isBad: boolean }
  | { readonly kind: 'working'; readonly progress: Progress | null }
  | { readonly kind: 'found'; readonly found: Found }
  | { readonly kind: 'failed'; readonly why: string };

/** The outcome with titles, whose texts are those that the recounted manifest names. */
async function decisionsOf(record: string, { manifest, result }: RecountReport): Promise<DecisionInWords[]> {
  if (manifest === null || result === null) return [];
  const named = manifest.texts.find(({ lang }) => lang === t.lang) ?? manifest.texts[0];
  if (named === undefined) return [];
  const texts = parseDocument(textsDocument, await readBlob(fetchedRecord(record), named.blob));
  const words = isFrench ? frDecisions : enDecisions;
  return decisionsInWords(manifest, result, new Titles(texts, manifest.rules), words).filter(
    (told) => told !== null,
  );
}

function CheckRow({ id, title, status, count, failed, failures, notes }: Check): JSX.Element {
  const places = status === 'fail' ? failures : notes;
  const all = status === 'fail' ? failed : notes.length;
  return (
    <div class="govuk-summary-list__row" data-check={id} data-status={status}>
      <dt class="govuk-summary-list__key">{t.names?.[id] ?? title}</dt>
      <dd class="govuk-summary-list__value">
        <strong>
          <span aria-hidden="true">{SIGNS[status]} </span>
          {t.status[status]}
        </strong>{' '}
        <small>({t.looked(count)})</small>
        {places.length > 0 && (
          <ul lang="en">
            {places.slice(0, MOST_SHOWN).map(({ where, why }, i) => (
              <li key={i}>{visible(`${where}: ${why}`)}</li>
            ))}
            {all > MOST_SHOWN && <li lang={t.lang}>{t.more(all - MOST_SHOWN)}</li>}
          </ul>
        )}
      </dd>
    </div>
  );
}

function Report({ report, decisions, name, isTyped }: Found): JSX.Element {
  const count = (status: Check['status']): number =>
    report.checks.filter((check) => check.status === status).length;
  return (
    <>
      <div class={report.ok ? 'govuk-inset-text' : 'notice'} role="alert">
        <h2>
          <span aria-hidden="true">{report.ok ? SIGNS.pass : SIGNS.fail} </span>
          {report.ok ? t.holds : t.fails}
        </h2>
        <p>{report.ok ? t.holdsText(count('unproven')) : t.failsText(count('fail'))}</p>
        <p class="name">{isTyped ? t.typed(name) : t.fromAddress(name)}</p>
      </div>
      <h2>{t.outcome}</h2>
      {decisions.length === 0 && <p>{t.noOutcome}</p>}
      {decisions.map(({ heading, votes, sentences }) => (
        <section key={heading}>
          <h3>{heading}</h3>
          <ul>
            {votes.map(({ option, votes: n, note }) => (
              <li key={option}>
                {option}: {n.toLocaleString(t.lang)} {note}
              </li>
            ))}
          </ul>
          {sentences.map((sentence) => (
            <p key={sentence}>{sentence}</p>
          ))}
        </section>
      ))}
      <h2>{t.checks}</h2>
      <dl class="govuk-summary-list">
        {report.checks.map((check) => (
          <CheckRow key={check.id} {...check} />
        ))}
      </dl>
    </>
  );
}

function Working({ progress }: { readonly progress: Progress | null }): JSX.Element {
  const { stage, done, total } = progress ?? { stage: 'entries' as const, done: 0, total: 0 };
  return (
    <div>
      <p role="status">{t.stages[stage]}</p>
      <progress aria-label={t.working} max={Math.max(total, 1)} value={done} />
      {stage === 'entries' && total > 0 && <p>{t.progress(done, total)}</p>}
    </div>
  );
}

function Recount({ election }: { readonly election: string }): JSX.Element {
  const [typed, type] = useState('');
  const [state, show] = useState<State>({ kind: 'ready', isBad: false });
  const recount = async (): Promise<void> => {
    if (state.kind === 'working') return;
    const own = typed.replaceAll(/\s/g, '');
    if (own !== '' && !NAME.test(own)) return show({ kind: 'ready', isBad: true });
    show({ kind: 'working', progress: null });
    const record = `${location.origin}/elections/${election}/record`;
    const name = own || election;
    try {
      const report = await recountRecord(WORKER_PATH, { record, anchor: { manifest: name } }, (progress) =>
        show({ kind: 'working', progress }),
      );
      const decisions = await decisionsOf(record, report);
      show({ kind: 'found', found: { report, decisions, name, isTyped: own !== '' } });
    } catch (error) {
      show({ kind: 'failed', why: visible(error instanceof Error ? error.message : String(error)) });
    }
  };
  const isBad = state.kind === 'ready' && state.isBad;
  return (
    <>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void recount();
        }}
      >
        <div class={`govuk-form-group${isBad ? ' govuk-form-group--error' : ''}`}>
          <label class="govuk-label" for="name">
            {t.label}
          </label>
          <p class="govuk-hint" id="name-hint">
            {t.hint}
          </p>
          {isBad && (
            <p class="govuk-error-message" id="name-error" role="alert">
              {t.bad}
            </p>
          )}
          <input
            class="govuk-input"
            id="name"
            value={typed}
            onInput={({ currentTarget }) => type(currentTarget.value)}
            aria-describedby={isBad ? 'name-hint name-error' : 'name-hint'}
            autocomplete="off"
            spellcheck={false}
          />
        </div>
        <button type="submit" class="govuk-button" aria-disabled={state.kind === 'working'}>
          {state.kind === 'found' || state.kind === 'failed' ? t.again : t.go}
        </button>
      </form>
      {state.kind === 'working' && <Working progress={state.progress} />}
      {state.kind === 'failed' && (
        <div class="notice" role="alert">
          <h2>{t.failed}</h2>
          <p>{t.failedText}</p>
          <p lang="en">{state.why}</p>
        </div>
      )}
      {state.kind === 'found' && <Report {...state.found} />}
    </>
  );
}

const root = document.querySelector<HTMLElement>('#recount');
if (root !== null) {
  root.replaceChildren();
  render(<Recount election={root.dataset['election'] ?? ''} />, root);
}
