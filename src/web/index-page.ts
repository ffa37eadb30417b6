/** The index of all elections, and the page for an address that names none. */
import { html } from 'hono/html';
import type { Summary } from '../api/documents.ts';
import { type Html, layout } from './layout.ts';
import { plural } from './rules-in-words.ts';

export const PHASES: Readonly<Record<Summary['phase'], string>> = {
  preparing: 'In preparation',
  scheduled: 'Not open yet',
  open: 'Open for voting',
  closed: 'Voting is over',
  tallied: 'Counted, not yet decrypted',
  declared: 'Result declared',
};

export function badge({ phase, kind }: Pick<Summary, 'phase' | 'kind'>): Html {
  const rehearsal = kind === 'rehearsal' ? html` <span class="badge plain">Rehearsal</span>` : '';
  return html`<span class="badge ${phase}">${PHASES[phase]}</span>${rehearsal}`;
}

export function indexPage(elections: readonly { readonly summary: Summary; readonly title: string }[]): Html {
  const items = elections.map(
    ({ summary, title }) => html`<li>
  <h2><a href="/elections/${summary.election}">${title}</a></h2>
  <p>${badge(summary)} ${plural(
    summary.colleges.reduce((sum, { roll }) => sum + roll, 0),
    'voter',
  )}</p>
</li>`,
  );
  const list =
    items.length === 0 ? html`<p>There is no election yet.</p>` : html`<ul class="elections">${items}</ul>`;
  return layout('Elections', html`<h1>Elections</h1>${list}`);
}

/** @param unknown there is no such election; otherwise it is there and cannot be shown. */
export function missingPage(unknown: boolean): Html {
  const text = unknown
    ? 'There is no election at this address. Compare it with your letter.'
    : 'The stored record of this election did not verify, so it is not shown. The officer has been told why.';
  return layout('Not found', html`<h1>${unknown ? 'No such election' : 'Not available'}</h1><p>${text}</p>`);
}
