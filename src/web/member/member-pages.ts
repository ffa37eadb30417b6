/**
 * Members' pages of an election: the booth, the second device of a check, and "my vote". The server sends a frame and a
 * script; codes, choices and secrets stay in the browser (island/).
 */
import { Hono } from 'hono';
import { html } from 'hono/html';
import { answerWith } from '../answer.ts';
import { serveAssets } from '../assets.ts';
import { MEMBER_PAGES, type MemberIslands, type MemberPage } from '../islands.ts';
import { type Html, inLanguage, layout, link, PAGE_HEADERS, type View } from '../layout.ts';
import { peopleLine } from '../people-section.ts';
import type { PublishedElection, PublishedElections } from '../published-election.ts';
import type { Scripts } from '../scripts.ts';
import { Titles } from '../texts/titles.ts';

/** Where a code can be scanned, and nowhere else, a page may ask for the camera. */
const SCANNING_HEADERS = {
  ...PAGE_HEADERS,
  'permissions-policy': 'camera=(self), geolocation=(), microphone=()',
};

function memberPage(
  view: View,
  { summary, texts }: PublishedElection,
  page: MemberPage,
  islands: MemberIslands,
): Html {
  const { members } = view.words.pages;
  const address = `/elections/${summary.election}`;
  return layout(view, {
    title: texts.title,
    script: islands[page],
    content: html`<p><a class="govuk-back-link" href="${link(view, address)}"${inLanguage(view, texts.lang)}>${texts.title}</a></p>
<div id="member" data-election="${summary.election}"><noscript><h1>${texts.title}</h1><p>${members.noScript}</p></noscript></div>
${page === 'dispute' ? peopleLine(view, new Titles(texts)) : ''}`,
  });
}

/** A router to be mounted at `/`. */
export function memberPages(published: PublishedElections, scripts: Scripts): Hono {
  const pages = new Hono();
  for (const page of MEMBER_PAGES) {
    pages.get(`/elections/:election/${page}`, async (c) => {
      const made = await scripts.members();
      const make = (view: View, election: PublishedElection) => memberPage(view, election, page, made);
      return await answerWith(c, published, make, page === 'vote' ? PAGE_HEADERS : SCANNING_HEADERS);
    });
  }
  pages.get(
    '/assets/:name',
    serveAssets(async () => Object.values(await scripts.members())),
  );
  return pages;
}
