/** Whom to ask, as the texts of the election name them. */
import type { JSX } from 'preact';
import { inOneLine, type Titles, visible } from '../../texts/titles.ts';
import type { Words } from './words.ts';

interface WhomProps {
  readonly titles: Titles | null;
  readonly words: Words;
  /** How to reach the scrutineers too, where one of them is needed. */
  readonly isWhole?: boolean;
}

export function Whom({ titles, words: { t }, isWhole = false }: WhomProps): JSX.Element | null {
  const people = titles?.people;
  if (titles === null || people === undefined) return null;
  const trustees = people.trustees.map((one) => (isWhole ? inOneLine(one) : visible(one.name)));
  const line = (label: string, text: string): JSX.Element => (
    <>
      <strong>{label}</strong> <span lang={titles.lang}>{text}</span>
    </>
  );
  return (
    <p>
      {line(t.people.officer, inOneLine(people.officer))}
      {trustees.length > 0 && <br />}
      {trustees.length > 0 && line(t.people.trustees, trustees.join('; '))}
    </p>
  );
}
