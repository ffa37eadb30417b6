/** The programs that the rules name for pages, beside those that this server hands out. */
import { html } from 'hono/html';
import type { Html } from './layout.ts';
import type { PublishedElection } from './published-election.ts';
import type { PublicScript, ScriptHashes } from './scripts.ts';
import { head, table } from './tables.ts';
import type { Catalogue } from './texts/languages.ts';

/** @param served null in a copy, which hands out none. */
export function scriptsSection(
  { observer }: Catalogue,
  { manifest, summary }: PublishedElection,
  served: Partial<ScriptHashes> | null,
): Html {
  const own = observer.scripts;
  const { booth } = manifest;
  if (booth.length === 0) return html`<section><h2>${own.title}</h2><p>${own.none}</p></section>`;
  const pages = Object.entries(served ?? {}) as [PublicScript, string][];
  const isNamed = (hash: string): boolean => booth.includes(hash);
  const rows = [
    ...pages.map(([page, hash]) => ({
      page: own.pages[page],
      hash,
      state: isNamed(hash) ? own.same : own.other,
    })),
    ...booth
      .filter((hash) => !pages.some(([, given]) => given === hash))
      .map((hash) => ({ page: '', hash, state: served === null ? own.named : own.notServed })),
  ].map(
    ({ page, hash, state }) =>
      html`<tr><th scope="row">${page}<small>${state}</small></th><td><code class="long">${hash}</code></td></tr>`,
  );
  const isChanged = pages.some(([, hash]) => !isNamed(hash));
  const isOver = summary.phase !== 'open' && summary.phase !== 'scheduled' && summary.phase !== 'preparing';
  return html`<section><h2>${own.title}</h2>
<p>${own.text}</p>
<pre><code>npm run booth-hashes</code></pre>
${isChanged ? html`<p class="note">${isOver ? own.newer : own.changed}</p>` : ''}
${table(own.caption, [head(own.page), head(own.hash)], rows)}
</section>`;
}
