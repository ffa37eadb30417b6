/** Whom to ask: who runs the election, and the scrutineers, who hold the key. */
import { html } from 'hono/html';
import type { Person } from '../ballot/manifest.ts';
import { type Html, inLanguage, type View } from './layout.ts';
import { inOneLine, linesOf, type Titles, visible } from './texts/titles.ts';

function personInWords({ name, contact }: Person): Html {
  const lines = linesOf(contact).map((line) => html`<br>${line}`);
  return html`<strong>${visible(name)}</strong>${lines}`;
}

export function peopleSection(view: View, titles: Titles): Html | '' {
  const { people } = titles;
  if (people === undefined) return '';
  const { people: own } = view.words.pages;
  const lang = inLanguage(view, titles.lang);
  const trustees = people.trustees.map((one) => html`<li${lang}>${personInWords(one)}</li>`);
  return html`<section><h2>${own.title}</h2>
<h3>${own.officer}</h3>
<p${lang}>${personInWords(people.officer)}</p>
${trustees.length === 0 ? '' : html`<h3>${own.trustees}</h3><ol>${trustees}</ol>`}
</section>`;
}

/** The same in two lines, where somebody may have to write to them. */
export function peopleLine(view: View, titles: Titles): Html | '' {
  const { people } = titles;
  if (people === undefined) return '';
  const { officer, trustees } = view.words.booth.people;
  const own = inLanguage(view, titles.lang);
  const line = (label: string, all: readonly Person[]): Html =>
    html`<strong>${label}</strong> <span${own}>${all.map(inOneLine).join('; ')}</span>`;
  return html`<p lang="${view.words.lang}">${line(officer, [people.officer])}${people.trustees.length === 0 ? '' : html`<br>${line(trustees, people.trustees)}`}</p>`;
}
