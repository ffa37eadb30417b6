/** The frame of every page, and the policy under which browsers show it. */
import type { Context } from 'hono';
import { html } from 'hono/html';
import { type Asset, ICON, STYLE } from './assets.ts';
import { CATALOGUES, type Catalogue, catalogueFor, LANGUAGES, type Language } from './texts/languages.ts';

export type Html = ReturnType<typeof html>;

/** Where pages and files are. Paths are those of a service. */
export interface Site {
  /** A copy of plain files, which have no server. */
  readonly isCopy: boolean;
  /** @param lang that the address chooses; null: as the browser asks. */
  page(path: string, lang: Language | null): string;
  /** A file of a record. */
  file(path: string): string;
  asset(asset: Asset): string;
}

const SERVED: Site = {
  isCopy: false,
  page: (path, lang) => (lang === null ? path : `${path}?lang=${lang}`),
  file: (path) => path,
  asset: ({ path }) => path,
};

/** A page as it is asked for. */
export interface View {
  readonly words: Catalogue;
  /** Its address, below the service. */
  readonly path: string;
  /** The language was chosen by the address, and links keep it. */
  readonly isChosen: boolean;
  readonly site: Site;
}

/** As the request's address and headers ask. */
export function viewOf(c: Context): View {
  const chosen = c.req.query('lang');
  const words = catalogueFor(chosen, c.req.header('accept-language'));
  return { words, path: c.req.path, isChosen: chosen === words.lang, site: SERVED };
}

export interface Page {
  readonly title: string;
  readonly content: Html;
  readonly script?: Asset;
}

/** Scripts and styles by their address alone, from here alone, and no text that becomes markup or a script. */
export function pagePolicy(more: readonly string[] = []): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    ...(more.some((rule) => rule.startsWith('trusted-types')) ? [] : ["trusted-types 'none'"]),
    ...more,
  ].join('; ');
}

/** What a page may do that recounts: workers of two scripts, one of which signs. */
export const RECOUNT_RULES = ["worker-src 'self'", 'trusted-types teller-recount teller-keys'];

/** Of the worker that opens signing keys: it loads nothing, and asks nobody. */
export const KEY_WORKER_POLICY =
  "default-src 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

/** The same for plain files, which have no headers of their own. */
function copyPolicy(script: Asset | undefined): string {
  return pagePolicy(script === undefined ? [] : RECOUNT_RULES).replace(" frame-ancestors 'none';", '');
}

/** Headers of an answer that is a page without scripts of its own. */
export const PAGE_HEADERS = {
  'cache-control': 'no-cache',
  vary: 'Accept, Accept-Language',
  'content-security-policy': pagePolicy(),
};

/** An address of this site, in the language of the page if that was chosen. */
export function link({ words, isChosen, site }: View, path: string): string {
  return site.page(path, isChosen ? words.lang : null);
}

/** The attribute that names another language than the page's. */
export function inLanguage({ words }: View, lang: string): Html | '' {
  return lang === words.lang ? '' : html` lang="${lang}"`;
}

function languageSwitch({ words, path, site }: View): Html {
  const items = LANGUAGES.map((lang) => {
    const { name } = CATALOGUES[lang].frame;
    const label =
      lang === words.lang
        ? html`<span aria-current="true">${name}</span>`
        : html`<a href="${site.page(path, lang)}" hreflang="${lang}" rel="alternate">${name}</a>`;
    return html`<li lang="${lang}">${label}</li>`;
  });
  return html`<nav aria-label="${words.frame.languages}"><ul class="languages" id="languages">${items}</ul></nav>`;
}

/**
 * Scripts and styles with what their bytes hash to, which browsers compare. They cannot of a style that a page opened
 * from a disk asks for, and leave it out.
 */
function assetLinks({ site }: View, script: Asset | undefined): Html {
  const integrity = site.isCopy ? '' : html` integrity="${STYLE.integrity}"`;
  return html`<link rel="icon" href="${site.asset(ICON)}" type="image/svg+xml">
<link rel="stylesheet" href="${site.asset(STYLE)}"${integrity}>
${script === undefined ? '' : html`<script type="module" src="${site.asset(script)}" integrity="${script.integrity}"></script>`}`;
}

export function layout(view: View, { title, content, script }: Page): Html {
  const { lang, frame } = view.words;
  const { site } = view;
  const reference = site.isCopy
    ? ''
    : html` <a href="/reference" data-says="reference">${frame.reference}</a>`;
  const policy = site.isCopy
    ? html`<meta http-equiv="content-security-policy" content="${copyPolicy(script)}">`
    : '';
  return html`<!doctype html>
<html lang="${lang}" dir="${frame.dir}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
${policy}
<title>${title}</title>
${assetLinks(view, script)}
</head>
<body>
<a class="govuk-skip-link" href="#main" data-says="skip">${frame.skip}</a>
<header class="masthead"><div class="govuk-width-container"><a class="masthead__name" href="${link(view, '/')}" data-says="home">${frame.home}</a>${languageSwitch(view)}</div></header>
<div class="govuk-width-container">
<main class="govuk-main-wrapper" id="main" tabindex="-1">
${content}
</main>
<footer class="footing"><p><span data-says="foot">${frame.foot}</span>${reference}</p></footer>
</div>
</body>
</html>`;
}
