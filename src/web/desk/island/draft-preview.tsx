/** The rules of a draft in the words in which everybody will read them. */
import type { JSX } from 'preact';
import type { DecisionRule } from '../../../ballot/rules.ts';
import type { UnfinishedDraft } from '../../../officer/unfinished-draft.ts';
import { placesInWords } from '../../places-in-words.ts';
import { ruleInWords, rulesAbout, shapeInWords, termsInWords } from '../../rules-in-words.ts';
import { decisions as en } from '../../texts/en/decisions.ts';
import { decisions as fr } from '../../texts/fr/decisions.ts';
import { Titles } from '../../texts/titles.ts';
import type { Words } from './words.ts';

interface PreviewProps {
  readonly words: Words;
  readonly draft: UnfinishedDraft;
}

/** The terms of the election that the draft becomes. */
function termsOf({
  election,
  opens,
  rehearsal,
  witnesses: typed,
}: UnfinishedDraft): Parameters<typeof termsInWords>[0] {
  const { kind, second, times, trustees, witnesses, cells, colleges } = election.manifest;
  const from = opens ?? 0;
  return {
    kind: rehearsal && kind === 'real' ? 'rehearsal' : kind,
    trustees,
    witnesses: { ...witnesses, keys: typed.filter((key) => key !== '') },
    cells,
    colleges,
    roles: { second },
    times: { opens: from, closes: rehearsal ? null : from + times.lasts },
  };
}

export function Preview({ words, draft }: PreviewProps): JSX.Element {
  const { preview: t, steps, question } = words.draft;
  const { manifest } = draft.election;
  // Rules that ratify have a word in place of a hash here, which is not shown.
  const rules = manifest.rules as readonly DecisionRule[];
  const texts = draft.election.texts.find(({ lang }) => lang === words.lang) ?? draft.election.texts[0];
  if (texts === undefined) return <section />;
  const titles = new Titles(texts);
  const sentences = words.lang === 'fr' ? fr : en;
  return (
    <section id="preview" tabIndex={-1}>
      <h2>{steps.preview}</h2>
      <p class="lead">{texts.title || t.untitled}</p>
      {manifest.contests.map((contest, i) => (
        <div key={contest.id}>
          <h3>{titles.contest(contest.id) || question.heading(i + 1)}</h3>
          <ul>
            <li>{shapeInWords(contest, sentences)}</li>
            {rulesAbout(contest.id, rules).flatMap((rule) =>
              ruleInWords(rule, rules, titles, sentences).map((sentence) => (
                <li key={`${rule.id} ${sentence}`}>{sentence}</li>
              )),
            )}
          </ul>
        </div>
      ))}
      {draft.opens !== null && (
        <>
          <h3>{t.terms}</h3>
          <ul>
            {[
              ...termsInWords(termsOf(draft), sentences),
              ...placesInWords(manifest.colleges, titles, sentences),
            ].map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
