/**
 * Rows of a membership export, as text, to a membership list (docs/roll-csv.md). Rows are hostile: each problem
 * is reported with its line and column, and there is a list only if there is no problem at all.
 */
import { MOST_MEMBERS } from './entitlement-rule.ts';
import type { Membership, Person } from './membership.ts';
import {
  isId,
  isPerson,
  MEMBERSHIP_COLUMNS,
  type MembershipCells,
  type MembershipColumn,
  type MembershipRow,
  readChosen,
  readMandates,
  readRepresented,
  readStrands,
  textProblem,
  wholeNumber,
} from './membership-columns.ts';
import { compareText } from './order.ts';
import type { RollBody } from './roll-document.ts';

type RowProblemCode =
  | 'formula'
  | 'bad-character'
  | 'too-long'
  | 'missing'
  | 'bad-value'
  | 'duplicate'
  | 'not-a-member'
  | 'not-a-delegate'
  | 'no-role'
  | 'two-kinds'
  | 'two-regions'
  | 'two-sizes'
  | 'two-roles'
  | 'too-many'
  | 'unknown-body'
  | 'unknown-delegate';

export interface RowProblem {
  readonly line: number;
  readonly column: MembershipColumn;
  readonly code: RowProblemCode;
  readonly why: string;
  /** The line that said it first. */
  readonly also?: number;
}

export type MembershipReading =
  | { readonly membership: Membership; readonly problems: readonly [] }
  | { readonly membership: null; readonly problems: readonly RowProblem[] };

const MAX_WEIGHT = 1_000_000_000;
const MOST_STRANDS = 18;
const MOST_SUBSTITUTES = 5;
const WHY_NO_TEXT = {
  formula: 'starts with =, +, - or @',
  'bad-character': 'a character that is no part of a text',
  'too-long': 'over 300 characters',
} as const;

/** What is known of a body, and where it was first said. */
interface SeenBody extends RollBody {
  readonly line: number;
}

type Report = (column: MembershipColumn, code: RowProblemCode, why: string, also?: number) => void;

class RowReader {
  readonly problems: RowProblem[] = [];
  readonly people: Person[] = [];
  readonly bodies = new Map<string, SeenBody>();
  /** The line of each person, by membership number. */
  readonly #persons = new Map<string, number>();
  readonly #contacts = new Map<string, number>();
  /** Branches and regions that delegates represent; they must occur as somebody's. */
  readonly #represented: { id: string; kind: RollBody['kind']; line: number }[] = [];

  read({ line, cells }: MembershipRow): void {
    const found = this.problems.length;
    const report: Report = (column, code, why, also) =>
      void this.problems.push({ line, column, code, why, ...(also !== undefined && { also }) });
    for (const column of MEMBERSHIP_COLUMNS) {
      const problem = textProblem(cells[column]);
      if (problem !== null) report(column, problem, WHY_NO_TEXT[problem]);
    }
    if (this.problems.length > found) return;

    for (const column of ['person', 'name', 'contact', 'member'] as const) {
      if (cells[column] === '') report(column, 'missing', 'is empty');
    }
    if (cells.person !== '' && !isPerson(cells.person))
      report('person', 'bad-value', 'is not letters, digits and . _ / -');
    if (cells.member !== '' && cells.member !== 'yes' && cells.member !== 'no')
      report('member', 'bad-value', 'is neither yes nor no');

    const places = cells.member === 'no' ? noPlaces(cells, report) : this.#places(line, cells, report);
    const delegation = this.#delegation(line, cells, report);
    if (cells.member === 'no' && cells.delegate_of === '' && cells.substitute_for === '')
      report('member', 'no-role', 'is neither a member, nor a delegate, nor a substitute');
    this.#distinct(line, cells, report);
    if (this.problems.length > found) return;
    const { person, name, contact } = cells;
    this.people.push({ person, name, contact, member: cells.member === 'yes', ...places, ...delegation });
  }

  #places(
    line: number,
    cells: MembershipCells,
    report: Report,
  ): Pick<Person, 'region' | 'branch' | 'strands'> {
    const { region, branch } = cells;
    if (region === '')
      report('region', 'missing', branch === '' ? 'is empty' : `of branch ${branch} is empty`);
    else this.#body({ id: region, kind: 'region', region: null, size: null, line }, 'region', report);
    if (branch !== '')
      this.#body({ id: branch, kind: 'branch', region: region || null, size: null, line }, 'branch', report);
    const strands = readStrands(cells.strands);
    if (strands === null) report('strands', 'bad-value', 'is not ids with spaces between them, each once');
    else if (strands.length > MOST_STRANDS) report('strands', 'too-many', `over ${MOST_STRANDS}`);
    for (const id of strands ?? [])
      this.#body({ id, kind: 'strand', region: null, size: null, line }, 'strands', report);
    return { region: region || null, branch: branch || null, strands: strands ?? [] };
  }

  #delegation(
    line: number,
    cells: MembershipCells,
    report: Report,
  ): Pick<Person, 'represents' | 'weight' | 'chosen' | 'mandates' | 'substituteFor'> {
    const represented = readRepresented(cells.delegate_of);
    if (represented !== null) this.#representedBody(represented, cells.affiliate_size, line, report);
    else if (cells.delegate_of !== '')
      report('delegate_of', 'bad-value', 'is not region:…, branch:…, strand:… or affiliate:…');
    if (cells.delegate_of === '') {
      for (const column of ['affiliate_size', 'weight', 'chosen', 'mandates'] as const) {
        if (cells[column] !== '') report(column, 'not-a-delegate', 'is for delegates');
      }
    } else if (cells.substitute_for !== '')
      report('substitute_for', 'two-roles', 'is for those who are no delegates themselves');
    const own = <T>(column: MembershipColumn, read: (text: string) => T | null, why: string): T | null => {
      if (cells[column] === '' || cells.delegate_of === '') return null;
      const value = read(cells[column]);
      if (value === null) report(column, 'bad-value', why);
      return value;
    };
    const weight = (text: string) => wholeNumber(text, 1, MAX_WEIGHT);
    return {
      represents: represented?.body ?? null,
      weight: own('weight', weight, `is no whole number from 1 to ${MAX_WEIGHT}`) ?? 1,
      chosen: own('chosen', readChosen, 'is not contest/option/election'),
      mandates: own('mandates', readMandates, 'is not contest=option, with spaces between them'),
      substituteFor: cells.substitute_for || null,
    };
  }

  #representedBody(
    { kind, body }: { kind: RollBody['kind']; body: string },
    size: string,
    line: number,
    report: Report,
  ): void {
    if (kind !== 'affiliate' && size !== '')
      report('affiliate_size', 'bad-value', 'is for those who represent an affiliate');
    if (kind === 'region' || kind === 'branch') {
      this.#represented.push({ id: body, kind, line });
      return;
    }
    const members = size === '' ? null : wholeNumber(size, 0, MOST_MEMBERS);
    if (size !== '' && members === null)
      report('affiliate_size', 'bad-value', `is no whole number from 0 to ${MOST_MEMBERS}`);
    this.#body({ id: body, kind, region: null, size: members, line }, 'delegate_of', report);
  }

  /** A body is declared where it first occurs; later occurrences must agree. */
  #body(body: SeenBody, column: MembershipColumn, report: Report): void {
    if (!isId(body.id)) return report(column, 'bad-value', 'is not 1 to 40 of a-z, 0-9 and inner hyphens');
    const seen = this.bodies.get(body.id);
    if (!seen) this.bodies.set(body.id, body);
    else if (seen.kind !== body.kind)
      report(column, 'two-kinds', `${body.id} is a ${seen.kind} on line ${seen.line}`, seen.line);
    else if (seen.region !== body.region && body.region !== null && seen.region !== null)
      report(column, 'two-regions', `${body.id} is in ${seen.region} on line ${seen.line}`, seen.line);
    else if (seen.size !== body.size && body.size !== null && seen.size !== null)
      report('affiliate_size', 'two-sizes', `${body.id} has ${seen.size} on line ${seen.line}`, seen.line);
    else if (body.region !== null && seen.region === null) this.bodies.set(body.id, body);
    else if (body.size !== null && seen.size === null) this.bodies.set(body.id, body);
  }

  #distinct(line: number, { person, name, contact }: MembershipCells, report: Report): void {
    const before = this.#persons.get(person);
    if (before !== undefined) report('person', 'duplicate', `is on line ${before} already`, before);
    else if (person !== '') this.#persons.set(person, line);
    const key = JSON.stringify([name.toLowerCase(), contact.toLowerCase()]);
    const twin = this.#contacts.get(key);
    if (twin !== undefined && before === undefined)
      report('name', 'duplicate', `has the same name and contact on line ${twin}`, twin);
    else if (name !== '' && contact !== '') this.#contacts.set(key, line);
  }

  /** Every substitute is for a delegate of the list, and no delegate has more than five. */
  #checkSubstitutes(): void {
    const delegates = new Set(
      this.people.flatMap(({ person, represents }) => (represents === null ? [] : [person])),
    );
    const taken = new Map<string, number>();
    const faulty = this.problems.length > 0;
    for (const { person, substituteFor } of this.people) {
      if (substituteFor === null) continue;
      const line = this.#persons.get(person) ?? 0;
      const report = (code: RowProblemCode, why: string) =>
        void this.problems.push({ line, column: 'substitute_for', code, why });
      const n = (taken.get(substituteFor) ?? 0) + 1;
      taken.set(substituteFor, n);
      // A delegate whose own row has a problem is on no list; that problem is enough.
      if (!delegates.has(substituteFor) && !(faulty && this.#persons.has(substituteFor)))
        report('unknown-delegate', `${substituteFor} is no delegate of this file`);
      if (n === MOST_SUBSTITUTES + 1) report('too-many', `over ${MOST_SUBSTITUTES} for ${substituteFor}`);
    }
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
    this.#checkSubstitutes();
    if (this.problems.length > 0) {
      return { membership: null, problems: this.problems.sort((a, b) => a.line - b.line) };
    }
    const bodies = [...this.bodies.values()]
      .map(({ id, kind, region, size }): RollBody => ({ id, kind, region, size }))
      .sort((a, b) => compareText(a.id, b.id));
    return { membership: { people: this.people, bodies }, problems: [] };
  }
}

function noPlaces(cells: MembershipCells, report: Report): Pick<Person, 'region' | 'branch' | 'strands'> {
  for (const column of ['region', 'branch', 'strands'] as const) {
    if (cells[column] !== '')
      report(column, 'not-a-member', 'is for members; a delegate represents delegate_of');
  }
  return { region: null, branch: null, strands: [] };
}

export function readMembership(rows: Iterable<MembershipRow>): MembershipReading {
  const reader = new RowReader();
  for (const row of rows) reader.read(row);
  return reader.finish();
}
