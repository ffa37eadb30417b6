/** The four screens of the booth: read, choose, review, done. */
import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import type { Titles } from '../../texts/titles.ts';
import type { Booth } from './booth.ts';
import type { ReviewNote, Scene } from './booth-scene.ts';
import { ChosenSummary, Consultative } from './chosen.tsx';
import { ContestField, faultIn, firstField } from './contest.tsx';
import { choiceOfDraft, choicesOf } from './drafts.ts';
import { Qr } from './qr.tsx';
import { ReportLink } from './report-link.tsx';
import { Button, ErrorSummary, type Fault, focusOn, Grouped, Notice, Screen, save } from './screen.tsx';
import { Whom } from './whom.tsx';
import type { Words } from './words.ts';

export interface BoothProps {
  readonly booth: Booth;
  readonly titles: Titles;
  readonly words: Words;
  /** Shows a screen that the back button leaves again. */
  readonly go: (act: () => unknown) => void;
}

const paragraphs = (text: string): readonly string[] =>
  text.split(/\n{2,}/).filter((part) => part.trim() !== '');

function Texts({ text, lang }: { readonly text: string; readonly lang: string }): JSX.Element {
  return (
    <div class="texts" lang={lang}>
      {paragraphs(text).map((part) => (
        <p key={part}>{part}</p>
      ))}
    </div>
  );
}

export function ReadScreen({ booth, titles, words, go }: BoothProps): JSX.Element | null {
  const { known, texts, place } = booth;
  if (known === null || texts === null || place === null) return null;
  const { read, stages } = words.t;
  const college = known.manifest.colleges.find(({ id }) => id === place.college);
  return (
    <Screen title={titles.election} stage={stages.read}>
      {known.manifest.kind === 'rehearsal' && <p class="govuk-inset-text">{read.rehearsal}</p>}
      {booth.hasVoted && <p class="govuk-inset-text">{read.voted}</p>}
      <Texts text={texts.intro} lang={texts.lang} />
      {booth.contests.map(({ id }) => (
        <section key={id}>
          <h2 lang={texts.lang}>{titles.contest(id)}</h2>
          <Consultative contest={id} titles={titles} words={words} />
          <Texts text={texts.contests[id]?.text ?? ''} lang={texts.lang} />
        </section>
      ))}
      <div class="facts">
        <p>
          <strong>{read.you(titles.college(place.college), String(place.voter))}</strong>{' '}
          {place.weight > 1 && read.weight(place.weight)} {read.compare}
        </p>
        <p>{known.closes === null ? read.untilClosed : read.until(words.format.time(known.closes))}</p>
        <p>{college?.mode === 'recorded' ? read.recorded : read.secret}</p>
        <Whom titles={titles} words={words} />
        <ReportLink election={booth.election} words={words} evidence={{ voter: place.voter }} />
      </div>
      <Button onPress={() => go(() => booth.choose())}>{read.start}</Button>
    </Screen>
  );
}

type ChooseProps = BoothProps & { readonly scene: Extract<Scene, { kind: 'choose' }> };

export function ChooseScreen({ booth, titles, words, go, scene }: ChooseProps): JSX.Element {
  const { choose, stages, problem } = words.t;
  const weight = booth.place?.weight ?? 1;
  const changed = booth.contests.find(({ id }) => id === scene.contest);
  useEffect(() => {
    if (changed !== undefined) focusOn(firstField(changed));
  }, [changed]);
  const faults: Fault[] = booth.contests.flatMap((contest) => {
    const drafted = scene.isTried ? choiceOfDraft(contest, weight, booth.draft(contest.id)) : null;
    if (drafted === null || !('fault' in drafted)) return [];
    const text = `${titles.contest(contest.id)} – ${faultIn(drafted.fault, contest, titles, words)}`;
    return [{ field: firstField(contest), text }];
  });
  return (
    <Screen title={choose.title} stage={stages.choose}>
      <ErrorSummary title={problem} faults={faults} />
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          go(() => booth.review());
        }}
      >
        {booth.contests.map((contest) => (
          <ContestField
            key={contest.id}
            contest={contest}
            weight={weight}
            draft={booth.draft(contest.id)}
            isTried={scene.isTried}
            titles={titles}
            words={words}
            onFill={(draft) => booth.fill(contest.id, draft)}
          />
        ))}
        <button type="submit" class="govuk-button">
          {choose.go}
        </button>
      </form>
    </Screen>
  );
}

function reviewNote(note: ReviewNote, { t: { review } }: Words): string | null {
  const notes = {
    fresh: review.freshAfterCheck,
    opened: review.opened,
    lost: review.lost,
    'check-lost': review.checkLost,
    busy: review.busy,
  };
  return note === null ? null : notes[note];
}

type ReviewProps = BoothProps & { readonly scene: Extract<Scene, { kind: 'review' }> };

export function ReviewScreen({ booth, titles, words, go, scene }: ReviewProps): JSX.Element {
  const { review, stages, tryAgain } = words.t;
  const { note, busy, ballot } = scene;
  const weight = booth.place?.weight ?? 1;
  const said = reviewNote(note, words);
  // It may have arrived: it is neither uncast nor to be opened.
  const isLost = note === 'lost';
  return (
    <Screen title={review.title} stage={stages.review}>
      {!isLost && busy !== 'cast' && (
        <p>
          <strong>{review.notYet}</strong>
        </p>
      )}
      {said !== null && <Notice>{said}</Notice>}
      <ChosenSummary
        contests={booth.contests}
        weight={weight}
        choices={choicesOf(booth.contests, weight, booth.drafts)}
        titles={titles}
        words={words}
        beside={(contest) => (
          <button
            type="button"
            class="link"
            disabled={busy !== null}
            onClick={() => {
              booth.change(contest.id);
              history.back();
            }}
          >
            {review.change}
            <span class="unseen"> {titles.contest(contest.id)}</span>
          </button>
        )}
      />
      <Button busy={busy !== null} onPress={() => void booth.cast()}>
        {busy === 'cast' ? review.casting : isLost ? tryAgain : review.cast}
      </Button>
      <p role="status">{busy === 'cast' && review.castingNote}</p>
      {!isLost && (
        <section>
          <h2>{review.checkTitle}</h2>
          <p>{review.checkText}</p>
          <p>
            {review.fingerprint} <Grouped code={ballot.fingerprint} name="fingerprint" />
          </p>
          <Button kind="plain" busy={busy !== null} onPress={() => go(() => booth.check())}>
            {busy === 'check' ? review.opening : review.check}
          </Button>
          <ReportLink
            election={booth.election}
            words={words}
            evidence={{ about: 'wrong-ballot', voter: booth.place?.voter ?? null }}
          />
        </section>
      )}
    </Screen>
  );
}

type DoneProps = BoothProps & {
  readonly scene: Extract<Scene, { kind: 'done' }>;
};

export function DoneScreen({ booth, titles, words, scene }: DoneProps): JSX.Element {
  const { done, stages } = words.t;
  const { receipt, at } = scene.cast;
  // With the service: paper has no address of its own.
  const page = `${location.origin}/elections/${booth.election}/my-vote`;
  const fact = (name: string, value: string) => (
    <div class="govuk-summary-list__row">
      <dt class="govuk-summary-list__key">{name}</dt>
      <dd class="govuk-summary-list__value">{value}</dd>
    </div>
  );
  return (
    <div class="ended">
      <Screen title={done.title} stage={stages.done}>
        <p class="lead">{done.text}</p>
        <section class="receipt">
          <h2>{done.receipt}</h2>
          <p lang={titles.lang}>{titles.election}</p>
          {booth.contests
            .filter(({ id }) => titles.isConsultative(id))
            .map(({ id }) => (
              <div key={id}>
                <p lang={titles.lang}>{titles.contest(id)}</p>
                <Consultative contest={id} titles={titles} words={words} />
              </div>
            ))}
          <dl class="govuk-summary-list">
            {fact(done.voter, String(receipt.voter ?? ''))}
            {fact(done.entry, String(receipt.index))}
            {fact(done.time, words.format.time(at))}
            <div class="govuk-summary-list__row">
              <dt class="govuk-summary-list__key">{done.code}</dt>
              <dd class="govuk-summary-list__value">
                <Grouped code={receipt.leaf} name="receipt" />
              </dd>
            </div>
          </dl>
          <Qr text={`${page}#${receipt.leaf}`} label={done.qr} />
          <p>{done.says}</p>
        </section>
        <div class="govuk-button-group">
          <Button
            kind="plain"
            onPress={() => save(`receipt-${receipt.voter ?? 0}-${receipt.index}.json`, receipt)}
          >
            {done.save}
          </Button>
          <Button kind="plain" onPress={() => print()}>
            {done.print}
          </Button>
        </div>
        <p>
          <a href={`${page}?lang=${words.lang}#${receipt.leaf}`}>{done.later}</a>
        </p>
        <p>{done.another}</p>
        <Whom titles={titles} words={words} />
        <ReportLink election={booth.election} words={words} evidence={{ voter: receipt.voter, receipt }} />
      </Screen>
    </div>
  );
}
