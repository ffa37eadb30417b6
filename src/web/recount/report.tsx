/** What a recount has found, in words: the verdict, the outcome, and every check with what was looked at and what failed where. */
import type { ComponentChildren, JSX } from 'preact';
import { CHECKS, type CheckName } from '../../record/problem.ts';
import { CHECK_TITLES, type Check, type CheckStatus, type ChecksSoFar } from '../../tally/verify/findings.ts';
import type { DecisionInWords } from '../result-in-words.ts';
import { findingInWords } from './finding-in-words.ts';
import type { RecountReport } from './messages.ts';
import { t } from './words.ts';

const SIGNS = { open: '…', pass: '✓', fail: '✗', unproven: '–' } as const;
const MOST_SHOWN = 10;

export interface Found {
  readonly report: RecountReport;
  readonly decisions: readonly DecisionInWords[];
  /** The election that was asked for. */
  readonly name: string;
  /** By the observer, and not by the page. */
  readonly isTyped: boolean;
}

interface StandingProps {
  readonly id: CheckName;
  /** Not over yet: `open`. */
  readonly status: CheckStatus | 'open';
  readonly children?: ComponentChildren;
}

function CheckStanding({ id, status, children }: StandingProps): JSX.Element {
  return (
    <div class="govuk-summary-list__row" data-check={id} data-status={status}>
      <dt class="govuk-summary-list__key">{t.names?.[id] ?? CHECK_TITLES[id]}</dt>
      <dd class="govuk-summary-list__value">
        <strong class={`verdict ${status}`}>
          <span aria-hidden="true">{SIGNS[status]} </span>
          {t.status[status]}
        </strong>{' '}
        {children}
      </dd>
    </div>
  );
}

/** While the recount goes on. */
export function ChecksUnderway({
  checks,
  isTyped,
}: {
  readonly checks: ChecksSoFar;
  readonly isTyped: boolean;
}): JSX.Element {
  const statusOf = (id: CheckName): CheckStatus | 'open' => {
    const status = checks[id] ?? 'open';
    return id === 'anchor' && status === 'pass' && !isTyped ? 'unproven' : status;
  };
  return (
    <dl class="govuk-summary-list">
      {CHECKS.map((id) => (
        <CheckStanding key={id} id={id} status={statusOf(id)} />
      ))}
    </dl>
  );
}

/** What a page says of itself anchors nothing. */
function honest(check: Check, isTyped: boolean): Check {
  if (check.id !== 'anchor' || check.status !== 'pass' || isTyped) return check;
  return { ...check, status: 'unproven', notes: [] };
}

function CheckRow({ check, why }: { readonly check: Check; readonly why: string | null }): JSX.Element {
  const { id, status, count, failed, failures, notes } = check;
  const places = status === 'fail' ? failures : notes;
  const all = status === 'fail' ? failed : notes.length;
  return (
    <CheckStanding id={id} status={status}>
      <small>({t.looked(count)})</small>
      {why !== null && <p>{why}</p>}
      {places.length > 0 && (
        <ul>
          {places.slice(0, MOST_SHOWN).map((finding, i) => {
            const { text, lang } = findingInWords(finding, t);
            return (
              <li key={i} lang={lang}>
                {text}
              </li>
            );
          })}
          {all > MOST_SHOWN && <li>{t.more(all - MOST_SHOWN)}</li>}
        </ul>
      )}
    </CheckStanding>
  );
}

function Decision({ heading, votes, sentences }: DecisionInWords): JSX.Element {
  return (
    <section>
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
  );
}

export function Report({ report, decisions, name, isTyped }: Found): JSX.Element {
  const checks = report.checks.map((check) => honest(check, isTyped));
  const count = (status: Check['status']): number => checks.filter((check) => check.status === status).length;
  return (
    <>
      <div class={`notice ${report.ok ? 'pass' : 'fail'}`} role="alert">
        <h2>
          <span aria-hidden="true">{report.ok ? SIGNS.pass : SIGNS.fail} </span>
          {report.ok ? t.holds : t.fails}
        </h2>
        <p>{report.ok ? t.holdsText(count('unproven')) : t.failsText(count('fail'))}</p>
        <p class="name">{isTyped ? t.typed(name) : t.fromAddress(name)}</p>
      </div>
      <h2>{t.outcome}</h2>
      {decisions.length === 0 && <p>{t.noOutcome}</p>}
      {decisions.map((decision) => (
        <Decision key={decision.heading} {...decision} />
      ))}
      <h2>{t.checks}</h2>
      <dl class="govuk-summary-list">
        {checks.map((check) => (
          <CheckRow
            key={check.id}
            check={check}
            why={check.id === 'anchor' && check.status === 'unproven' ? t.anchorFromAddress : null}
          />
        ))}
      </dl>
    </>
  );
}
