/** The frame of every page, and the policy under which browsers show it. */
import type { Context } from 'hono';
import { html } from 'hono/html';
import { type Asset, ICON, STYLE } from './assets.ts';
import { CATALOGUES, type Catalogue, catalogueFor, LANGUAGES } from './texts/languages.ts';

export type Html = ReturnType<typeof html>;

/** A page as it is asked for. */
export interface View {
  readonly words: Catalogue;
  /** Its address, below the service. */
  readonly path: string;
  /** The language was chosen by the address, and links keep it. */
  readonly isChosen: boolean;
}

/** As the request's address and headers ask. */
export function viewOf(c: Context): View {
  const chosen = c.req.query('lang');
  const words = catalogueFor(chosen, c.req.header('accept-language'));
  return { words, path: c.req.path, isChosen: chosen === words.lang };
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

/** Headers of an answer that is a page without scripts of its own. */
export const PAGE_HEADERS = {
  'cache-control': 'no-cache',
  vary: 'Accept, Accept-Language',
  'content-security-policy': pagePolicy(),
};

/** An address of this service, in the language of the page if that was chosen. */
export function link({ words, isChosen }: View, path: string): string {
  return isChosen ? `${path}?lang=${words.lang}` : path;
}

/** The attribute that names another language than the page's. */
export function inLanguage({ words }: View, lang: string): Html | '' {
  return lang === words.lang ? '' : html` lang="${lang}"`;
}

function languageSwitch({ words, path }: View): Html {
  const items = LANGUAGES.map((lang) => {
    const { name } = CATALOGUES[lang].frame;
    const label =
      lang === words.lang
        ? html`<span aria-current="true">${name}</span>`
        : html`<a href="${path}?lang=${lang}" hreflang="${lang}" rel="alternate">${name}</a>`;
    return html`<li lang="${lang}">${label}</li>`;
  });
  return html`<nav aria-label="${words.frame.languages}"><ul class="languages" id="languages">${items}</ul></nav>`;
}

export function layout(view: View, { title, content, script }: Page): Html {
  const { lang, frame } = view.words;
  return html`<!doctype html>
<html lang="${lang}" dir="${frame.dir}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="icon" href="${ICON.path}" type="image/svg+xml">
<link rel="stylesheet" href="${STYLE.path}" integrity="${STYLE.integrity}">
${script === undefined ? '' : html`<script type="module" src="${script.path}" integrity="${script.integrity}"></script>`}
</head>
<body>
<a class="govuk-skip-link" href="#main">${frame.skip}</a>
<header class="masthead"><div class="govuk-width-container"><a class="masthead__name" href="${link(view, '/')}">${frame.home}</a>${languageSwitch(view)}</div></header>
<div class="govuk-width-container">
<main class="govuk-main-wrapper" id="main" tabindex="-1">
${content}
</main>
<footer class="footing"><p>${frame.foot} <a href="/reference">${frame.reference}</a></p></footer>
</div>
</body>
</html>`;
}
