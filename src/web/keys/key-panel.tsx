/** Making, opening, saving and restoring somebody's signing key: what has to be done before anything is signed. */
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { TrusteeError } from '../../trustee/errors.ts';
import { CheckField, FileField, SelectField, TextField } from '../desk/island/fields.tsx';
import { saveFile } from '../desk/island/save-file.ts';
import { Button, ErrorSummary, Grouped, Notice } from '../member/island/screen.tsx';
import type { DeskKeyTexts } from '../texts/en/desk-key.ts';
import { useKeptFocus } from './kept-focus.ts';
import { type KeySitting, useKeySitting } from './key-sitting.ts';
import type { OpenKey } from './signing-keys.ts';

const PASSPHRASE_CHARACTERS = 12;

interface Fault {
  readonly field: string;
  readonly text: string;
}

/** What is said of a key, by whoever's it is. */
export type KeyTexts = Omit<DeskKeyTexts, 'requests' | 'confirm'>;

interface FormProps {
  readonly t: KeyTexts;
  readonly sitting: KeySitting;
}

/** A form with one button; while it works, it says so and does nothing more. */
function KeyForm({
  t,
  label,
  busyLabel,
  act,
  children,
}: Pick<FormProps, 't'> & {
  readonly label: string;
  readonly busyLabel: string;
  /** @returns what is wrong with what was filled in. */
  readonly act: () => Promise<Fault | null>;
  readonly children: (fault: Fault | null) => JSX.Element;
}): JSX.Element {
  const [busy, work] = useState(false);
  const [fault, blame] = useState<Fault | null>(null);
  const submit = async (): Promise<void> => {
    if (busy) return;
    work(true);
    blame(null);
    blame(
      await act().catch((error: unknown) => ({ field: '', text: `${t.faults.failed} ${String(error)}` })),
    );
    work(false);
  };
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <ErrorSummary title={t.faults.summary} faults={fault === null ? [] : [fault]} />
      {children(fault)}
      <button type="submit" class="govuk-button" aria-disabled={busy}>
        {busy ? busyLabel : label}
      </button>
      <p role="status">{busy ? t.takesTime : ''}</p>
    </form>
  );
}

const faultOf = (fault: Fault | null, field: string): string | undefined =>
  fault?.field === field ? fault.text : undefined;

function MakeForm({ t, sitting }: FormProps): JSX.Element {
  const [passphrase, type] = useState('');
  const [again, typeAgain] = useState('');
  const [shown, show] = useState(false);
  const make = async (): Promise<Fault | null> => {
    if (passphrase.length < PASSPHRASE_CHARACTERS)
      return { field: 'new-passphrase', text: t.faults.short(PASSPHRASE_CHARACTERS) };
    if (passphrase !== again) return { field: 'new-passphrase-again', text: t.faults.differ };
    const key = await sitting.keys.make(passphrase);
    // Browsers may throw away what sites store, unless they are asked not to.
    await navigator.storage.persist().catch(() => false);
    sitting.hold(key);
    return null;
  };
  const common = { type: shown ? 'text' : 'password', autocomplete: 'new-password' } as const;
  return (
    <KeyForm t={t} label={t.make} busyLabel={t.making} act={make}>
      {(fault) => (
        <>
          <TextField
            id="new-passphrase"
            label={t.newPassphrase}
            hint={t.advice(PASSPHRASE_CHARACTERS)}
            fault={faultOf(fault, 'new-passphrase')}
            value={passphrase}
            onChange={type}
            {...common}
          />
          <TextField
            id="new-passphrase-again"
            label={t.again}
            fault={faultOf(fault, 'new-passphrase-again')}
            value={again}
            onChange={typeAgain}
            {...common}
          />
          <CheckField id="new-passphrase-show" label={t.show} value={shown} onChange={show} />
        </>
      )}
    </KeyForm>
  );
}

function RestoreForm({ t, sitting }: FormProps): JSX.Element {
  const [file, choose] = useState<File | null>(null);
  const [passphrase, type] = useState('');
  const restore = async (): Promise<Fault | null> => {
    if (file === null) return { field: 'backup', text: t.faults.noFile };
    if (passphrase === '') return { field: 'backup-passphrase', text: t.faults.noPassphrase };
    try {
      sitting.hold(await sitting.keys.restore(new Uint8Array(await file.arrayBuffer()), passphrase));
      await navigator.storage.persist().catch(() => false);
      return null;
    } catch (error) {
      if (!(error instanceof TrusteeError)) throw error;
      return { field: 'backup-passphrase', text: t.faults.wrongFile };
    }
  };
  return (
    <KeyForm t={t} label={t.restore} busyLabel={t.restoring} act={restore}>
      {(fault) => (
        <>
          <FileField
            id="backup"
            label={t.backup}
            accept=".age"
            fault={faultOf(fault, 'backup')}
            onChange={choose}
          />
          <TextField
            id="backup-passphrase"
            label={t.ofBackup}
            type="password"
            autocomplete="current-password"
            fault={faultOf(fault, 'backup-passphrase')}
            value={passphrase}
            onChange={type}
          />
        </>
      )}
    </KeyForm>
  );
}

function OpenForm({ t, sitting, names }: FormProps & { readonly names: readonly string[] }): JSX.Element {
  const [name, choose] = useState(names[0] ?? '');
  const [passphrase, type] = useState('');
  const open = async (): Promise<Fault | null> => {
    if (passphrase === '') return { field: 'passphrase', text: t.faults.noPassphrase };
    try {
      sitting.hold(await sitting.keys.open(name, passphrase));
      return null;
    } catch (error) {
      if (!(error instanceof TrusteeError)) throw error;
      return { field: 'passphrase', text: t.faults.wrong };
    }
  };
  return (
    <KeyForm t={t} label={t.open} busyLabel={t.opening} act={open}>
      {(fault) => (
        <>
          {names.length > 1 && (
            <SelectField
              id="which-key"
              label={t.which}
              value={name}
              choices={names.map((value) => ({ value, label: value }))}
              onChange={choose}
            />
          )}
          <TextField
            id="passphrase"
            label={t.passphrase}
            type="password"
            autocomplete="current-password"
            fault={faultOf(fault, 'passphrase')}
            value={passphrase}
            onChange={type}
          />
        </>
      )}
    </KeyForm>
  );
}

function OpenedKey({ t, sitting, held }: FormProps & { readonly held: OpenKey }): JSX.Element {
  const [said, say] = useState('');
  const save = async (): Promise<void> => {
    const bytes = await sitting.keys.copy(held.publicKey);
    saveFile(`${sitting.role}-key-${held.publicKey.slice(0, 8)}.age`, 'application/octet-stream', bytes);
    say(t.saved);
  };
  const copy = async (): Promise<void> =>
    await navigator.clipboard.writeText(held.publicKey).then(
      () => say(t.copied),
      () => say(t.byHand),
    );
  return (
    <>
      <p role="status">{t.isOpen}</p>
      <p>{t.publicKey}</p>
      <p>
        <Grouped code={held.publicKey} name={`${sitting.role}-key`} />
      </p>
      <p>{t.saveText}</p>
      <p class="buttons">
        <Button kind="plain" onPress={() => void save()}>
          {t.save}
        </Button>{' '}
        <Button kind="plain" onPress={() => void copy()}>
          {t.copy}
        </Button>{' '}
        <Button kind="plain" onPress={() => sitting.lock()}>
          {t.lock}
        </Button>
      </p>
      <p role="status">{said}</p>
    </>
  );
}

/** Before a key is open: the form for the key that is here, or to make or restore one. */
function LockedKey({ t, sitting, names }: FormProps & { readonly names: readonly string[] }): JSX.Element {
  const isHere = names.length > 0;
  return (
    <>
      {isHere ? (
        <>
          <p>{t.openText}</p>
          <OpenForm t={t} sitting={sitting} names={names} />
        </>
      ) : (
        <>
          <p>{t.none}</p>
          <MakeForm t={t} sitting={sitting} />
        </>
      )}
      <details class="govuk-details">
        <summary class="govuk-details__summary">
          <span class="govuk-details__summary-text">{t.restoreTitle}</span>
        </summary>
        <div class="govuk-details__text">
          <RestoreForm t={t} sitting={sitting} />
        </div>
      </details>
      {isHere && (
        <details class="govuk-details">
          <summary class="govuk-details__summary">
            <span class="govuk-details__summary-text">{t.makeTitle}</span>
          </summary>
          <div class="govuk-details__text">
            <MakeForm t={t} sitting={sitting} />
          </div>
        </details>
      )}
    </>
  );
}

/** A signing key: what it is, and whatever has to be done with it now. */
export function KeyPanel({ t, sitting }: FormProps): JSX.Element {
  const { key, idled } = useKeySitting(sitting);
  const [names, list] = useState<readonly string[] | null>(null);
  const heading = useKeptFocus<HTMLHeadingElement>(key);
  useEffect(() => {
    void sitting.keys.names().then(list, () => list([]));
  }, [key]);
  return (
    <section>
      <h2 tabIndex={-1} ref={heading}>
        {t.title}
      </h2>
      {idled && <Notice>{t.locked}</Notice>}
      {key === null && (
        <>
          <p>{t.what}</p>
          <p>{t.caution}</p>
        </>
      )}
      {key !== null && <OpenedKey t={t} sitting={sitting} held={key} />}
      {key === null &&
        (names === null ? <p>{t.loading}</p> : <LockedKey t={t} sitting={sitting} names={names} />)}
    </section>
  );
}
