/** Whom members may ask: a name, and how to reach them. */
import type { JSX } from 'preact';
import type { Person } from '../../../ballot/manifest.ts';
import { AreaField, TextField } from './fields.tsx';

const MOST_NAME = 200;
const MOST_CONTACT = 500;

interface PersonProps {
  /** Begins the ids of both fields. */
  readonly id: string;
  readonly labels: { readonly name: string; readonly contact: string; readonly hint?: string };
  readonly value: Person;
  readonly onChange: (person: Person) => void;
}

export function PersonFields({ id, labels, value, onChange }: PersonProps): JSX.Element {
  return (
    <>
      <TextField
        id={`${id}-name`}
        label={labels.name}
        most={MOST_NAME}
        value={value.name}
        onChange={(name) => onChange({ ...value, name })}
      />
      <AreaField
        id={`${id}-contact`}
        label={labels.contact}
        {...(labels.hint !== undefined && { hint: labels.hint })}
        rows={2}
        most={MOST_CONTACT}
        value={value.contact}
        onChange={(contact) => onChange({ ...value, contact })}
      />
    </>
  );
}
