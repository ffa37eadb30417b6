/** Making an election: from a form to rules that nobody can change any more. */
import type { JSX } from 'preact';
import { useEffect, useMemo, useState } from 'preact/hooks';
import { toBase64Url } from '../../../crypto/bytes.ts';
import { generateSigningKey, publicKeyOf } from '../../../crypto/ed25519.ts';
import type { ServiceKeys } from '../../../officer/election-draft.ts';
import { missingOf, parseUnfinished, type UnfinishedDraft } from '../../../officer/unfinished-draft.ts';
import { useKeptFocus } from '../../keys/kept-focus.ts';
import { Button, ErrorSummary, type Fault, FaultLinks, Notice, Screen } from '../../member/island/screen.tsx';
import { Confirm } from './confirm.tsx';
import { Counts } from './draft-counts.tsx';
import { FORM_NAMES, keepDraft, keptDraft, startFrom } from './draft-forms.ts';
import { Observers, Officers, Trustees, Witnesses } from './draft-people.tsx';
import { Preview } from './draft-preview.tsx';
import { faultsOf } from './draft-problems.ts';
import { Questions, What, When, Who } from './draft-sections.tsx';
import { failureInWords } from './failures.ts';
import { FileField, SelectField } from './fields.tsx';
import { KeyPanel } from './key-panel.tsx';
import { useSitting } from './officer-key.ts';
import { publish, readService } from './publish-election.ts';
import { saveFile } from './save-file.ts';
import type { Words } from './words.ts';

export interface NewElectionProps {
  readonly words: Words;
  /** The scripts of members' pages that the service has, SHA-256 in base64url. */
  readonly scripts: readonly string[];
}

const now = (): number => Math.floor(Date.now() / 1000);

/** Stands for the officer's key while none is open, so that everything else can be checked. */
const anyKey = toBase64Url(publicKeyOf(generateSigningKey()));

interface StartProps {
  readonly words: Words;
  readonly start: (draft: UnfinishedDraft) => void;
}

function Start({ words, start }: StartProps): JSX.Element {
  const { form: t, steps, titles } = words.draft;
  const [form, choose] = useState('');
  const [isBad, blame] = useState(false);
  const load = async (file: File | null): Promise<void> => {
    if (file === null) return;
    try {
      start(parseUnfinished(await file.text()));
    } catch {
      blame(true);
    }
  };
  return (
    <section>
      <h2>{steps.form}</h2>
      <SelectField
        id="form"
        label={t.label}
        value={form}
        choices={[
          { value: '', label: t.choose },
          ...FORM_NAMES.map((value) => ({ value, label: t.names[value] ?? value })),
        ]}
        onChange={choose}
      />
      <Button onPress={() => form !== '' && start(startFrom(form, words.lang, titles))}>{t.start}</Button>
      <FileField
        id="saved-draft"
        label={t.load}
        accept=".json,application/json"
        fault={isBad ? t.badFile : undefined}
        onChange={(file) => void load(file)}
      />
    </section>
  );
}

/** What is missing, as links to the fields. */
function Missing({
  words,
  faults,
}: {
  readonly words: Words;
  readonly faults: readonly Fault[];
}): JSX.Element {
  const { missing: t } = words.draft;
  return (
    <>
      <h3>{t.title}</h3>
      <p role="status">{faults.length === 0 ? t.none : t.some(faults.length)}</p>
      <FaultLinks faults={faults} look="govuk-list--bullet" />
    </>
  );
}

interface EditorProps extends NewElectionProps {
  readonly draft: UnfinishedDraft;
  readonly service: ServiceKeys;
  readonly change: (change: Partial<UnfinishedDraft>) => void;
  readonly discard: () => void;
  readonly onPublished: (election: string) => void;
}

function Editor({ words, scripts, draft, service, change, discard, onPublished }: EditorProps): JSX.Element {
  const { form, publish: t, missing } = words.draft;
  const { key } = useSitting();
  const [asking, askFor] = useState<'publish' | 'discard' | null>(null);
  const heading = useKeptFocus<HTMLHeadingElement>(asking === 'publish');
  const buttons = useKeptFocus<HTMLParagraphElement>(asking === 'discard');
  const [faultsShown, show] = useState<readonly Fault[]>([]);
  const publisher = { service, officer: key?.publicKey ?? anyKey, scripts };
  const faults = useMemo(() => {
    const noKey = key === null ? [{ field: 'key', code: 'missing', why: '' }] : [];
    return faultsOf([...missingOf(draft, publisher, now()), ...noKey], draft, words.draft);
    // oxlint-disable-next-line exhaustive-deps
  }, [draft, key]);
  const title = draft.election.texts[0]?.title ?? '';
  const section = {
    words,
    draft,
    change,
    election: draft.election,
    edit: (election: UnfinishedDraft['election']) => change({ election }),
  };
  return (
    <>
      <ErrorSummary title={missing.title} faults={faultsShown} />
      <p>{words.draft.kept}</p>
      <p class="buttons" tabIndex={-1} ref={buttons}>
        <Button
          kind="plain"
          onPress={() => saveFile('draft.json', 'application/json', `${JSON.stringify(draft, null, 1)}\n`)}
        >
          {form.save}
        </Button>{' '}
        <Button kind="plain" onPress={() => askFor('discard')}>
          {form.again}
        </Button>
      </p>
      {asking === 'discard' && (
        <Confirm
          words={words}
          title={form.againTitle}
          yes={form.againYes}
          act={() => Promise.resolve(discard())}
          cancel={() => askFor(null)}
        >
          <p>{form.againText}</p>
        </Confirm>
      )}
      <What {...section} />
      <Questions {...section} />
      <Who {...section} />
      <Counts {...section} />
      <When {...section} />
      <Trustees {...section} />
      <Officers {...section} />
      <Observers {...section} />
      <Witnesses {...section} />
      <Preview words={words} draft={draft} />
      <div id="signing-key" tabIndex={-1}>
        <KeyPanel words={words} />
      </div>
      <section>
        <h2 tabIndex={-1} ref={heading}>
          {words.draft.steps.publish}
        </h2>
        <Missing words={words} faults={faults} />
        {asking === 'publish' && key !== null ? (
          <Confirm
            words={words}
            title={t.title}
            yes={t.yes}
            act={async () => onPublished(await publish(draft, key, publisher))}
            cancel={() => askFor(null)}
          >
            <p>{t.text(title)}</p>
            <p>{t.opens(words.format.time(draft.opens ?? 0))}</p>
          </Confirm>
        ) : (
          <Button
            onPress={() => {
              show(faults);
              if (faults.length === 0) askFor('publish');
            }}
          >
            {t.button}
          </Button>
        )}
      </section>
    </>
  );
}

export function NewElection({ words, scripts }: NewElectionProps): JSX.Element {
  const { draft: t } = words;
  const [draft, hold] = useState<UnfinishedDraft | null>(keptDraft);
  const [service, know] = useState<ServiceKeys | null>(null);
  const [fault, blame] = useState<string | null>(null);
  const [election, name] = useState<string | null>(null);
  const lead = useKeptFocus<HTMLParagraphElement>(draft === null);
  const set = (next: UnfinishedDraft | null): void => {
    hold(next);
    keepDraft(next);
  };
  useEffect(() => {
    void readService().then(know, (error: unknown) => blame(failureInWords(error, words)));
  }, [words]);
  if (election !== null) {
    const address = `/desk/elections/${election}`;
    return (
      <Screen title={t.publish.done}>
        <p>{t.publish.doneText}</p>
        <p>
          <a class="govuk-button" href={`${address}/roll?lang=${words.lang}`}>
            {t.publish.toTokens}
          </a>
        </p>
        <p>
          <a href={`${address}?lang=${words.lang}`}>{t.publish.toDesk}</a>
        </p>
      </Screen>
    );
  }
  return (
    <Screen title={words.t.make}>
      <p tabIndex={-1} ref={lead}>
        {t.lead}
      </p>
      {fault !== null && <Notice>{fault}</Notice>}
      {draft === null && <Start words={words} start={set} />}
      {draft !== null && service !== null && (
        <Editor
          words={words}
          scripts={scripts}
          draft={draft}
          service={service}
          change={(change) => set({ ...draft, ...change })}
          discard={() => set(null)}
          onPublished={(published) => {
            set(null);
            name(published);
          }}
        />
      )}
    </Screen>
  );
}
