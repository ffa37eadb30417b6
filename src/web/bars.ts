/** Votes as a table with a bar in each row: the numbers are text, the picture only shows their proportion. */
import { html } from 'hono/html';
import type { Html } from './layout.ts';
import { percentage } from './result-in-words.ts';
import type { Catalogue } from './texts/languages.ts';

export interface Bar {
  readonly label: string;
  readonly votes: number;
  /** What a vote is here, e.g. `Elected`. */
  readonly mark?: string;
}

/** @param total what each has a share of; null where there is none: then the longest bar is the most votes. */
export function bars(
  { pages, format }: Catalogue,
  caption: string,
  rows: readonly Bar[],
  total: number | null,
): Html {
  const whole = total ?? Math.max(...rows.map(({ votes }) => votes), 1);
  const share = (votes: number): Html | '' =>
    total === null ? '' : html`<small>${format.share(votes, total)} %</small>`;
  const lines = rows.map(({ label, votes, mark }) => {
    const width = percentage(votes, whole);
    const note = mark === undefined ? '' : html` <strong class="mark">${mark}</strong>`;
    return html`<tr>
  <th scope="row">${label}${note}</th>
  <td class="number">${format.number(votes)}</td>
  <td class="bar"><svg width="100%" height="12" aria-hidden="true" focusable="false"><rect class="${mark === undefined ? 'part' : 'part marked'}" width="${width}%" height="12" rx="2"/></svg>${share(votes)}</td>
</tr>`;
  });
  const { answer, votes } = pages.result;
  const last = total === null ? html`<td></td>` : html`<th scope="col">${pages.result.share}</th>`;
  return html`<table class="votes">
<caption>${caption}</caption>
<thead class="unseen"><tr><th scope="col">${answer}</th><th scope="col">${votes}</th>${last}</tr></thead>
<tbody>${lines}</tbody>
</table>`;
}
