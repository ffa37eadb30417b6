/** The log for those who compare: its checkpoints and witnesses, and every file of the record. */
import { html } from 'hono/html';
import { openCosignatures } from '../board/cosignature.ts';
import { BoardError } from '../board/errors.ts';
import { parseVerifierKey } from '../board/note.ts';
import { toBase64Url } from '../crypto/bytes.ts';
import { MOMENTS_PATH, timeOf } from '../record/moments.ts';
import { blobPath, tilePaths } from '../record/record-source.ts';
import { type Html, link, type View } from './layout.ts';
import type { NamedBlob, PublishedElection } from './published-election.ts';
import { head, numberHead, table, timeTag } from './tables.ts';
import type { Catalogue } from './texts/languages.ts';
import { Titles, visible } from './texts/titles.ts';

function checkpointsTable({ observer, format }: Catalogue, { state, moments }: PublishedElection): Html {
  const { log: own } = observer;
  const { opening, closing, result, tree } = state;
  const sizes = [
    [own.points.rules, 1],
    ...(opening === null ? [] : [[own.points.opening, opening.index + 1] as const]),
    ...(closing === null ? [] : [[own.points.closing, closing.index + 1] as const]),
    ...(result === null ? [] : [[own.points.result, result.index + 1] as const]),
    [own.points.latest, tree.size],
  ] as const;
  const rows = sizes.map(([point, size]) => {
    const exact = timeOf(moments, size - 1);
    const before = moments.findLast((moment) => moment.size <= size)?.time;
    const when =
      exact !== null ? timeTag(format, exact) : before === undefined ? '' : own.since(format.moment(before));
    return html`<tr><th scope="row">${point}<small>${when}</small></th><td class="number">${format.number(size)}</td><td><code class="long">${toBase64Url(tree.root(size))}</code></td></tr>`;
  });
  return table(own.caption, [head(own.point), numberHead(own.entries), head(own.root)], rows);
}

function witnessesInWords({ observer, format }: Catalogue, { manifest, note }: PublishedElection): Html {
  const { log: own } = observer;
  const { quorum, keys } = manifest.witnesses;
  if (keys.length === 0) return html`<p>${own.nobody} ${own.noWitnesses}</p>`;
  try {
    const seen = openCosignatures(
      note,
      keys.map((key) => parseVerifierKey(key)),
    ).map(({ witness, latest }) => own.byWitness(visible(witness.name), format.moment(latest)));
    return html`<p>${seen.length === 0 ? own.nobody : own.witnessed(seen)} ${own.quorum(quorum)}</p>`;
  } catch (error) {
    if (!(error instanceof BoardError)) throw error;
    return html`<p class="note">${own.broken} ${own.quorum(quorum)}</p>`;
  }
}

export function logSection(words: Catalogue, election: PublishedElection): Html {
  const { log: own } = words.observer;
  return html`<section><h2>${own.title}</h2>
<p>${own.text}</p>
${checkpointsTable(words, election)}
${witnessesInWords(words, election)}
</section>`;
}

function blobInWords({ record }: Catalogue['pages'], { what }: NamedBlob, titles: Titles): string {
  if (what.kind === 'texts') return record.texts(what.lang);
  if (what.kind === 'shares') return record.shares(what.n, titles.trustee(what.n));
  return 'n' in what ? record[what.kind](what.n) : record[what.kind];
}

/** What recounts the election at this address, or the copy that the page is of. */
export function verifyCommand({ site }: View, election: string, url: string): string {
  return `teller verify ${site.isCopy ? '.' : `${url}/elections/${election}`} --anchor ${election}`;
}

/** How to recount it: from the service, or from the copy that this page is of. */
function commands(view: View, election: string, url: string): Html {
  const verify = html`<pre><code>${verifyCommand(view, election, url)}</code></pre>`;
  if (view.site.isCopy) return html`<p>${view.words.observer.copy.command}</p>${verify}`;
  return html`${verify}
<pre><code>teller export ${url}/elections/${election} record
teller verify record --anchor ${election}</code></pre>`;
}

/** Every file of the record, and how to recount it. */
export function recordSection(
  view: View,
  { summary, texts, blobs, moments }: PublishedElection,
  url: string,
): Html {
  const { election, size } = summary;
  const { pages, observer } = view.words;
  const own = pages.record;
  const titles = new Titles(texts);
  const file = (path: string, what: string): Html =>
    html`<li><a href="${view.site.file(`/elections/${election}/record/${path}`)}">${what}</a></li>`;
  const tiles = Array.from(tilePaths(size), (path) => file(path, path));
  return html`<section>
<h2>${own.title}</h2>
<p><a href="${link(view, `/elections/${election}/recount`)}">${view.words.recount.link}</a></p>
<p>${own.published}</p>
${commands(view, election, url)}
<p>${own.name} <code>${election}</code>. ${own.compare}</p>
<ul>
${file('checkpoint', own.checkpoint(size))}
${blobs.map((named) => file(blobPath(named.blob.sha256), blobInWords(pages, named, titles)))}
${moments.length === 0 ? '' : file(MOMENTS_PATH, observer.copy.moments)}
</ul>
<details><summary>${own.tiles(tiles.length)}</summary><ul class="files">${tiles}</ul></details>
</section>`;
}
