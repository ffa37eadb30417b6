/** Making an election. */
import type { JSX } from 'preact';
import type { Words } from './words.ts';

export interface NewElectionProps {
  readonly words: Words;
  /** Who is signed in. */
  readonly officer: string;
}

export function NewElection({ words: { t } }: NewElectionProps): JSX.Element {
  return <h1>{t.make}</h1>;
}
