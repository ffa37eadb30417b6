/** The page of a recount: one button, how far it is, and what came of it. What comes back from the record is hostile. */

// oxlint-disable-next-line no-unassigned-import
import '../trustee/island/no-eval.ts';
import type { JSX } from 'preact';
import { render } from 'preact';
import { useState } from 'preact/hooks';
import { textsDocument } from '../../ballot/manifest.ts';
import { parseDocument } from '../../record/envelope.ts';
import { readBlob } from '../../record/record-source.ts';
import type { Progress } from '../../tally/verify/verify-record.ts';
import { useKeptFocus } from '../keys/kept-focus.ts';
import { useErrorTitle } from '../member/island/screen.tsx';
import { type DecisionInWords, decisionsInWords } from '../result-in-words.ts';
import { Titles, visible } from '../texts/titles.ts';
import { ObserversPart } from './certificate.tsx';
import { fetchedRecord } from './fetched-record.ts';
import type { RecountReport } from './messages.ts';
import { recountRecord } from './recount.ts';
import { ChecksUnderway, type Found, Report } from './report.tsx';
import { decisionTexts, t } from './words.ts';

/** The worker's script, beside this one, set where this is bundled. */
declare const WORKER_NAME: string;

const NAME = /^[A-Za-z0-9_-]{43}$/;

interface Working {
  readonly kind: 'working';
  readonly progress: Progress | null;
  readonly isWaiting: boolean;
  /** The name of the election was given by the observer. */
  readonly isTyped: boolean;
  readonly stop: AbortController;
}

type State =
  | { readonly kind: 'ready'; readonly isBad: boolean }
  | Working
  | { readonly kind: 'found'; readonly found: Found }
  | { readonly kind: 'stopped' }
  | { readonly kind: 'failed'; readonly why: string };

/** The outcome with titles, whose texts are those that the recounted manifest names. */
async function decisionsOf(record: string, { manifest, result }: RecountReport): Promise<DecisionInWords[]> {
  if (manifest === null || result === null) return [];
  const named = manifest.texts.find(({ lang }) => lang === t.lang) ?? manifest.texts[0];
  if (named === undefined) return [];
  const texts = parseDocument(textsDocument, await readBlob(fetchedRecord(record), named.blob));
  return decisionsInWords(manifest, result, new Titles(texts, manifest.rules), decisionTexts).filter(
    (told) => told !== null,
  );
}

const NOTHING_YET: Progress = { stage: 'entries', done: 0, total: 0, checks: {} };

/** The bar is for eyes; every tenth is said aloud. */
function ProgressShown({ progress, isWaiting, isTyped, stop }: Working): JSX.Element {
  const { stage, done, total, checks } = progress ?? NOTHING_YET;
  const tenths = total === 0 ? 0 : Math.floor((10 * done) / total) * 10;
  return (
    <div>
      <p role="status">{isWaiting ? t.waiting : t.percent(t.stages[stage], tenths)}</p>
      <progress aria-label={t.working} max={Math.max(total, 1)} value={done} />
      {stage === 'entries' && total > 0 && <p>{t.progress(done, total)}</p>}
      <button type="button" class="govuk-button govuk-button--secondary" onClick={() => stop.abort()}>
        {t.cancel}
      </button>
      <h2>{t.checksUnderway}</h2>
      <ChecksUnderway checks={checks} isTyped={isTyped} />
    </div>
  );
}

function Failed({ title, text, why }: { title: string; text: string; why: string }): JSX.Element {
  return (
    <div class="notice" role="alert">
      <h2>{title}</h2>
      <p>{text}</p>
      <p lang="en">{why}</p>
    </div>
  );
}

interface PageProps {
  readonly election: string;
  /** The address of the record folder. */
  readonly record: string;
  /** It is a copy on a host that only hands out files. */
  readonly isCopy: boolean;
}

function Recount({ election, record, isCopy }: PageProps): JSX.Element {
  const [typed, type] = useState('');
  const [state, show] = useState<State>({ kind: 'ready', isBad: false });
  const found = useKeptFocus<HTMLDivElement>(state.kind);
  const recount = async (): Promise<void> => {
    if (state.kind === 'working') return;
    const own = typed.replaceAll(/\s/g, '');
    if (own !== '' && !NAME.test(own)) return show({ kind: 'ready', isBad: true });
    const stop = new AbortController();
    const isTyped = own !== '';
    const working: Working = { kind: 'working', progress: null, isWaiting: false, isTyped, stop };
    show(working);
    const name = own || election;
    const update = (change: Partial<Working>): void => {
      if (!stop.signal.aborted) show((now) => (now.kind === 'working' ? { ...now, ...change } : now));
    };
    try {
      const script = new URL(WORKER_NAME, import.meta.url).href;
      const report = await recountRecord(
        script,
        { record, anchor: { manifest: name } },
        {
          onProgress: (progress) => update({ progress, isWaiting: false }),
          onWaiting: () => update({ isWaiting: true }),
          signal: stop.signal,
        },
      );
      const decisions = await decisionsOf(record, report);
      show({ kind: 'found', found: { report, decisions, name, isTyped } });
    } catch (error) {
      const why = visible(error instanceof Error ? error.message : String(error));
      show(stop.signal.aborted ? { kind: 'stopped' } : { kind: 'failed', why });
    }
  };
  const isBad = state.kind === 'ready' && state.isBad;
  useErrorTitle(isBad);
  return (
    <>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void recount();
        }}
      >
        <div class={`govuk-form-group${isBad ? ' govuk-form-group--error' : ''}`}>
          <label class="govuk-label" for="name">
            {t.label}
          </label>
          <p class="govuk-hint" id="name-hint">
            {t.hint}
          </p>
          {isBad && (
            <p class="govuk-error-message" id="name-error" role="alert">
              {t.bad}
            </p>
          )}
          <input
            class="govuk-input"
            id="name"
            value={typed}
            onInput={({ currentTarget }) => type(currentTarget.value)}
            aria-describedby={isBad ? 'name-hint name-error' : 'name-hint'}
            aria-invalid={isBad}
            autocomplete="off"
            spellcheck={false}
          />
        </div>
        <button type="submit" class="govuk-button" aria-disabled={state.kind === 'working'}>
          {state.kind === 'ready' || state.kind === 'working' ? t.go : t.again}
        </button>
      </form>
      <div tabIndex={-1} ref={found}>
        {state.kind === 'working' && <ProgressShown {...state} />}
        {state.kind === 'stopped' && <p role="status">{t.cancelled}</p>}
        {state.kind === 'failed' && <Failed title={t.failed} text={t.failedText} why={state.why} />}
        {state.kind === 'found' && <Report {...state.found} />}
      </div>
      <ObserversPart report={state.kind === 'found' ? state.found.report : null} isCopy={isCopy} />
    </>
  );
}

const root = document.querySelector<HTMLElement>('#recount');
if (root !== null) {
  const { election = '', record = '', copy } = root.dataset;
  const address = new URL(record, location.href).href.replace(/\/$/, '');
  root.replaceChildren();
  render(<Recount election={election} record={address} isCopy={copy !== undefined} />, root);
}
