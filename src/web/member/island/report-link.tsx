/** The way from a check to the page of reports. */
import type { JSX } from 'preact';
import { type Evidence, reportLink } from './evidence.ts';
import type { Words } from './words.ts';

interface ReportLinkProps {
  readonly election: string;
  readonly words: Words;
  readonly evidence?: Partial<Evidence>;
  /** Beside a check that fails, it is a button. */
  readonly isUrgent?: boolean;
}

export function ReportLink({ election, words, evidence, isUrgent = false }: ReportLinkProps): JSX.Element {
  return (
    <p class="report">
      <a
        href={reportLink(election, words.lang, evidence)}
        class={isUrgent ? 'govuk-button govuk-button--warning' : undefined}
      >
        {words.t.reportProblem}
      </a>
    </p>
  );
}
