/** How many have voted, by college and by body. Never how: nobody knows that. */
import type { JSX } from 'preact';
import type { Words } from '../words.ts';
import type { View } from './view.ts';

interface Row {
  readonly key: string;
  readonly name: string;
  readonly roll: number;
  readonly voted: number;
}

function Table({
  caption,
  head,
  rows,
  words: { conduct, format },
}: {
  readonly caption: string;
  readonly head: string;
  readonly rows: readonly Row[];
  readonly words: Words;
}): JSX.Element {
  const { turnout: t } = conduct;
  const columns = [t.onRoll, t.voted, t.share];
  return (
    <div class="wide cards" role="region" tabIndex={0} aria-label={caption}>
      <table>
        <caption>{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{head}</th>
            {columns.map((name) => (
              <th key={name} scope="col" class="number">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, name, roll, voted }) => (
            <tr key={key}>
              <th scope="row">{name}</th>
              {[format.number(roll), format.number(voted), `${format.share(voted, roll)} %`].map(
                (text, i) => (
                  <td key={columns[i]} class="number" data-column={columns[i]}>
                    {text}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const capital = (id: string): string => id.charAt(0).toUpperCase() + id.slice(1);

export function TurnoutTables({ view, words }: { readonly view: View; readonly words: Words }): JSX.Element {
  const { turnout: t } = words.conduct;
  const { summary, turnout, titles, known } = view;
  const several = summary.colleges.length > 1;
  const bodies = turnout.map(({ college, body, roll, voted }) => ({
    key: `${college}/${body}`,
    name: several ? `${capital(body)} (${titles.college(college)})` : capital(body),
    roll,
    voted,
  }));
  const colleges = summary.colleges.map(({ id, roll, voted }) => ({
    key: id,
    name: titles.college(id),
    roll,
    voted,
  }));
  return (
    <section>
      <h2>{t.title}</h2>
      <p>{t.text}</p>
      <Table caption={t.caption} head={t.college} rows={colleges} words={words} />
      {bodies.length > 0 && <Table caption={t.bodies} head={t.body} rows={bodies} words={words} />}
      <p class="govuk-hint">{t.as(words.format.time(known.now))}</p>
    </section>
  );
}
