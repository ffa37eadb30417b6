/**
 * Pages beside a copied record, which need no server and no script, and name everything relative to themselves: readable
 * from any web host and from a disk. `index.html` lists the elections of the copy; each has its pages in `pages/`
 * beside its record. Texts of the record are hostile.
 */
import { dirname, relative } from 'node:path/posix';
import { html } from 'hono/html';
import { summarise } from '../api/election-summary.ts';
import { Turnout } from '../api/turnout.ts';
import type { Bytes } from '../crypto/bytes.ts';
import { toUtf8 } from '../crypto/bytes.ts';
import { type Asset, ICON, STYLE } from './assets.ts';
import { disputesPage } from './disputes-page.ts';
import { electionPage } from './election-page.ts';
import type { RecountIsland } from './islands.ts';
import { type Html, inLanguage, layout, link, type Site, type View } from './layout.ts';
import { OpenVotes } from './open-votes.ts';
import { Documents, type Earlier, type PublishedElection, publishedElection } from './published-election.ts';
import type { ReadRecord } from './read-record.ts';
import { recountPage } from './recount-page.ts';
import { CATALOGUES, LANGUAGES, type Language } from './texts/languages.ts';
import { visible } from './texts/titles.ts';
import { votesPage } from './votes-page.ts';

/** The elections of a copy by their names, the copied one first. */
export type CopiedRecords = ReadonlyMap<string, ReadRecord>;

export interface CopiedFile {
  readonly path: string;
  readonly bytes: Bytes;
}

/** Where an election's record lies in the copy. */
function folderOf(records: CopiedRecords, election: string): string {
  const [first] = records.keys();
  return election === first ? '' : `linked/${election}/`;
}

const named = (name: string, lang: Language): string =>
  `${name}${lang === LANGUAGES[0] ? '' : `.${lang}`}.html`;

/** The path of a page or file of a service, in the copy. */
function placeOf(records: CopiedRecords, path: string, lang: Language): string {
  if (path === '/') return named('index', lang);
  const [, , election = '', page = 'index', ...rest] = path.split('/');
  const folder = folderOf(records, election);
  return page === 'record' ? `${folder}${rest.join('/')}` : `${folder}pages/${named(page, lang)}`;
}

/** The site as a file of the copy sees it. */
function siteFrom(records: CopiedRecords, file: string): Site {
  const from = dirname(file);
  const to = (path: string): string => relative(from, path);
  return {
    isCopy: true,
    page: (path, lang) => to(placeOf(records, path, lang ?? LANGUAGES[0])),
    file: (path) => to(placeOf(records, path, LANGUAGES[0])),
    asset: ({ path }) => to(`pages${path}`),
  };
}

/** Last seen when something was last noted: whoever writes a copy later writes the same. */
function summaryOf(record: ReadRecord) {
  const { state, moments } = record;
  const published = moments[0]?.time ?? state.manifest.times.opens;
  const now = moments.at(-1)?.time ?? state.opening?.body.opens ?? 0;
  return summarise(state, published, now, new Turnout().of(state));
}

/** Makes the pages of a copy in every language, and what they load. */
export class CopiedPages {
  readonly #records: CopiedRecords;
  readonly #island: RecountIsland;
  readonly #documents = new Documents();

  constructor(records: CopiedRecords, island: RecountIsland) {
    this.#records = records;
    this.#island = island;
  }

  async *files(): AsyncGenerator<CopiedFile, void, void> {
    const { script, worker, keyWorker } = this.#island;
    for (const { path, bytes } of [STYLE, ICON, script, worker, keyWorker] satisfies Asset[])
      yield { path: `pages${path}`, bytes };
    for (const lang of LANGUAGES) {
      yield await this.#page('/', lang, (view) => this.#indexPage(view));
      for (const election of this.#records.keys()) yield* this.#pagesOf(election, lang);
    }
  }

  async #page(path: string, lang: Language, make: (view: View) => Html | Promise<Html>): Promise<CopiedFile> {
    const file = placeOf(this.#records, path, lang);
    const view: View = { words: CATALOGUES[lang], path, isChosen: true, site: siteFrom(this.#records, file) };
    return { path: file, bytes: toUtf8(String(await make(view))) };
  }

  async *#pagesOf(name: string, lang: Language): AsyncGenerator<CopiedFile, void, void> {
    const record = this.#records.get(name);
    if (record === undefined) return;
    const election = this.#published(record, lang);
    const address = `/elections/${name}`;
    const setting = { registrarInProcess: null, url: '', scripts: null, now: null };
    yield await this.#page(address, lang, (view) => electionPage(view, election, setting));
    yield await this.#page(`${address}/recount`, lang, (view) =>
      recountPage(view, election, this.#island, ''),
    );
    yield await this.#page(`${address}/disputes`, lang, (view) => disputesPage(view, election));
    if (election.manifest.colleges.every(({ mode }) => mode === 'secret')) return;
    const calls = await new OpenVotes(() => record).rollCalls();
    yield await this.#page(`${address}/votes`, lang, (view) => votesPage(view, election, calls, ''));
  }

  #published(record: ReadRecord, lang: Language): PublishedElection {
    const earlier = new Map<string, Earlier>();
    for (const { manifest } of record.state.manifest.links) {
      const other = this.#records.get(manifest);
      if (other !== undefined) earlier.set(manifest, this.#documents.texts(other, lang));
    }
    return publishedElection(record, summaryOf(record), this.#documents, lang, earlier);
  }

  #indexPage(view: View): Html {
    const { copy } = view.words.observer;
    const item = ([name, record]: readonly [string, ReadRecord]): Html => {
      const { title, lang } = this.#documents.texts(record, view.words.lang);
      return html`<li><h2><a href="${link(view, `/elections/${name}`)}"${inLanguage(view, lang)}>${visible(title)}</a></h2></li>`;
    };
    const [own, ...earlier] = this.#records;
    const size = own?.[1].state.tree.size ?? 0;
    return layout(view, {
      title: copy.index,
      content: html`<h1>${copy.index}</h1>
<p>${copy.text(size)}</p>
<ul class="elections">${own === undefined ? '' : item(own)}</ul>
${earlier.length === 0 ? '' : html`<h2>${copy.earlier}</h2><ul class="elections">${earlier.map(item)}</ul>`}`,
    });
  }
}
