/** The columns of a membership file (docs/roll-csv.md), and what one cell may say. Cells are hostile. */
import { hash, id } from '../codec/fields.ts';
import { compareText } from './order.ts';
import type { RollBody, RollLine } from './roll-document.ts';

/** A row that says nothing; its keys are the columns, in order. */
export const NO_CELLS = {
  person: '',
  name: '',
  contact: '',
  member: '',
  region: '',
  branch: '',
  strands: '',
  delegate_of: '',
  affiliate_size: '',
  weight: '',
  chosen: '',
  mandates: '',
  substitute_for: '',
};
export type MembershipColumn = keyof typeof NO_CELLS;
export const MEMBERSHIP_COLUMNS = Object.keys(NO_CELLS) as readonly MembershipColumn[];

export type MembershipCells = Readonly<Record<MembershipColumn, string>>;

export interface MembershipRow {
  /** Where the row starts in its file, from 1. */
  readonly line: number;
  readonly cells: MembershipCells;
}

/** Text that a spreadsheet would run, here or in the file of tokens; some take the full-width forms too. */
const FORMULA = /^[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]/;
/** Control characters, halves of surrogate pairs, the mark of lost bytes, and what reorders text. */
const BAD_CHARACTER = /[\p{Cc}\p{Cs}\p{Bidi_Control}\u2028\u2029\uFFFD]/u;
const PERSON = /^[A-Za-z0-9][A-Za-z0-9._/-]{0,63}$/;
const REPRESENTED = /^(region|branch|strand|affiliate):(.*)$/;
const MAX_CELL = 300;

/** What is wrong with a text of any column; null if nothing is. */
export function textProblem(text: string): 'formula' | 'bad-character' | 'too-long' | null {
  if (FORMULA.test(text)) return 'formula';
  if (BAD_CHARACTER.test(text)) return 'bad-character';
  return text.length > MAX_CELL ? 'too-long' : null;
}

export const isPerson = (text: string): boolean => PERSON.test(text);
export const isId = (text: string): boolean => id.safeParse(text).success;

/** A whole number without leading zeros; null for any other text. */
export function wholeNumber(text: string, least: number, most: number): number | null {
  if (!/^(?:0|[1-9][0-9]{0,9})$/.test(text)) return null;
  const n = Number(text);
  return n >= least && n <= most ? n : null;
}

/** `youth students`: sorted, or null where a word is no id or is there twice. */
export function readStrands(text: string): string[] | null {
  const words = text === '' ? [] : text.split(/ +/).sort();
  return words.every(isId) && new Set(words).size === words.length ? words : null;
}

/** `branch:elmford`. */
export function readRepresented(text: string): { kind: RollBody['kind']; body: string } | null {
  const [, kind, body] = REPRESENTED.exec(text) ?? [];
  if (body === undefined || !isId(body)) return null;
  if (kind !== 'region' && kind !== 'branch' && kind !== 'strand' && kind !== 'affiliate') return null;
  return { kind, body };
}

/** `contest/option/election`: what elected a delegate. */
export function readChosen(text: string): NonNullable<RollLine['chosen']> | null {
  const [contest = '', option = '', election = '', ...more] = text.split('/');
  if (!isId(contest) || !isId(option) || !hash.safeParse(election).success || more.length > 0) return null;
  return { election, contest, option };
}

/** `motion=for committee=ada`: by contest, or null where a word is nothing of the kind or a contest is there twice. */
export function readMandates(text: string): NonNullable<RollLine['mandates']> | null {
  const mandates = text.split(/ +/).map((word) => {
    const [contest = '', option = '', ...more] = word.split('=');
    return more.length === 0 && isId(contest) && isId(option) ? { contest, option } : null;
  });
  const read = mandates.filter((one) => one !== null).sort((a, b) => compareText(a.contest, b.contest));
  const distinct = new Set(read.map(({ contest }) => contest)).size === mandates.length;
  return distinct ? read : null;
}
