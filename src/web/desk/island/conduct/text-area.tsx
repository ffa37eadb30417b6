/** A labelled field for a text of several lines. */
import type { JSX } from 'preact';
import { FieldError } from '../../../member/island/screen.tsx';
import type { FieldProps } from '../fields.tsx';

interface TextAreaProps extends FieldProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
}

export function TextArea({ id, label, fault, value, onChange }: TextAreaProps): JSX.Element {
  return (
    <div class={`govuk-form-group${fault ? ' govuk-form-group--error' : ''}`}>
      <label class="govuk-label" for={id}>
        {label}
      </label>
      {fault && <FieldError id={`${id}-error`} text={fault} />}
      <textarea
        id={id}
        class="govuk-textarea"
        rows={4}
        value={value}
        onInput={({ currentTarget }) => onChange(currentTarget.value)}
        {...(fault && { 'aria-describedby': `${id}-error`, 'aria-invalid': true })}
      />
    </div>
  );
}
