/** The page on which an observer's browser recounts an election: a frame and a script; workers do the work. */
import { Hono } from 'hono';
import { html } from 'hono/html';
import { answerWith } from './answer.ts';
import { serveAssets, workerPolicies } from './assets.ts';
import type { RecountIsland } from './islands.ts';
import {
  type Html,
  inLanguage,
  KEY_WORKER_POLICY,
  layout,
  link,
  PAGE_HEADERS,
  pagePolicy,
  RECOUNT_RULES,
  type View,
} from './layout.ts';
import { verifyCommand } from './log-section.ts';
import type { PublishedElection, PublishedElections } from './published-election.ts';
import type { Scripts } from './scripts.ts';

const HEADERS = {
  ...PAGE_HEADERS,
  'content-security-policy': pagePolicy(RECOUNT_RULES),
};

/** Workers verify in WebAssembly, and start others of the same script. */
const WORKER_POLICY =
  "default-src 'none'; connect-src 'self'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; require-trusted-types-for 'script'; trusted-types teller-recount";

export function recountPage(
  view: View,
  { summary: { election }, texts }: PublishedElection,
  { script }: RecountIsland,
  url: string,
): Html {
  const { recount } = view.words;
  const address = `/elections/${election}`;
  const record = view.site.file(`${address}/record/checkpoint`).slice(0, -'/checkpoint'.length);
  const command = html`<pre><code>${verifyCommand(view, election, url)}</code></pre>`;
  const fallback = view.site.isCopy
    ? html`<p>${view.words.observer.copy.recountHere}</p>${command}`
    : html`<noscript><p>${recount.noScript}</p>${command}</noscript>`;
  return layout(view, {
    title: `${recount.title} – ${texts.title}`,
    script,
    content: html`<p><a class="govuk-back-link" href="${link(view, address)}"${inLanguage(view, texts.lang)}>${texts.title}</a></p>
<h1>${recount.title}</h1>
<p>${recount.text}</p>
<div id="recount" data-election="${election}" data-record="${record}"${view.site.isCopy ? html` data-copy` : ''}>${fallback}</div>`,
  });
}

/** A router to be mounted at `/`. @param url the address that clients see. */
export function recountPages(published: PublishedElections, scripts: Scripts, url: () => string): Hono {
  const pages = new Hono();
  pages.get('/elections/:election/recount', async (c) => {
    const made = await scripts.recount();
    return await answerWith(
      c,
      published,
      (view, election) => recountPage(view, election, made, url()),
      HEADERS,
    );
  });
  const policies = workerPolicies({ worker: WORKER_POLICY, 'key-worker': KEY_WORKER_POLICY });
  pages.get(
    '/assets/:name',
    serveAssets(async () => Object.values(await scripts.recount()), policies),
  );
  return pages;
}
