/** Signing in, by passkey or by the officer's key, which goes to the service in the body of one request and is kept nowhere. */
import { browserSupportsWebAuthn } from '@simplewebauthn/browser';
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { Button, ErrorSummary, FieldError } from '../../member/island/screen.tsx';
import { signInWithPasskey } from './passkey-requests.ts';
import { ask, codeOf } from './requests.ts';
import type { Words } from './words.ts';

/** What goes wrong with the passkey, and with the key; each has its sentence. */
type PasskeyFault = 'passkeyWrong' | 'passkeyNone' | 'passkeyCannot';
type KeyFault = 'noKey' | 'wrong' | 'tooMany' | 'unreachable' | 'notKept';
type Fault = PasskeyFault | KeyFault;
type Way = 'passkey' | 'key';

const FAULTS: Readonly<Record<string, Fault>> = {
  'too-many-failures': 'tooMany',
  'too-many-challenges': 'tooMany',
  'no-passkeys': 'passkeyCannot',
};

/** Whether the browser kept the cookie: over http it keeps it for this machine alone. */
async function isKept(): Promise<boolean> {
  try {
    await ask('GET', '/officers/session');
    return true;
  } catch (error) {
    return codeOf(error) === null;
  }
}

/** What went wrong; null if nothing did. */
async function attempt(way: Way, key: string): Promise<Fault | null> {
  if (way === 'key' && key === '') return 'noKey';
  try {
    if (way === 'key') await ask('POST', '/officers/session', { key });
    else if (!(await signInWithPasskey())) return 'passkeyNone';
  } catch (error) {
    const code = codeOf(error);
    if (code === null) return 'unreachable';
    return FAULTS[code] ?? (way === 'key' ? 'wrong' : 'passkeyWrong');
  }
  return (await isKept()) ? null : 'notKept';
}

export function SignIn({ words: { t } }: { readonly words: Words }): JSX.Element {
  const own = t.signIn;
  const [key, type] = useState('');
  const [busy, work] = useState<Way | null>(null);
  const [failed, blame] = useState<{ readonly way: Way; readonly fault: Fault } | null>(null);
  const hasPasskeys = isSecureContext && browserSupportsWebAuthn();
  const signIn = async (way: Way): Promise<void> => {
    if (busy !== null) return;
    work(way);
    blame(null);
    const fault = await attempt(way, key.trim());
    if (fault === null) return location.reload();
    work(null);
    blame({ way, fault });
  };
  const fault = failed?.way === 'key' ? failed.fault : null;
  return (
    <>
      <ErrorSummary
        title={own.errors}
        faults={failed === null ? [] : [{ field: failed.way, text: own[failed.fault] }]}
      />
      <p>{own.text}</p>
      {hasPasskeys && (
        <>
          <p>{own.passkeyText}</p>
          <p id="passkey" tabIndex={-1}>
            <Button onPress={() => void signIn('passkey')} busy={busy !== null}>
              {busy === 'passkey' ? t.moment : own.passkey}
            </Button>
          </p>
          <h2>{own.withKey}</h2>
        </>
      )}
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void signIn('key');
        }}
      >
        <div class={`govuk-form-group${fault === null ? '' : ' govuk-form-group--error'}`}>
          <label class="govuk-label" for="key">
            {own.key}
          </label>
          <p class="govuk-hint" id="key-hint">
            {own.keyHint}
          </p>
          {fault !== null && <FieldError id="key-error" text={own[fault]} />}
          <input
            class="govuk-input"
            id="key"
            type="password"
            value={key}
            onInput={({ currentTarget }) => type(currentTarget.value)}
            aria-describedby={fault === null ? 'key-hint' : 'key-hint key-error'}
            autocomplete="off"
            spellcheck={false}
          />
        </div>
        <button
          type="submit"
          class={hasPasskeys ? 'govuk-button govuk-button--secondary' : 'govuk-button'}
          aria-disabled={busy !== null}
        >
          {busy === 'key' ? t.moment : own.go}
        </button>
      </form>
    </>
  );
}
