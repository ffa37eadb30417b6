/**
 * Rows of a membership export, as text, to a membership list (docs/roll-csv.md). Rows are hostile: each problem
 * is reported with its line and column, and there is a list only if there is no problem at all.
 */
import { id } from '../codec/fields.ts';
import type { Membership, Person } from './membership.ts';
import { compareText } from './order.ts';
import type { RollBody } from './roll-document.ts';

export const MEMBERSHIP_COLUMNS = [
  'person',
  'name',
  'contact',
  'member',
  'region',
  'branch',
  'delegate_of',
  'weight',
] as const;
export type MembershipColumn = (typeof MEMBERSHIP_COLUMNS)[number];

export interface MembershipRow {
  /** Where the row starts in its file, from 1. */
  readonly line: number;
  readonly cells: Readonly<Record<MembershipColumn, string>>;
}

type RowProblemCode =
  | 'formula'
  | 'bad-character'
  | 'too-long'
  | 'missing'
  | 'bad-value'
  | 'duplicate'
  | 'not-a-member'
  | 'no-role'
  | 'two-kinds'
  | 'two-regions'
  | 'unknown-body';

export interface RowProblem {
  readonly line: number;
  readonly column: MembershipColumn;
  readonly code: RowProblemCode;
  readonly why: string;
}

export type MembershipReading =
  | { readonly membership: Membership; readonly problems: readonly [] }
  | { readonly membership: null; readonly problems: readonly RowProblem[] };

const MAX_CELL = 300;
const MAX_WEIGHT = 1_000_000_000;
/** Text that a spreadsheet would run, here or in the file of tokens; some take the full-width forms too. */
const FORMULA = /^[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]/;
/** Control characters, halves of surrogate pairs, the mark of lost bytes, and what reorders text. */
const BAD_CHARACTER = /[\p{Cc}\p{Cs}\p{Bidi_Control}\u2028\u2029\uFFFD]/u;
const PERSON = /^[A-Za-z0-9][A-Za-z0-9._/-]{0,63}$/;
const REPRESENTED = /^(region|branch|affiliate):(.*)$/;

/** What is known of a body, and where it was first said. */
interface SeenBody extends RollBody {
  readonly line: number;
}

class RowReader {
  readonly problems: RowProblem[] = [];
  readonly people: Person[] = [];
  readonly bodies = new Map<string, SeenBody>();
  readonly #persons = new Map<string, number>();
  readonly #contacts = new Map<string, number>();
  /** Branches and regions that delegates represent; they must occur as somebody's. */
  readonly #represented: { id: string; kind: RollBody['kind']; line: number }[] = [];

  read({ line, cells }: MembershipRow): void {
    const found = this.problems.length;
    const report = (column: MembershipColumn, code: RowProblemCode, why: string) =>
      void this.problems.push({ line, column, code, why });
    for (const column of MEMBERSHIP_COLUMNS) {
      const cell = cells[column];
      if (FORMULA.test(cell)) report(column, 'formula', 'starts with =, +, - or @');
      else if (BAD_CHARACTER.test(cell))
        report(column, 'bad-character', 'a character that is no part of a text');
      else if (cell.length > MAX_CELL) report(column, 'too-long', `over ${MAX_CELL} characters`);
    }
    if (this.problems.length > found) return;

    for (const column of ['person', 'name', 'contact', 'member'] as const) {
      if (cells[column] === '') report(column, 'missing', 'is empty');
    }
    if (cells.person !== '' && !PERSON.test(cells.person))
      report('person', 'bad-value', 'is not letters, digits and . _ / -');
    if (cells.member !== '' && cells.member !== 'yes' && cells.member !== 'no')
      report('member', 'bad-value', 'is neither yes nor no');
    const member = cells.member === 'yes';

    if (cells.member === 'no') this.#noPlaces(cells, report);
    else this.#places(line, cells, report);
    const represents = this.#delegation(line, cells, report);
    if (cells.member === 'no' && cells.delegate_of === '')
      report('member', 'no-role', 'is neither a member nor a delegate');
    this.#distinct(line, cells, report);
    if (this.problems.length > found) return;
    this.people.push({
      person: cells.person,
      name: cells.name,
      contact: cells.contact,
      member,
      region: cells.region || null,
      branch: cells.branch || null,
      strands: [],
      represents,
      weight: cells.weight === '' ? 1 : Number(cells.weight),
      chosen: null,
      mandates: null,
      substituteFor: null,
    });
  }

  #noPlaces(cells: MembershipRow['cells'], report: Report): void {
    for (const column of ['region', 'branch'] as const) {
      if (cells[column] !== '')
        report(column, 'not-a-member', 'is for members; a delegate represents delegate_of');
    }
  }

  #places(line: number, { region, branch }: MembershipRow['cells'], report: Report): void {
    if (region === '')
      report('region', 'missing', branch === '' ? 'is empty' : `of branch ${branch} is empty`);
    else this.#body({ id: region, kind: 'region', region: null, size: null, line }, 'region', report);
    if (branch !== '')
      this.#body({ id: branch, kind: 'branch', region: region || null, size: null, line }, 'branch', report);
  }

  #delegation(line: number, { delegate_of, weight }: MembershipRow['cells'], report: Report): string | null {
    if (weight !== '') {
      if (!/^[1-9][0-9]{0,9}$/.test(weight) || Number(weight) > MAX_WEIGHT)
        report('weight', 'bad-value', `is no whole number from 1 to ${MAX_WEIGHT}`);
      if (delegate_of === '') report('weight', 'bad-value', 'is for delegates');
    }
    if (delegate_of === '') return null;
    const [, kind, body] = REPRESENTED.exec(delegate_of) ?? [];
    if (body === undefined) {
      report('delegate_of', 'bad-value', 'is not region:…, branch:… or affiliate:…');
      return null;
    }
    if (kind === 'affiliate')
      this.#body({ id: body, kind, region: null, size: null, line }, 'delegate_of', report);
    else this.#represented.push({ id: body, kind: kind === 'region' ? 'region' : 'branch', line });
    return body;
  }

  /** A body is declared where it first occurs; later occurrences must agree. */
  #body(body: SeenBody, column: MembershipColumn, report: Report): void {
    if (!id.safeParse(body.id).success)
      return report(column, 'bad-value', 'is not 1 to 40 of a-z, 0-9 and inner hyphens');
    const seen = this.bodies.get(body.id);
    if (!seen) this.bodies.set(body.id, body);
    else if (seen.kind !== body.kind)
      report(column, 'two-kinds', `${body.id} is a ${seen.kind} on line ${seen.line}`);
    else if (seen.region !== body.region && body.region !== null && seen.region !== null)
      report(column, 'two-regions', `${body.id} is in ${seen.region} on line ${seen.line}`);
    else if (seen.region === null && body.region !== null) this.bodies.set(body.id, body);
  }

  #distinct(line: number, { person, name, contact }: MembershipRow['cells'], report: Report): void {
    const before = this.#persons.get(person);
    if (before !== undefined) report('person', 'duplicate', `is on line ${before} already`);
    else if (person !== '') this.#persons.set(person, line);
    const key = JSON.stringify([name.toLowerCase(), contact.toLowerCase()]);
    const twin = this.#contacts.get(key);
    if (twin !== undefined && before === undefined)
      report('name', 'duplicate', `has the same name and contact on line ${twin}`);
    else if (name !== '' && contact !== '') this.#contacts.set(key, line);
  }

  finish(): MembershipReading {
    for (const { id, kind, line } of this.#represented) {
      if (this.bodies.get(id)?.kind !== kind)
        this.problems.push({
          line,
          column: 'delegate_of',
          code: 'unknown-body',
          why: `no member is of ${kind} ${id}`,
        });
    }
    if (this.problems.length > 0) {
      return { membership: null, problems: this.problems.sort((a, b) => a.line - b.line) };
    }
    const bodies = [...this.bodies.values()]
      .map(({ id, kind, region, size }): RollBody => ({ id, kind, region, size }))
      .sort((a, b) => compareText(a.id, b.id));
    return { membership: { people: this.people, bodies }, problems: [] };
  }
}

type Report = (column: MembershipColumn, code: RowProblemCode, why: string) => void;

export function readMembership(rows: Iterable<MembershipRow>): MembershipReading {
  const reader = new RowReader();
  for (const row of rows) reader.read(row);
  return reader.finish();
}

/** The cells of a person's row. */
export function membershipCells(
  entry: Person,
  bodies: ReadonlyMap<string, RollBody>,
): MembershipRow['cells'] {
  const kind = entry.represents === null ? undefined : bodies.get(entry.represents)?.kind;
  return {
    person: entry.person,
    name: entry.name,
    contact: entry.contact,
    member: entry.member ? 'yes' : 'no',
    region: entry.region ?? '',
    branch: entry.branch ?? '',
    delegate_of: kind === undefined ? '' : `${kind}:${entry.represents}`,
    weight: entry.weight === 1 ? '' : String(entry.weight),
  };
}

/** A field of RFC 4180, quoted where it has to be. */
export function encodeCsvCell(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** The CSV file of a membership, as `teller` imports it. */
export function encodeMembershipCsv({ people, bodies }: Membership): string {
  const byId = new Map(bodies.map((body) => [body.id, body]));
  const rows = people.map((entry) => {
    const cells = membershipCells(entry, byId);
    return MEMBERSHIP_COLUMNS.map((column) => encodeCsvCell(cells[column])).join(',');
  });
  return `${[MEMBERSHIP_COLUMNS.join(','), ...rows].join('\n')}\n`;
}
