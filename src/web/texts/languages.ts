/** The languages of the server's pages, and which one a reader gets. */
import { type DecisionTexts, decisions as enDecisions } from './en/decisions.ts';
import { type DeskTexts, desk as enDesk } from './en/desk.ts';
import { type DisputeTexts, disputes as enDisputes } from './en/disputes.ts';
import { format as enFormat, frame as enFrame, type FrameTexts } from './en/frame.ts';
import { member as enMember, type MemberTexts } from './en/member.ts';
import { observer as enObserver, type ObserverTexts } from './en/observer.ts';
import { pages as enPages, type PageTexts } from './en/pages.ts';
import { recount as enRecount, type RecountTexts } from './en/recount.ts';
import { trustee as enTrustee, type TrusteeTexts } from './en/trustee.ts';
import { votes as enVotes, type VotesTexts } from './en/votes.ts';
import type { Format } from './format.ts';
import { decisions as frDecisions } from './fr/decisions.ts';
import { desk as frDesk } from './fr/desk.ts';
import { disputes as frDisputes } from './fr/disputes.ts';
import { format as frFormat, frame as frFrame } from './fr/frame.ts';
import { member as frMember } from './fr/member.ts';
import { observer as frObserver } from './fr/observer.ts';
import { pages as frPages } from './fr/pages.ts';
import { recount as frRecount } from './fr/recount.ts';
import { trustee as frTrustee } from './fr/trustee.ts';
import { votes as frVotes } from './fr/votes.ts';

export const LANGUAGES = ['en', 'fr'] as const;
export type Language = (typeof LANGUAGES)[number];

export interface Catalogue {
  readonly lang: Language;
  readonly frame: FrameTexts;
  readonly pages: PageTexts;
  readonly decisions: DecisionTexts;
  readonly booth: MemberTexts;
  readonly trustee: TrusteeTexts;
  readonly votes: VotesTexts;
  readonly recount: RecountTexts;
  readonly desk: DeskTexts;
  readonly observer: ObserverTexts;
  readonly disputes: DisputeTexts;
  readonly format: Format;
}

export const CATALOGUES: Readonly<Record<Language, Catalogue>> = {
  en: {
    lang: 'en',
    frame: enFrame,
    pages: enPages,
    decisions: enDecisions,
    booth: enMember,
    trustee: enTrustee,
    votes: enVotes,
    recount: enRecount,
    desk: enDesk,
    observer: enObserver,
    disputes: enDisputes,
    format: enFormat,
  },
  fr: {
    lang: 'fr',
    frame: frFrame,
    pages: frPages,
    decisions: frDecisions,
    booth: frMember,
    trustee: frTrustee,
    votes: frVotes,
    recount: frRecount,
    desk: frDesk,
    observer: frObserver,
    disputes: frDisputes,
    format: frFormat,
  },
};

const isLanguage = (lang: string | undefined): lang is Language => LANGUAGES.some((known) => known === lang);

/** The languages that a browser asks for, best first (RFC 9110 §12.5.4), without their regions. */
function asked(header: string): string[] {
  return header
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part
        .trim()
        .toLowerCase()
        .split(/\s*;\s*/);
      const q = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
      return { lang: tag.split('-')[0] ?? '', q: q === undefined ? 1 : Number(q) };
    })
    .filter(({ q }) => q > 0)
    .sort((a, b) => b.q - a.q)
    .map(({ lang }) => lang);
}

/**
 * @param chosen of the address, `?lang=`.
 * @param accepted the header `Accept-Language`.
 */
export function catalogueFor(chosen: string | undefined, accepted: string | undefined): Catalogue {
  if (isLanguage(chosen)) return CATALOGUES[chosen];
  return CATALOGUES[asked(accepted ?? '').find(isLanguage) ?? 'en'];
}
