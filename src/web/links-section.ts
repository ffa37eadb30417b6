/** The earlier elections that one goes on from. */
import { html } from 'hono/html';
import { type Html, inLanguage, link, type View } from './layout.ts';
import type { PublishedElection } from './published-election.ts';
import { visible } from './texts/titles.ts';

export function linksSection(view: View, { manifest, earlier }: PublishedElection): Html | '' {
  const { links: own } = view.words.observer;
  if (manifest.links.length === 0) return '';
  const items = manifest.links.map(({ relation, manifest: name }) => {
    const known = earlier.get(name);
    const what =
      known === undefined
        ? html`${own.elsewhere} <code>${name}</code>.`
        : html`<a href="${link(view, `/elections/${name}`)}"${inLanguage(view, known.lang)}>${visible(known.title)}</a>`;
    return html`<li>${own.relations[relation]} ${what}</li>`;
  });
  return html`<section><h2>${own.title}</h2><ul>${items}</ul></section>`;
}
