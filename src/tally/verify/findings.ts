/** What a recount has found, by named check (docs/protocol.md §11). */
import { CHECKS, type CheckName } from '../../record/problem.ts';
import type { Fault } from './faults.ts';

export type CheckStatus = 'pass' | 'fail' | 'unproven';

export interface Finding extends Fault {
  /** An entry with a field (`entry 17 body.prev`), a file, or a cell. */
  readonly where: string;
}

export interface Check {
  readonly id: CheckName;
  /** In plain words. */
  readonly title: string;
  readonly status: CheckStatus;
  /** How many things were looked at. */
  readonly count: number;
  /** How many things failed. */
  readonly failed: number;
  /** The first thousand of them. */
  readonly failures: readonly Finding[];
  /** Why something is unproven, and what was set aside without harm to the result. */
  readonly notes: readonly Finding[];
}

export const CHECK_TITLES: Readonly<Record<CheckName, string>> = {
  anchor: 'This is the election that was asked for',
  encoding: 'Every entry and every file has the right form',
  authority: 'Every entry is signed by somebody who may make it',
  log: 'The log is whole: all its parts agree with each other',
  grammar: 'The entries come in an order that is allowed',
  rules: 'The rules of the election are complete and do not contradict themselves',
  time: 'Voting was announced in time and closed on time, as witnesses saw it',
  witnesses: 'Enough witnesses have seen this very log',
  roll: 'The roll of voters adds up, and no body has more delegates than it may',
  ceremony: 'The trustees made the key of the election together',
  context: 'Everything belongs to this election and to its opening',
  size: 'What was closed is exactly what came before',
  ballots: 'Every ballot is valid, and made with the voting code of its voter',
  chains: 'Every ballot names the one that the same voter cast before it',
  checked: 'No ballot that was opened to be checked was cast',
  cells: 'Ballots are counted in the right groups, and none is too small to keep votes secret',
  weights: 'Every ballot has the college and the weight that the roll gives its voter',
  'count-tree': 'The last ballot of each voter is counted, once, and nothing else',
  agreement: 'Enough trustees agreed to this count before it was opened',
  shares: 'Enough trustees did their part in opening the count',
  totals: 'The numbers are those that the opened count gives',
  lot: 'The lot is the one that the trustees drew',
  outcome: 'The outcome follows from the numbers by the rules',
  links: 'The earlier elections that this one goes on from decided what it says',
};

/** Those that are over, and those that have failed already. */
export type ChecksSoFar = Readonly<Partial<Record<CheckName, CheckStatus>>>;

/** A record in which everything is wrong must not fill the memory of whoever recounts it. */
const MOST_PLACES = 1000;

function keep(places: Finding[], place: Finding): void {
  if (places.length < MOST_PLACES) places.push(place);
}

const findingOf = (where: string, { code, why, values }: Fault): Finding => ({
  where,
  why,
  ...(code !== undefined && { code }),
  ...(values !== undefined && { values }),
});

interface Tray {
  count: number;
  failed: number;
  unproven: boolean;
  readonly failures: Finding[];
  readonly notes: Finding[];
}

export class Findings {
  readonly #trays = new Map<CheckName, Tray>(
    CHECKS.map((id) => [id, { count: 0, failed: 0, unproven: false, failures: [], notes: [] }]),
  );

  #tray(check: CheckName): Tray {
    const tray = this.#trays.get(check);
    if (tray === undefined) throw new RangeError(`no check ${check}`);
    return tray;
  }

  /** So many things were looked at, whatever was found. */
  looked(check: CheckName, count = 1): void {
    this.#tray(check).count += count;
  }

  failed(check: CheckName, where: string, fault: Fault): void {
    const tray = this.#tray(check);
    tray.failed += 1;
    keep(tray.failures, findingOf(where, fault));
  }

  unproven(check: CheckName, where: string, fault: Fault): void {
    const tray = this.#tray(check);
    tray.unproven = true;
    keep(tray.notes, findingOf(where, fault));
  }

  /** Something wrong that the check can do without. */
  noted(check: CheckName, where: string, fault: Fault): void {
    keep(this.#tray(check).notes, findingOf(where, fault));
  }

  hasFailed(check: CheckName): boolean {
    return this.#tray(check).failures.length > 0;
  }

  /** How it stands while a recount goes on. @param over the checks for which nothing more is looked at. */
  soFar(over: readonly CheckName[]): ChecksSoFar {
    const known = this.checks().filter(({ id, status }) => status === 'fail' || over.includes(id));
    return Object.fromEntries(known.map(({ id, status }) => [id, status]));
  }

  /** The checks, in the order of the document. */
  checks(ids: readonly CheckName[] = CHECKS): Check[] {
    return ids.map((id) => {
      const { count, failed, unproven, failures, notes } = this.#tray(id);
      const status = failures.length > 0 ? 'fail' : unproven ? 'unproven' : 'pass';
      return { id, title: CHECK_TITLES[id], status, count, failed, failures, notes };
    });
  }
}
