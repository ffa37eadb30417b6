/** Letters to be printed, one a page, each with its code and the link as a picture. They leave this page on paper alone. */
import type { JSX } from 'preact';
import type { ManifestBody, TextsDocument } from '../../../ballot/manifest.ts';
import { Qr } from '../../member/island/qr.tsx';
import { Titles } from '../../texts/titles.ts';
import type { Letter } from './letters.ts';
import type { Words } from './words.ts';

interface LettersProps {
  readonly words: Words;
  readonly letters: readonly Letter[];
  readonly manifest: ManifestBody;
  readonly texts: TextsDocument;
}

export function PrintedLetters({ words, letters, manifest, texts }: LettersProps): JSX.Element {
  const { letter: t } = words.roll;
  const titles = new Titles(texts);
  const { opens, closes } = manifest.times;
  const from = words.format.time(opens);
  return (
    <div class="letters">
      {letters.map(({ person, name, contact, college, voter, token, link }) => (
        <article class="letter" key={`${person} ${college}`} aria-label={name}>
          <p class="address">
            {name}
            <br />
            {contact}
          </p>
          <p>{t.greeting(name)}</p>
          <p class="lead">{t.vote(titles.election)}</p>
          <p>{closes === null ? t.timesOpen(from) : t.times(from, words.format.time(closes))}</p>
          <p>{t.scan}</p>
          <Qr text={link} label={t.qr(name)} />
          <p class="link">{link.split('#')[0]}</p>
          <dl class="facts">
            <dt>{t.code}</dt>
            <dd>
              <code>{token}</code>
            </dd>
            <dt>{t.number}</dt>
            <dd>{voter}</dd>
            <dt>{t.as}</dt>
            <dd>{titles.college(college)}</dd>
          </dl>
          <p>{t.secret}</p>
        </article>
      ))}
    </div>
  );
}
