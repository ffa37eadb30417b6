/** The parts of a draft that say what is voted on, by whom, and when. */
import type { JSX } from 'preact';
import {
  addContest,
  addLanguage,
  changeManifest,
  changeTexts,
  changeTimes,
  removeContest,
  removeLanguage,
} from '../../../officer/edit-draft.ts';
import type { UnfinishedDraft } from '../../../officer/unfinished-draft.ts';
import { useKeptFocus } from '../../keys/kept-focus.ts';
import { Button } from '../../member/island/screen.tsx';
import { Places } from './draft-places.tsx';
import { type EditProps, Question } from './draft-question.tsx';
import { AreaField, CheckField, Group, NumberField, TextField, TimeField } from './fields.tsx';

export interface SectionProps extends EditProps {
  readonly draft: UnfinishedDraft;
  /** Takes over whatever is changed. */
  readonly change: (change: Partial<UnfinishedDraft>) => void;
}

const SECONDS_A_DAY = 86_400;
const SECONDS_AN_HOUR = 3600;
/** What a manifest can hold. */
const MOST_REPLACED = 5_000_000;
const MOST_DAYS = 1000;
const MOST_TITLE = 300;

export function What({ words, election, edit, draft, change }: SectionProps): JSX.Element {
  const { what: t, languages, ...own } = words.draft;
  const heading = useKeptFocus<HTMLHeadingElement>(election.texts.length);
  const many = election.texts.length > 1;
  const label = (text: string, lang: string): string =>
    many ? own.inLanguage(text, languages[lang] ?? lang) : text;
  const others = Object.entries(languages).filter(
    ([lang]) => !election.texts.some((texts) => texts.lang === lang),
  );
  return (
    <section>
      <h2 tabIndex={-1} ref={heading}>
        {own.steps.what}
      </h2>
      {election.texts.map(({ lang, title, intro }, i) => (
        <div key={lang}>
          <TextField
            id={`texts[${i}].title`}
            label={label(t.title, lang)}
            lang={lang}
            most={MOST_TITLE}
            value={title}
            onChange={(value) => edit(changeTexts(election, lang, (texts) => ({ ...texts, title: value })))}
          />
          <AreaField
            id={`texts[${i}].intro`}
            label={label(t.intro, lang)}
            lang={lang}
            value={intro}
            onChange={(value) => edit(changeTexts(election, lang, (texts) => ({ ...texts, intro: value })))}
          />
          {many && (
            <Button kind="plain" onPress={() => edit(removeLanguage(election, lang))}>
              {own.removeLanguage(languages[lang] ?? lang)}
            </Button>
          )}
        </div>
      ))}
      {others.map(([lang, language]) => (
        <p key={lang}>
          <Button kind="plain" onPress={() => edit(addLanguage(election, lang))}>
            {own.addLanguage(language)}
          </Button>
        </p>
      ))}
      {election.manifest.kind === 'real' && (
        <CheckField
          id="rehearsal"
          label={t.rehearsal}
          value={draft.rehearsal}
          onChange={(rehearsal) => change({ rehearsal })}
        />
      )}
    </section>
  );
}

export function Questions({ words, election, edit }: EditProps): JSX.Element {
  const { question: t, steps } = words.draft;
  const { contests } = election.manifest;
  const heading = useKeptFocus<HTMLHeadingElement>(contests.length);
  return (
    <section>
      <h2 tabIndex={-1} ref={heading}>
        {steps.questions}
      </h2>
      {contests.map((contest, i) => (
        <div key={contest.id} id={`contest-${i}`} tabIndex={-1}>
          <Group title={t.heading(i + 1)}>
            <Question words={words} election={election} edit={edit} contest={contest} n={i + 1} />
            {contests.length > 1 && (
              <p>
                <Button kind="plain" onPress={() => edit(removeContest(election, contest.id))}>
                  {t.remove(i + 1)}
                </Button>
              </p>
            )}
          </Group>
        </div>
      ))}
      <Button kind="plain" onPress={() => edit(addContest(election))}>
        {t.add}
      </Button>
    </section>
  );
}

export function Who({ words, election, edit }: EditProps): JSX.Element {
  const { who: t, steps, ...own } = words.draft;
  const many = election.texts.length > 1;
  return (
    <section>
      <h2>{steps.who}</h2>
      <p>{t.text}</p>
      {election.manifest.colleges.map((college, i) => {
        const { id, mode } = college;
        return (
          <div key={id}>
            {election.texts.map(({ lang, colleges }, at) => (
              <TextField
                key={lang}
                id={`texts[${at}].colleges.${id}`}
                label={many ? own.inLanguage(t.title(i + 1), own.languages[lang] ?? lang) : t.title(i + 1)}
                hint={mode === 'secret' ? t.secret : t.recorded}
                lang={lang}
                most={MOST_TITLE}
                value={colleges[id] ?? ''}
                onChange={(title) =>
                  edit(
                    changeTexts(election, lang, (texts) => ({
                      ...texts,
                      colleges: { ...texts.colleges, [id]: title },
                    })),
                  )
                }
              />
            ))}
            <Places words={words} election={election} edit={edit} college={college} n={i + 1} />
          </div>
        );
      })}
      <NumberField
        id="replacements"
        words={words}
        label={t.replacements}
        hint={t.replacementsHint}
        value={election.manifest.caps.replacements}
        min={0}
        max={MOST_REPLACED}
        onChange={(replacements) => edit(changeManifest(election, { caps: { replacements } }))}
      />
    </section>
  );
}

export function When({ words, election, edit, draft, change }: SectionProps): JSX.Element {
  const { when: t, steps } = words.draft;
  const { times } = election.manifest;
  const { opens, rehearsal } = draft;
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return (
    <section>
      <h2>{steps.when}</h2>
      <TimeField
        id="opens"
        label={t.opens}
        hint={t.opensHint(zone)}
        value={opens}
        onChange={(time) => change({ opens: time })}
      />
      {!rehearsal && (
        <>
          <TimeField
            id="closes"
            label={t.closes}
            hint={opens === null ? t.first : t.opensHint(zone)}
            value={opens === null ? null : opens + times.lasts}
            onChange={(closes) => {
              if (opens !== null && closes !== null) edit(changeTimes(election, { lasts: closes - opens }));
            }}
          />
          <NumberField
            id="notice"
            words={words}
            label={t.notice}
            value={Math.round(times.notice / SECONDS_A_DAY)}
            min={0}
            max={MOST_DAYS}
            onChange={(n) => edit(changeTimes(election, { notice: n * SECONDS_A_DAY }))}
          />
          <NumberField
            id="extension"
            words={words}
            label={t.extension}
            value={Math.round(times.extension / SECONDS_AN_HOUR)}
            min={0}
            max={MOST_DAYS * 24}
            onChange={(n) => edit(changeTimes(election, { extension: n * SECONDS_AN_HOUR }))}
          />
        </>
      )}
      <NumberField
        id="disputes"
        words={words}
        label={t.disputes}
        value={Math.round(times.disputes / SECONDS_A_DAY)}
        min={0}
        max={MOST_DAYS}
        onChange={(n) => edit(changeTimes(election, { disputes: n * SECONDS_A_DAY }))}
      />
    </section>
  );
}
