/** The officer's own account: passkeys, and signing out. */
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { Button, Grouped, Notice } from '../../member/island/screen.tsx';
import { Passkeys } from './passkeys.tsx';
import { ask, codeOf } from './requests.ts';
import type { Words } from './words.ts';

interface AccountProps {
  readonly words: Words;
  /** Who is signed in. */
  readonly officer: string;
}

export function Account({ words, officer }: AccountProps): JSX.Element {
  const own = words.t.account;
  const [failed, fail] = useState(false);
  const leave = async (path: string): Promise<void> => {
    try {
      await ask('DELETE', path);
    } catch (error) {
      // Whoever is not signed in any more has what was asked for.
      if (codeOf(error) !== 'not-signed-in') return fail(true);
    }
    location.reload();
  };
  return (
    <>
      <Passkeys words={words} />
      <section>
        <h2>{own.title}</h2>
        {failed && <Notice>{own.failed}</Notice>}
        <p>
          {own.officer} <Grouped code={officer.slice(0, 8)} />
        </p>
        <p>
          <Button kind="plain" onPress={() => void leave('/officers/session')}>
            {own.signOut}
          </Button>
        </p>
        <p>{own.signOutAllText}</p>
        <Button kind="plain" onPress={() => void leave('/officers/sessions')}>
          {own.signOutAll}
        </Button>
      </section>
    </>
  );
}
