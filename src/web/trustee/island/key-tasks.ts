/** Making, restoring, saving and opening a key file: what a trustee does before the ceremony, and on every return. */
import type { Ask } from './connection.ts';
import { Refusal } from './connection.ts';
import { button, make, paragraph } from './elements.ts';
import {
  choiceField,
  chosenFile,
  fileField,
  form,
  PASSPHRASE_CHARACTERS,
  passphraseField,
  showing,
} from './forms.ts';
import { texts } from './texts.ts';

const { key: t } = texts;

/** Browsers may throw away what sites store, unless they are asked not to. */
async function askToKeep(): Promise<void> {
  await navigator.storage.persist().catch(() => false);
}

/** @param then is given the public key. */
export function makingForm(ask: Ask, then: (key: string) => Promise<void>): HTMLFormElement {
  const passphrase = passphraseField(t.passphrase, t.advice(PASSPHRASE_CHARACTERS), true);
  const again = passphraseField(t.again, '', true);
  return form([passphrase, again, showing([passphrase, again])], [t.make, t.making], async () => {
    if (passphrase.input.value !== again.input.value) throw Refusal.saying(t.differ);
    const key = await ask('make', passphrase.input.value);
    await askToKeep();
    await then(key);
  });
}

/**
 * @param listed the keys that it has to be one of, if there are any.
 * @param then is given the public key and the passphrase.
 */
export function restoringForm(
  ask: Ask,
  listed: readonly string[],
  then: (key: string, passphrase: string) => Promise<void>,
): HTMLFormElement {
  const file = fileField(t.backup);
  const passphrase = passphraseField(t.ofBackup);
  return form([file, passphrase, showing([passphrase])], [t.restore, t.checkingFile], async () => {
    const key = await ask('restore', await chosenFile(file), passphrase.input.value, listed);
    await askToKeep();
    await then(key, passphrase.input.value);
  });
}

/** @param keys those that could be meant. @param then opens it, and throws Refusal. */
export function openingForm(
  keys: readonly string[],
  then: (key: string, passphrase: string) => Promise<void>,
): HTMLFormElement {
  const passphrase = passphraseField(t.passphrase);
  const choice = choiceField(t.file, keys);
  const fields = [...(keys.length > 1 ? [choice] : []), passphrase, showing([passphrase])];
  return form(fields, [t.open, t.opening], () => then(choice.input.value, passphrase.input.value));
}

/** Hands a key file to the browser as a download. */
export async function download(ask: Ask, key: string): Promise<void> {
  const bytes = await ask('copy', key);
  const url = URL.createObjectURL(new Blob([new Uint8Array(bytes)], { type: 'application/octet-stream' }));
  make('a', { href: url, download: `trustee-key-${key.slice(0, 8)}.age` }).click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/** A public key, to be copied. */
export function publicKey(key: string): HTMLElement {
  const said = make('span', { role: 'status', class: 'said' });
  const copy = button(t.copy, async () => {
    await navigator.clipboard.writeText(key).then(
      () => said.replaceChildren(t.copied),
      () => said.replaceChildren(t.byHand),
    );
  });
  return make('div', { class: 'key' }, make('code', {}, key), copy, said);
}

/** The locked key file, to be kept elsewhere. */
export function savingButton(ask: Ask, key: string, label: string): HTMLElement {
  const said = make('span', { role: 'status', class: 'said' });
  const save = button(label, async () => {
    await download(ask, key).then(
      () => said.replaceChildren(t.downloads),
      (error: unknown) => said.replaceChildren(error instanceof Error ? error.message : String(error)),
    );
  });
  return paragraph(save, said);
}
