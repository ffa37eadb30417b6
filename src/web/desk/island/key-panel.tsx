/** The officer's signing key: what has to be done before anything is signed. */
import type { JSX } from 'preact';
import { KeyPanel as Panel } from '../../keys/key-panel.tsx';
import { officersSitting } from './officer-key.ts';
import type { Words } from './words.ts';

export function KeyPanel({ words }: { readonly words: Words }): JSX.Element {
  return <Panel t={words.key} sitting={officersSitting} />;
}
