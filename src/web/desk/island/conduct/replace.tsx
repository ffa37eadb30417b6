/** A lost voting code is replaced: the registrar makes another and signs, and the officer signs too (docs/protocol.md §5.4). */
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { signReplacement } from '../../../../officer/sign-entry.ts';
import { seenOf } from '../../../../trustee/read-election.ts';
import { useKeptFocus } from '../../../keys/kept-focus.ts';
import { Button, type Fault } from '../../../member/island/screen.tsx';
import { SelectField, TextField } from '../fields.tsx';
import { Act, faultAt } from './act.tsx';
import type { DeskProps } from './acts.tsx';
import { askReplacement } from './answers.ts';
import { send } from './enter.ts';
import { readState } from './view.ts';

/** A new token, shown once; or that a substitute has one already. */
function NewToken({
  desk,
  token,
  onDone,
}: DeskProps & { readonly token: string; readonly onDone: () => void }): JSX.Element {
  const { token: t } = desk.words.conduct;
  return (
    <section class="notice" aria-live="polite">
      <h3>{t.title}</h3>
      <p>{t.text}</p>
      <p>
        <code class="code">{token}</code>
      </p>
      <p>{t.link}:</p>
      <p>
        <code class="long">{`${location.origin}/elections/${desk.view.election}/vote#${token}`}</code>
      </p>
      <Button onPress={onDone}>{t.printed}</Button>
    </section>
  );
}

export function Replace({ desk, left }: DeskProps & { readonly left: number }): JSX.Element {
  const { conduct: t, format } = desk.words;
  const { view, key } = desk;
  const { colleges } = view.state.manifest;
  const [person, setPerson] = useState('');
  const [substitute, setSubstitute] = useState('');
  const [college, choose] = useState(colleges[0]?.id ?? '');
  const [token, show] = useState<string | null>(null);
  const place = useKeptFocus<HTMLDivElement>(token);
  const check = (): Fault[] => (person.trim() === '' ? [{ field: 'person', text: t.fields.personNone }] : []);
  const replace = async (): Promise<void> => {
    const state = await readState(view.election);
    const asked = {
      person: person.trim(),
      college,
      substitute: substitute.trim() === '' ? null : substitute.trim(),
      ctx: state.opening?.leaf ?? '',
      seen: { ...seenOf(state) },
      old: null,
    };
    if (key === null) return;
    const made = await askReplacement(view.election, asked);
    // Whatever becomes of the answer to what follows: there is no other copy.
    show(made.token);
    await desk.run(
      () => send(view.election, state, signReplacement(made.entry, state.manifest, key.secret)),
      'replace',
    );
  };
  return (
    <div tabIndex={-1} ref={place}>
      {token === null ? (
        <Act
          desk={desk}
          name="replace"
          aside
          check={check}
          facts={() => [
            t.facts.person(person.trim(), view.titles.college(college)),
            t.facts.left(format.number(left)),
          ]}
          act={replace}
          fields={(faults) => (
            <>
              <TextField
                id="person"
                label={t.fields.person}
                value={person}
                onChange={setPerson}
                fault={faultAt(faults, 'person')}
              />
              <SelectField
                id="college"
                label={t.fields.college}
                value={college}
                onChange={choose}
                choices={colleges.map(({ id }) => ({ value: id, label: view.titles.college(id) }))}
              />
              <TextField
                id="substitute"
                label={t.fields.substitute}
                hint={t.fields.substituteHint}
                value={substitute}
                onChange={setSubstitute}
              />
            </>
          )}
        />
      ) : (
        <NewToken desk={desk} token={token} onDone={() => show(null)} />
      )}
    </div>
  );
}
