/** Labelled fields, each with its hint and what is wrong with it (govuk-frontend's forms). */
import type { ComponentChildren, JSX } from 'preact';
import { FieldError } from '../../member/island/screen.tsx';

export interface FieldProps {
  /** Of the input; error summaries lead to it. */
  readonly id: string;
  readonly label: string;
  readonly hint?: string;
  readonly fault?: string | undefined;
}

interface Described {
  readonly id: string;
  readonly 'aria-describedby'?: string;
  readonly 'aria-invalid'?: boolean;
}

/** The frame of a field; `input` is given the attributes that tie it to its label, hint and fault. */
function Field({
  id,
  label,
  hint,
  fault,
  input,
}: FieldProps & { readonly input: (described: Described) => JSX.Element }): JSX.Element {
  const describing = [...(hint ? [`${id}-hint`] : []), ...(fault ? [`${id}-error`] : [])];
  return (
    <div class={`govuk-form-group${fault ? ' govuk-form-group--error' : ''}`}>
      <label class="govuk-label" for={id}>
        {label}
      </label>
      {hint && (
        <p class="govuk-hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {fault && <FieldError id={`${id}-error`} text={fault} />}
      {input({
        id,
        ...(describing.length > 0 && { 'aria-describedby': describing.join(' ') }),
        ...(fault && { 'aria-invalid': true }),
      })}
    </div>
  );
}

interface TextProps extends FieldProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly type?: 'text' | 'password' | 'datetime-local' | 'date';
  readonly autocomplete?: 'off' | 'new-password' | 'current-password';
  /** For keys and codes. */
  readonly isCode?: boolean;
  readonly lang?: string | undefined;
}

export function TextField({
  value,
  onChange,
  type = 'text',
  autocomplete = 'off',
  isCode,
  lang,
  ...field
}: TextProps) {
  return (
    <Field
      {...field}
      input={(described) => (
        <input
          {...described}
          class={`govuk-input${isCode ? ' code' : ''}`}
          // The types of Preact know no union here.
          {...({ type } as object)}
          value={value}
          lang={lang}
          autocomplete={autocomplete}
          {...(isCode && { autocapitalize: 'none', spellcheck: false })}
          onInput={({ currentTarget }) => onChange(currentTarget.value)}
        />
      )}
    />
  );
}

export function AreaField({
  value,
  onChange,
  rows = 3,
  lang,
  ...field
}: FieldProps & {
  readonly value: string;
  readonly rows?: number;
  readonly lang?: string | undefined;
  readonly onChange: (value: string) => void;
}): JSX.Element {
  return (
    <Field
      {...field}
      input={(described) => (
        <textarea
          {...described}
          class="govuk-textarea"
          rows={rows}
          value={value}
          lang={lang}
          onInput={({ currentTarget }) => onChange(currentTarget.value)}
        />
      )}
    />
  );
}

/** A whole number; null while what is typed is none. */
export function NumberField({
  value,
  onChange,
  ...field
}: FieldProps & {
  readonly value: number | null;
  readonly onChange: (value: number | null) => void;
}): JSX.Element {
  return (
    <Field
      {...field}
      input={(described) => (
        <input
          {...described}
          class="govuk-input govuk-input--width-5"
          type="text"
          inputMode="numeric"
          autocomplete="off"
          value={value ?? ''}
          onInput={({ currentTarget }) => {
            const text = currentTarget.value.trim();
            onChange(/^[0-9]{1,9}$/.test(text) ? Number(text) : null);
          }}
        />
      )}
    />
  );
}

export interface Choice {
  readonly value: string;
  readonly label: string;
}

export function SelectField({
  value,
  onChange,
  choices,
  ...field
}: FieldProps & {
  readonly value: string;
  readonly choices: readonly Choice[];
  readonly onChange: (value: string) => void;
}): JSX.Element {
  return (
    <Field
      {...field}
      input={(described) => (
        <select
          {...described}
          class="govuk-select"
          value={value}
          onChange={({ currentTarget }) => onChange(currentTarget.value)}
        >
          {choices.map((choice) => (
            <option key={choice.value} value={choice.value} selected={choice.value === value}>
              {choice.label}
            </option>
          ))}
        </select>
      )}
    />
  );
}

export function FileField({
  accept,
  onChange,
  ...field
}: FieldProps & {
  readonly accept: string;
  readonly onChange: (file: File | null) => void;
}): JSX.Element {
  return (
    <Field
      {...field}
      input={(described) => (
        <input
          {...described}
          class="govuk-file-upload"
          type="file"
          accept={accept}
          onChange={({ currentTarget: { files } }) => onChange(files?.[0] ?? null)}
        />
      )}
    />
  );
}

export function CheckField({
  id,
  label,
  value,
  onChange,
}: {
  readonly id: string;
  readonly label: string;
  readonly value: boolean;
  readonly onChange: (value: boolean) => void;
}): JSX.Element {
  return (
    <div class="govuk-checkboxes govuk-checkboxes--small govuk-form-group">
      <div class="govuk-checkboxes__item">
        <input
          class="govuk-checkboxes__input"
          id={id}
          type="checkbox"
          checked={value}
          onChange={({ currentTarget }) => onChange(currentTarget.checked)}
        />
        <label class="govuk-label govuk-checkboxes__label" for={id}>
          {label}
        </label>
      </div>
    </div>
  );
}

/** Fields that belong together. */
export function Group({
  title,
  children,
}: {
  readonly title: string;
  readonly children: ComponentChildren;
}): JSX.Element {
  return (
    <fieldset class="group">
      <legend>{title}</legend>
      {children}
    </fieldset>
  );
}
