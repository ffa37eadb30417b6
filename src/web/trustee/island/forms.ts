/** Forms: labelled fields, one button, and one place that says what went wrong. */
import type { Bytes } from '../../../crypto/bytes.ts';
import { Refusal } from './connection.ts';
import { make } from './elements.ts';
import { texts } from './texts.ts';

/** A name that is not on the page yet. */
let count = 0;
function nextId(): string {
  count += 1;
  return `field-${count}`;
}

export interface Field<E extends HTMLElement> {
  readonly element: HTMLElement;
  readonly input: E;
}

function labelled<E extends HTMLElement>(label: string, hint: string, input: E): Field<E> {
  const id = nextId();
  input.id = id;
  const element = make('div', { class: 'field' }, make('label', { for: id }, label));
  if (hint !== '') {
    input.setAttribute('aria-describedby', `${id}-hint`);
    element.append(make('p', { id: `${id}-hint`, class: 'hint' }, hint));
  }
  element.append(input);
  return { element, input };
}

export const PASSPHRASE_CHARACTERS = 12;

/** @param isNew it is chosen here. */
export function passphraseField(label: string, hint = '', isNew = false): Field<HTMLInputElement> {
  const input = make('input', {
    type: 'password',
    required: true,
    autocomplete: isNew ? 'new-password' : 'current-password',
    ...(isNew ? { minlength: PASSPHRASE_CHARACTERS } : {}),
  });
  return labelled(label, hint, input);
}

/** A box to be ticked by whoever wants to see what is typed. */
export function showing(fields: readonly Field<HTMLInputElement>[]): Field<HTMLInputElement> {
  const input = make('input', { type: 'checkbox' });
  input.addEventListener('change', () => {
    for (const field of fields) field.input.type = input.checked ? 'text' : 'password';
  });
  return { element: make('label', { class: 'show' }, input, texts.key.show), input };
}

export function fileField(label: string, hint = ''): Field<HTMLInputElement> {
  return labelled(label, hint, make('input', { type: 'file', accept: '.age', required: true }));
}

export function textField(label: string, hint = ''): Field<HTMLTextAreaElement> {
  return labelled(
    label,
    hint,
    make('textarea', {
      rows: 3,
      required: true,
      autocomplete: 'off',
      autocapitalize: 'none',
      spellcheck: 'false',
    }),
  );
}

/** The options by their values. */
export function choiceField(label: string, options: readonly string[]): Field<HTMLSelectElement> {
  return labelled(
    label,
    '',
    make('select', {}, ...options.map((option) => make('option', { value: option }, option))),
  );
}

/** The bytes of the file that was chosen. @throws Refusal if there is none. */
export async function chosenFile({ input }: Field<HTMLInputElement>): Promise<Bytes> {
  const file = input.files?.[0];
  if (file === undefined) throw Refusal.saying(texts.key.chooseFirst);
  return new Uint8Array(await file.arrayBuffer());
}

/**
 * A form with one button, which says `busy` while it works.
 * @param act what is refused is said beside the button; it does not reject otherwise.
 */
export function form(
  fields: readonly Field<HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement>[],
  [label, busy]: readonly [string, string],
  act: () => Promise<void>,
): HTMLFormElement {
  const submit = make('button', { type: 'submit' }, label);
  const alert = make('p', { role: 'alert', class: 'alert' });
  const element = make('form', {}, ...fields.map((field) => field.element), alert, submit);
  const [first] = fields;
  const run = async (): Promise<void> => {
    if (element.getAttribute('aria-busy') === 'true') return;
    alert.replaceChildren();
    first?.input.removeAttribute('aria-invalid');
    element.setAttribute('aria-busy', 'true');
    submit.textContent = busy;
    try {
      await act();
    } catch (error) {
      alert.textContent = error instanceof Refusal ? error.message : String(error);
      first?.input.setAttribute('aria-invalid', 'true');
      first?.input.focus();
    } finally {
      element.removeAttribute('aria-busy');
      submit.textContent = label;
    }
  };
  element.addEventListener('submit', (event) => {
    event.preventDefault();
    void run();
  });
  return element;
}
