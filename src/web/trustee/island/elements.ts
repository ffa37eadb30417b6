/** Making elements without a word of HTML: nothing that comes from elsewhere can become markup. */

type Attributes = Readonly<Record<string, string | number | boolean>>;

/** An element; an attribute that is `false` is left out, one that is `true` is empty. */
export function make<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== false) element.setAttribute(name, value === true ? '' : String(value));
  }
  element.append(...children);
  return element;
}

export function paragraph(...children: readonly (Node | string)[]): HTMLParagraphElement {
  return make('p', {}, ...children);
}

/** A button that does something on this page. What it does never rejects. */
export function button(label: string, act: () => Promise<void>, kind = 'quiet'): HTMLButtonElement {
  const element = make('button', { type: 'button', class: kind }, label);
  element.addEventListener('click', () => void act());
  return element;
}
