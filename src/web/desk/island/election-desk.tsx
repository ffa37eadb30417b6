/** Conducting an election. */
import type { JSX } from 'preact';
import type { Words } from './words.ts';

export interface ElectionDeskProps {
  readonly words: Words;
  /** Who is signed in. */
  readonly officer: string;
  /** The election's name. */
  readonly election: string;
  /** In the language of the page, if it has one in that language. */
  readonly title: string;
}

export function ElectionDesk({ title }: ElectionDeskProps): JSX.Element {
  return <h1>{title}</h1>;
}
