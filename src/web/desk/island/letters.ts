/** The letters of a mail merge, from the CSV that the registrar gives once (RFC 4180). */

export interface Letter {
  readonly person: string;
  readonly name: string;
  readonly contact: string;
  readonly college: string;
  readonly voter: string;
  readonly token: string;
  readonly link: string;
}

const COLUMNS = ['person', 'name', 'contact', 'college', 'voter', 'token', 'link'] as const;

/** The cells of each row; a quoted cell may hold commas, line ends and doubled quotes. */
function rowsOf(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  const cell = /(?:"((?:[^"]|"")*)"|([^",\n]*))(,|\n|$)/y;
  while (cell.lastIndex < text.length) {
    const found = cell.exec(text);
    if (found === null) throw new SyntaxError('no letters in CSV');
    const [, quoted, plain = '', end] = found;
    row.push(quoted?.replaceAll('""', '"') ?? plain);
    if (end === ',') continue;
    rows.push(row);
    row = [];
  }
  return rows;
}

/** @throws SyntaxError for other columns than those of letters. */
export function parseLetters(csv: string): Letter[] {
  const [head = [], ...rows] = rowsOf(csv);
  if (head.join() !== COLUMNS.join()) throw new SyntaxError('other columns than those of letters');
  return rows.map((cells) => {
    if (cells.length !== COLUMNS.length) throw new SyntaxError(`a letter with ${cells.length} cells`);
    const [person = '', name = '', contact = '', college = '', voter = '', token = '', link = ''] = cells;
    return { person, name, contact, college, voter, token, link };
  });
}
