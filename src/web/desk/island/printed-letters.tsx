/** Letters to be printed, one a page, each with its code and the link as a picture. They leave this page on paper alone. */
import type { JSX } from 'preact';
import type { ManifestBody, Person, TextsDocument } from '../../../ballot/manifest.ts';
import { Qr } from '../../member/island/qr.tsx';
import { Grouped } from '../../member/island/screen.tsx';
import { linesOf, Titles, visible } from '../../texts/titles.ts';
import type { Letter } from './letters.ts';
import { type Words, wordsOfTexts } from './words.ts';

interface LettersProps {
  readonly words: Words;
  readonly election: string;
  readonly letters: readonly Letter[];
  readonly manifest: ManifestBody;
  readonly texts: TextsDocument;
}

interface LetterProps extends Pick<LettersProps, 'election' | 'manifest'> {
  /** In the language of the texts. */
  readonly words: Words;
  readonly titles: Titles;
  readonly letter: Letter;
}

/** A name, and below it the lines of how to reach them. */
function Lines({ name, contact }: Person): JSX.Element {
  return (
    <>
      {[visible(name), ...linesOf(contact)].map((line, i) => (
        <span key={i}>
          {i > 0 && <br />}
          {line}
        </span>
      ))}
    </>
  );
}

/** To whom, from whom, what it is about, and when. */
function Head({ words, manifest, titles, letter: { name, contact } }: LetterProps): JSX.Element {
  const { letter: t } = words.roll;
  const { opens, closes } = manifest.times;
  const from = words.format.time(opens);
  return (
    <>
      <div class="parties">
        <p class="address">
          <Lines name={name} contact={contact} />
        </p>
        {titles.people !== undefined && (
          <p class="sender">
            <Lines {...titles.people.officer} />
          </p>
        )}
      </div>
      <h3>{t.title(titles.election)}</h3>
      <p>{t.greeting(name)}</p>
      <p>{closes === null ? t.timesOpen(from) : t.times(from, words.format.time(closes))}</p>
    </>
  );
}

/** The code, large, and what it is for. */
function Code({ words, titles, letter: { token, voter, college } }: LetterProps): JSX.Element {
  const { letter: t } = words.roll;
  return (
    <dl class="credential">
      <div class="secret">
        <dt>{t.code}</dt>
        <dd>
          <code>{token}</code>
        </dd>
      </div>
      <div>
        <dt>{t.number}</dt>
        <dd>{voter}</dd>
      </div>
      <div>
        <dt>{t.as}</dt>
        <dd>{titles.college(college)}</dd>
      </div>
    </dl>
  );
}

/** Either way to the booth: the picture has the whole link, and nobody has to type a name of 43 characters. */
function How({ words, titles, letter: { name, link } }: LetterProps): JSX.Element {
  const { letter: t } = words.roll;
  return (
    <div class="ways">
      <Qr text={link} label={t.qr(name)} />
      <div>
        <h4>{t.how}</h4>
        <p>{t.scan}</p>
        <p>
          {t.or} <strong class="site">{link.split('/elections/')[0]}</strong>
        </p>
        <p>{t.choose(titles.election)}</p>
        <p>{t.again}</p>
      </div>
    </div>
  );
}

/** What the letter is kept for, whom to ask, and who has sent it. */
function Afterwards({ words, titles: { people }, election }: LetterProps): JSX.Element {
  const { letter: t } = words.roll;
  return (
    <>
      <h4>{t.keep}</h4>
      <p>{t.secret}</p>
      <p>{t.after}</p>
      <p>
        {t.report} {people !== undefined && t.ask}
      </p>
      {people !== undefined && (
        <p class="signed">
          {visible(people.officer.name)}
          <br />
          {t.officer}
        </p>
      )}
      <p class="name">
        {t.name} <Grouped code={election} />
      </p>
    </>
  );
}

export function PrintedLetters({ words, texts, letters, ...of }: LettersProps): JSX.Element {
  const titles = new Titles(texts);
  const own = wordsOfTexts(texts.lang, words);
  return (
    <div class="letters">
      {letters.map((letter) => {
        const shown = { ...of, words: own, titles, letter };
        return (
          <article
            class="letter"
            key={`${letter.person} ${letter.college}`}
            lang={own.lang}
            aria-label={letter.name}
          >
            <Head {...shown} />
            <Code {...shown} />
            <How {...shown} />
            <Afterwards {...shown} />
          </article>
        );
      })}
    </div>
  );
}
