/** The membership file of a scenario: people who are alike, told apart by their numbers (docs/roll-csv.md). */
import { CannotRun } from '../exit.ts';
import type { People } from './scenario-file.ts';

const OWN_COLUMNS = ['person', 'name', 'contact'] as const;
/** What a cell of the recipe may hold: nothing that a CSV file would have to quote. */
const CELL = /^[^",\r\n]*$/;

export function personOf(as: string, i: number): string {
  return `${as}-${i + 1}`;
}

/**
 * The rows of every group, in order.
 * @param elections the hashes of earlier elections: `@word` in a cell stands for one.
 * @throws CannotRun for a group twice, an election that is not there, or a cell that does not stand for itself.
 */
export function membershipFile(
  groups: readonly People[],
  elections: ReadonlyMap<string, string> = new Map(),
): string {
  const filled = (cell: string): string =>
    cell.replace(/@([a-z0-9-]+)$/, (_, word: string) => {
      const election = elections.get(word);
      if (election === undefined) throw new CannotRun(`roll: there is no election ${word} before`);
      return election;
    });
  const columns = [...new Set(groups.flatMap((group) => Object.keys(group.columns)))];
  const names = new Set<string>();
  const rows = groups.flatMap(({ as, n, columns: cells }) => {
    if (names.has(as)) throw new CannotRun(`roll: ${as} twice`);
    names.add(as);
    for (const [column, cell] of Object.entries(cells)) {
      if (!CELL.test(cell)) throw new CannotRun(`roll: ${as}.${column} holds a comma or a quote`);
    }
    return Array.from({ length: n }, (_, i) => {
      const person = personOf(as, i);
      const name = cells['name'] ?? `${as.replaceAll('-', ' ')} ${i + 1}`;
      return [
        person,
        name,
        `${person}@example.org`,
        ...columns.filter((c) => c !== 'name').map((c) => filled(cells[c] ?? '')),
      ];
    });
  });
  const header = [...OWN_COLUMNS, ...columns.filter((column) => column !== 'name')];
  return `${[header, ...rows].map((row) => row.join(',')).join('\n')}\n`;
}
