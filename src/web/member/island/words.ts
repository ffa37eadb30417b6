/** The texts that an island shows, and the language that its reader has chosen on the page. */
import { format as enFormat, frame as enFrame } from '../../texts/en/frame.ts';
import { member as enMember, type MemberTexts } from '../../texts/en/member.ts';
import type { Format } from '../../texts/format.ts';
import { format as frFormat, frame as frFrame } from '../../texts/fr/frame.ts';
import { member as frMember } from '../../texts/fr/member.ts';

export interface Words {
  readonly lang: string;
  readonly t: MemberTexts;
  readonly format: Format;
}

const WORDS: readonly (Words & { readonly frame: typeof enFrame })[] = [
  { lang: 'en', t: enMember, format: enFormat, frame: enFrame },
  { lang: 'fr', t: frMember, format: frFormat, frame: frFrame },
];

export function wordsFor(lang: string): Words {
  const [first] = WORDS;
  const found = WORDS.find((words) => words.lang === lang) ?? first;
  if (found === undefined) throw new TypeError('no language');
  return found;
}

/** What is around the content, in another language. */
function translateFrame(lang: string): void {
  const frame = WORDS.find((words) => words.lang === lang)?.frame;
  if (frame === undefined) return;
  document.documentElement.lang = lang;
  document.documentElement.dir = frame.dir;
  for (const key of ['skip', 'home', 'foot', 'reference'] as const) {
    const element = document.querySelector(`[data-says="${key}"]`);
    if (element !== null) element.textContent = frame[key];
  }
  for (const link of document.querySelectorAll<HTMLAnchorElement>('.masthead__name, .govuk-back-link'))
    link.search = `?lang=${lang}`;
}

/**
 * The page's switch of languages becomes one that leaves the page as it is: what has been filled in stays.
 * @param onChange is given the language that was chosen.
 */
export function switchInPlace(onChange: (words: Words) => void): void {
  for (const link of document.querySelectorAll<HTMLAnchorElement>('#languages a, #languages span')) {
    const item = link.closest('li');
    const lang = item?.lang ?? '';
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = link.textContent;
    if (link.hasAttribute('aria-current')) button.setAttribute('aria-current', 'true');
    button.addEventListener('click', () => {
      for (const other of document.querySelectorAll('#languages button'))
        other.removeAttribute('aria-current');
      button.setAttribute('aria-current', 'true');
      translateFrame(lang);
      onChange(wordsFor(lang));
    });
    link.replaceWith(button);
  }
}
