/** The officer's passkeys: making one on this device, and removing one. */
import { browserSupportsWebAuthn } from '@simplewebauthn/browser';
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { Button, FieldError, Notice } from '../../member/island/screen.tsx';
import { listPasskeys, makePasskey, type Passkey, removePasskey } from './passkey-requests.ts';
import { codeOf } from './requests.ts';
import type { Words } from './words.ts';

type Fault = 'noName' | 'notMade' | 'again' | 'most' | 'cannot' | 'failed';

const FAULTS: Readonly<Record<string, Fault>> = {
  'sign-in-again': 'again',
  'too-many-passkeys': 'most',
  'no-passkeys': 'cannot',
  'bad-passkey': 'notMade',
};

const faultOf = (error: unknown): Fault => FAULTS[codeOf(error) ?? ''] ?? 'failed';

interface RowProps {
  readonly words: Words;
  readonly passkey: Passkey;
  readonly onRemove: () => void;
}

function Row({ words: { t, format }, passkey: { label, added, used }, onRemove }: RowProps): JSX.Element {
  const own = t.passkeys;
  const [asked, askFirst] = useState(false);
  return (
    <div class="govuk-summary-list__row">
      <dt class="govuk-summary-list__key">{label}</dt>
      <dd class="govuk-summary-list__value">
        {own.made(format.time(added))}
        {used !== null && <small>{own.used(format.time(used))}</small>}
        {asked && <p role="alert">{own.confirm(label)}</p>}
      </dd>
      <dd class="govuk-summary-list__actions">
        {asked && (
          <Button kind="plain" onPress={() => askFirst(false)}>
            {own.keep}
          </Button>
        )}
        <Button kind="plain" onPress={asked ? onRemove : () => askFirst(true)}>
          {asked ? own.remove : own.removeNamed(label)}
        </Button>
      </dd>
    </div>
  );
}

interface FormProps {
  readonly words: Words;
  readonly onMade: () => Promise<void>;
}

function MakePasskey({ words: { t }, onMade }: FormProps): JSX.Element {
  const own = t.passkeys;
  const [label, name] = useState('');
  const [busy, work] = useState(false);
  const [fault, blame] = useState<Fault | null>(null);
  const attempt = async (): Promise<Fault | null> => {
    if (label.trim() === '') return 'noName';
    try {
      if (!(await makePasskey(label.trim()))) return 'notMade';
      name('');
      await onMade();
      return null;
    } catch (error) {
      return faultOf(error);
    }
  };
  const make = async (): Promise<void> => {
    if (busy) return;
    work(true);
    blame(null);
    blame(await attempt());
    work(false);
  };
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void make();
      }}
    >
      <div class={`govuk-form-group${fault === null ? '' : ' govuk-form-group--error'}`}>
        <label class="govuk-label" for="label">
          {own.name}
        </label>
        <p class="govuk-hint" id="label-hint">
          {own.nameHint}
        </p>
        {fault !== null && (
          <div role="alert">
            <FieldError id="label-error" text={fault === 'failed' ? t.account.failed : own[fault]} />
          </div>
        )}
        <input
          class="govuk-input govuk-input--width-20"
          id="label"
          value={label}
          maxLength={60}
          onInput={({ currentTarget }) => name(currentTarget.value)}
          aria-describedby={fault === null ? 'label-hint' : 'label-hint label-error'}
          autocomplete="off"
        />
      </div>
      <button type="submit" class="govuk-button govuk-button--secondary" aria-disabled={busy}>
        {busy ? t.moment : own.make}
      </button>
    </form>
  );
}

export function Passkeys({ words }: { readonly words: Words }): JSX.Element {
  const { t } = words;
  const [passkeys, show] = useState<readonly Passkey[] | null>(null);
  const [failed, fail] = useState(false);
  const change = async (act?: () => Promise<void>): Promise<void> => {
    try {
      await act?.();
      show(await listPasskeys());
      fail(false);
    } catch (error) {
      // The passkey that signed in here took the session with it.
      if (codeOf(error) === 'not-signed-in') return location.reload();
      fail(true);
    }
  };
  useEffect(() => {
    void change();
  }, []);
  return (
    <section>
      <h2>{t.passkeys.title}</h2>
      <p>{t.passkeys.text}</p>
      {failed && <Notice>{t.account.failed}</Notice>}
      {passkeys?.length === 0 && <p>{t.passkeys.none}</p>}
      {passkeys !== null && passkeys.length > 0 && (
        <dl class="govuk-summary-list">
          {passkeys.map((passkey) => (
            <Row
              key={passkey.id}
              words={words}
              passkey={passkey}
              onRemove={() => void change(() => removePasskey(passkey.id))}
            />
          ))}
        </dl>
      )}
      {isSecureContext && browserSupportsWebAuthn() ? (
        <MakePasskey words={words} onMade={() => change()} />
      ) : (
        <p>{t.passkeys.cannot}</p>
      )}
    </section>
  );
}
