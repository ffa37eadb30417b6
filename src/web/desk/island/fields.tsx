/** Labelled fields, each with its hint and what is wrong with it (govuk-frontend's forms). */
import type { ComponentChildren, JSX } from 'preact';
import { useState } from 'preact/hooks';
import { FieldError } from '../../member/island/screen.tsx';
import { localTime, parseLocalTime } from './local-time.ts';
import type { Words } from './words.ts';

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
  /** Characters that it takes. */
  readonly most?: number;
}

export function TextField({
  value,
  onChange,
  type = 'text',
  autocomplete = 'off',
  isCode,
  lang,
  most,
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
          maxLength={most}
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
  most,
  ...field
}: FieldProps & {
  readonly value: string;
  readonly rows?: number;
  readonly lang?: string | undefined;
  /** Characters that it takes. */
  readonly most?: number;
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
          maxLength={most}
          onInput={({ currentTarget }) => onChange(currentTarget.value)}
        />
      )}
    />
  );
}

interface LateProps {
  readonly described: Described;
  readonly kind: 'time' | 'number';
  /** As text; what the draft holds. */
  readonly value: string;
  readonly onLeave: (typed: string) => void;
}

/** What is typed counts when the field is left; then it shows what the draft has. On the way to 2030 a year is 2, 20 and 203. */
function LateInput({ described, kind, value, onLeave }: LateProps): JSX.Element {
  const [typed, type] = useState<string | null>(null);
  return (
    <input
      {...described}
      class={`govuk-input${kind === 'number' ? ' govuk-input--width-5' : ''}`}
      {...(kind === 'number' ? { type: 'text', inputMode: 'numeric' } : { type: 'datetime-local' })}
      autocomplete="off"
      value={typed ?? value}
      onInput={({ currentTarget }) => type(currentTarget.value)}
      onBlur={({ currentTarget }) => {
        type(null);
        onLeave(currentTarget.value);
      }}
    />
  );
}

/** Unix seconds, in the zone of the browser; null for none. */
export function TimeField({
  value,
  onChange,
  ...field
}: FieldProps & {
  readonly value: number | null;
  readonly onChange: (value: number | null) => void;
}): JSX.Element {
  const shown = value === null ? '' : localTime(value);
  return (
    <Field
      {...field}
      input={(described) => (
        <LateInput
          described={described}
          kind="time"
          value={shown}
          onLeave={(typed) => typed !== shown && onChange(parseLocalTime(typed))}
        />
      )}
    />
  );
}

/** A whole number from `min` to `max`; for anything else it says so and stays as it was. */
export function NumberField({
  words,
  value,
  min,
  max,
  onChange,
  ...field
}: FieldProps & {
  readonly words: Words;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly onChange: (value: number) => void;
}): JSX.Element {
  const [isBad, blame] = useState(false);
  return (
    <Field
      {...field}
      fault={isBad ? words.draft.number(min, max, value) : undefined}
      input={(described) => (
        <LateInput
          described={described}
          kind="number"
          value={String(value)}
          onLeave={(typed) => {
            const n = /^[0-9]{1,9}$/.test(typed.trim()) ? Number(typed) : Number.NaN;
            const isGood = n >= min && n <= max;
            blame(!isGood);
            if (isGood && n !== value) onChange(n);
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
