/** Signing in. The key goes to the service once, in the body of a request, and is kept nowhere. */
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { ErrorSummary, FieldError } from '../../member/island/screen.tsx';
import type { DeskTexts } from '../../texts/en/desk.ts';
import { ask, codeOf } from './requests.ts';
import type { Words } from './words.ts';

type Fault = Exclude<keyof DeskTexts['signIn'], 'title' | 'text' | 'key' | 'keyHint' | 'go' | 'errors'>;

/** Whether the browser kept the cookie: over http it keeps it for this machine alone. */
async function isKept(): Promise<boolean> {
  try {
    await ask('GET', '/officers/session');
    return true;
  } catch (error) {
    return codeOf(error) === null;
  }
}

function faultOf(error: unknown): Fault {
  const code = codeOf(error);
  if (code === null) return 'unreachable';
  return code === 'too-many-failures' ? 'tooMany' : 'wrong';
}

export function SignIn({ words: { t } }: { readonly words: Words }): JSX.Element {
  const own = t.signIn;
  const [key, type] = useState('');
  const [busy, work] = useState(false);
  const [fault, blame] = useState<Fault | null>(null);
  const signIn = async (): Promise<Fault | null> => {
    if (key.trim() === '') return 'noKey';
    try {
      await ask('POST', '/officers/session', { key: key.trim() });
    } catch (error) {
      return faultOf(error);
    }
    return (await isKept()) ? null : 'notKept';
  };
  const submit = async (): Promise<void> => {
    if (busy) return;
    work(true);
    blame(null);
    const found = await signIn();
    if (found === null) return location.reload();
    work(false);
    blame(found);
  };
  return (
    <>
      <ErrorSummary title={own.errors} faults={fault === null ? [] : [{ field: 'key', text: own[fault] }]} />
      <p>{own.text}</p>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
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
        <button type="submit" class="govuk-button" aria-disabled={busy}>
          {busy ? t.moment : own.go}
        </button>
      </form>
    </>
  );
}
