/** Tables of the roll: on telephones each row is a card. */
import type { ComponentChildren, JSX } from 'preact';
import type { CountedBody } from './registrar-requests.ts';
import type { Words } from './words.ts';

interface TableProps {
  readonly label: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly ComponentChildren[])[];
}

export function Table({ label, head, rows }: TableProps): JSX.Element {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard
    <div class="wide cards" role="region" tabIndex={0} aria-label={label}>
      <table>
        <thead>
          <tr>
            {head.map((text) => (
              <th scope="col" key={text}>
                {text}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, i) => (
            <tr key={i}>
              {row.map((cell, j) => (
                <td key={j} data-column={head[j]}>
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

export function Bodies({
  words,
  bodies,
}: {
  readonly words: Words;
  readonly bodies: readonly CountedBody[];
}): JSX.Element {
  const { roll: t } = words.roll;
  return (
    <section>
      <h2>{t.bodies}</h2>
      <Table
        label={t.bodies}
        head={[t.body, t.kind, t.memberHead, t.delegateHead]}
        rows={bodies.map(({ id, kind, members, delegates }) => [
          id,
          t.kinds[kind] ?? kind,
          words.format.number(members),
          words.format.number(delegates),
        ])}
      />
    </section>
  );
}
