/** The programs that the rules name for members' pages, beside those that this server hands out. */
import { html } from 'hono/html';
import type { MemberPage } from './islands.ts';
import type { Html } from './layout.ts';
import type { PublishedElection } from './published-election.ts';
import { head, table } from './tables.ts';
import type { Catalogue } from './texts/languages.ts';

/** The SHA-256 of each script of a member's page, in base64url. */
export type ServedScripts = Readonly<Record<MemberPage, string>>;

/** @param served null in a copy, which hands out none. */
export function scriptsSection(
  { observer }: Catalogue,
  { manifest, summary }: PublishedElection,
  served: ServedScripts | null,
): Html {
  const own = observer.scripts;
  const { booth } = manifest;
  if (booth.length === 0) return html`<section><h2>${own.title}</h2><p>${own.none}</p></section>`;
  const pages = Object.entries(served ?? {}) as [MemberPage, string][];
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
