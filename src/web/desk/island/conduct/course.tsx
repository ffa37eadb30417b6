/** The acts that make the course of an election: opening, closing, counting. */
import type { JSX } from 'preact';
import { bigintKernel } from '../../../../crypto/kernel/bigint.ts';
import { citeLinks } from '../../../../officer/cite-links.ts';
import { openingOf } from '../../../../officer/opening.ts';
import { closesOf } from '../../../../record/acts.ts';
import { Act } from './act.tsx';
import type { DeskProps } from './acts.tsx';
import { closeVoting, startTally } from './answers.ts';
import { recordOf } from './view.ts';

/** The earliest that voting may begin: when the rules say, and no sooner than notice has been given. */
export function OpenAct({ desk }: DeskProps): JSX.Element {
  const { words, view } = desk;
  const { conduct: t, format } = words;
  const { state, known, election } = view;
  const { times, links } = state.manifest;
  const earliest = (): number => Math.max(Math.floor(Date.now() / 1000), known.published + times.notice);
  const closes = closesOf(state);
  const facts = (): string[] => [
    t.facts.opens(format.time(Math.max(earliest(), times.opens))),
    closes === null ? t.facts.closesByHand : t.facts.closes(format.time(closes)),
    t.facts.voters(format.number(state.roll?.body.size ?? 0)),
    ...(links.length === 0 ? [] : [t.facts.links]),
    ...(known.tokens === 'none' || known.tokens === 'issued' ? [t.tokensNotSent] : []),
  ];
  return (
    <Act
      desk={desk}
      name="open"
      facts={facts}
      act={() =>
        desk.enter(async (latest) => {
          const results = await citeLinks(bigintKernel, recordOf(election), latest.manifest);
          return { type: 'opening', body: openingOf(latest, results, earliest()) };
        }, 'open')
      }
    />
  );
}

export function CloseAct({ desk }: DeskProps): JSX.Element {
  const { election } = desk.view;
  return (
    <Act
      desk={desk}
      name="close"
      unsigned
      act={() =>
        desk.run(async () => {
          await closeVoting(election);
          return null;
        }, 'close')
      }
    />
  );
}

const PAUSE = 500;

export function TallyAct({ desk }: DeskProps): JSX.Element {
  const { view, words } = desk;
  const { conduct: t } = words;
  const { state, done, of } = view.tally;
  if (state === 'running') {
    return (
      <p>
        <progress aria-label={t.steps.counted.title} max={of} value={done} />
      </p>
    );
  }
  return (
    <>
      {state === 'failed' && <p role="alert">{t.faults.failedTally}</p>}
      <Act
        desk={desk}
        name="tally"
        unsigned
        act={() =>
          desk.run(async () => {
            const begun = await startTally(view.election);
            // A small count is over before anybody looks.
            if (begun.state === 'running') await new Promise((resolve) => setTimeout(resolve, PAUSE));
            return null;
          }, 'tally')
        }
      />
    </>
  );
}
