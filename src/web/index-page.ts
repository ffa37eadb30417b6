/** The index of all elections, and the page for an address that names none. */
import { html } from 'hono/html';
import type { Summary } from '../api/documents.ts';
import { type Html, inLanguage, layout, link, type View } from './layout.ts';
import type { Catalogue } from './texts/languages.ts';

export function badge({ pages }: Catalogue, { phase, kind }: Pick<Summary, 'phase' | 'kind'>): Html {
  const rehearsal = kind === 'rehearsal' ? html` <span class="badge plain">${pages.rehearsal}</span>` : '';
  return html`<span class="badge ${phase}">${pages.phases[phase]}</span>${rehearsal}`;
}

/** An election as the index shows it, its title in the language `lang`. */
export interface Listed {
  readonly summary: Summary;
  readonly title: string;
  readonly lang: string;
  /** Nothing that it decides binds anybody. */
  readonly isConsultative: boolean;
}

export function indexPage(view: View, elections: readonly Listed[]): Html {
  const { pages } = view.words;
  const items = elections.map(
    ({ summary, title, lang, isConsultative }) => html`<li>
  <h2><a href="${link(view, `/elections/${summary.election}`)}"${inLanguage(view, lang)}>${title}</a></h2>
  <p>${badge(view.words, summary)}${isConsultative ? html` <span class="badge plain">${pages.consultative}</span>` : ''} ${pages.voters(summary.colleges.reduce((sum, { roll }) => sum + roll, 0))}</p>
</li>`,
  );
  const list =
    items.length === 0 ? html`<p>${pages.index.none}</p>` : html`<ul class="elections">${items}</ul>`;
  const desk = html`<p><a href="${link(view, '/desk')}">${view.words.desk.forOfficers}</a></p>`;
  return layout(view, {
    title: pages.index.title,
    content: html`<h1>${pages.index.title}</h1>${list}${desk}`,
  });
}

/** What is not there: an election, or any page; `unavailable` is there and cannot be shown. */
export type Missing = 'election' | 'page' | 'unavailable';

export function missingPage(view: View, what: Missing): Html {
  const { missing } = view.words.pages;
  const [heading, text] = missing[what];
  return layout(view, { title: missing.title, content: html`<h1>${heading}</h1><p>${text}</p>` });
}
