/**
 * Who voted how where votes are on the record, beside what their bodies told them (docs/protocol.md §4.2). It takes
 * ballots that have been checked; of a petition it has the numbers and nobody's name.
 */
import { type Choice, choiceOf } from '../ballot/choices.ts';
import { columnNames, contestColumns } from '../ballot/columns.ts';
import type { Contest, ManifestBody } from '../ballot/manifest.ts';
import { isNamed } from '../roll/build-roll.ts';
import type { RollLines } from '../roll/flat-lines.ts';
import type { RollLine } from '../roll/roll-document.ts';

export const MANDATE_VERDICTS = ['kept', 'not-kept', 'no-mandate', 'did-not-vote'] as const;
export type MandateVerdict = (typeof MANDATE_VERDICTS)[number];

export interface OpenAnswer {
  readonly contest: string;
  /** Of the counting ballot; null where there is none. */
  readonly choice: Choice | null;
  /** The option that the body told its delegate to vote for. */
  readonly mandate: string | null;
  readonly verdict: MandateVerdict;
}

export interface OpenVoter {
  /** Place on the roll, from 1. */
  readonly voter: number;
  readonly name: string;
  /** Who was put in this voter's place. */
  readonly substitute: string | null;
  readonly bodies: readonly string[];
  readonly weight: number;
  /** One for each contest of the college. */
  readonly answers: readonly OpenAnswer[];
}

/** What the voters of a body, or of the whole college, come to in one contest. */
export interface OpenTotal {
  readonly contest: string;
  /** Null: the whole college. */
  readonly body: string | null;
  readonly voters: number;
  readonly ballots: number;
  /** By column, with the weights of the ballots. */
  readonly votes: readonly bigint[];
  readonly verdicts: Readonly<Record<MandateVerdict, number>>;
}

export interface RollCall {
  readonly college: string;
  /** In roll order; none of a petition. */
  readonly voters: readonly OpenVoter[];
  /** By contest, the whole college first, then its bodies in order. */
  readonly totals: readonly OpenTotal[];
}

export interface OpenBallots {
  /** The values of a voter's counting ballot in a contest; undefined where there is none. */
  readonly valuesOf: (voter: number, contest: string) => readonly number[] | undefined;
  /** The name of whoever has been put in the voter's place. */
  readonly substituteOf: (voter: number) => string | null;
}

type Terms = Pick<ManifestBody, 'kind' | 'colleges' | 'contests'>;

/** A line of the roll by its voter number. */
export type NumberedLine = readonly [voter: number, line: RollLine];

/** The lines of colleges that vote on the record, in roll order. */
export function openLines({ colleges }: Pick<Terms, 'colleges'>, lines: RollLines): NumberedLine[] {
  const open = new Set(colleges.filter(({ mode }) => mode === 'recorded').map(({ id }) => id));
  const found: NumberedLine[] = [];
  if (open.size === 0) return found;
  for (const [i, line] of lines.entries()) if (open.has(line.college)) found.push([i + 1, line]);
  return found;
}

/** Whether a ballot puts the option above all others: chosen, first in order, with most points, with the whole card. */
function puts(contest: Contest, weight: number, choice: Choice, option: string): boolean {
  if (choice === 'blank') return false;
  if (Array.isArray(choice))
    return contest.shape.kind === 'ranking' ? choice[0] === option : choice.includes(option);
  const points = new Map(Object.entries(choice));
  const own = points.get(option) ?? 0;
  if (contest.shape.kind === 'split') return own === weight;
  return contest.options.every((other) => other === option || (points.get(other) ?? 0) < own);
}

function verdictOf(
  contest: Contest,
  weight: number,
  choice: Choice | null,
  mandate: string | null,
): MandateVerdict {
  if (choice === null) return 'did-not-vote';
  if (mandate === null) return 'no-mandate';
  return puts(contest, weight, choice, mandate) ? 'kept' : 'not-kept';
}

/** What the values add to each column, times the weight; a split card has its weight in its values. */
function columnsIn(contest: Contest, weight: number, values: readonly number[]): bigint[] {
  const factor = contest.shape.kind === 'split' ? 1n : BigInt(weight);
  return contestColumns(contest, weight).map(({ name, terms }) => {
    const sum = terms.reduce((total, [place, n]) => total + BigInt(n) * BigInt(values[place] ?? 0), 0n);
    return factor * (name.kind === 'merged' && sum > 0n ? 1n : sum);
  });
}

interface Cast {
  readonly bodies: readonly string[];
  readonly weight: number;
  readonly values: readonly number[] | undefined;
  readonly verdict: MandateVerdict;
}

function totalOf(contest: Contest, body: string | null, all: readonly Cast[]): OpenTotal {
  const own = body === null ? all : all.filter(({ bodies }) => bodies.includes(body));
  const votes = columnNames(contest).map(() => 0n);
  const verdicts = { kept: 0, 'not-kept': 0, 'no-mandate': 0, 'did-not-vote': 0 };
  let ballots = 0;
  for (const { weight, values, verdict } of own) {
    verdicts[verdict] += 1;
    if (values === undefined) continue;
    ballots += 1;
    columnsIn(contest, weight, values).forEach((n, j) => {
      votes[j] = (votes[j] ?? 0n) + n;
    });
  }
  return { contest: contest.id, body, voters: own.length, ballots, votes, verdicts };
}

function rollCall(
  college: string,
  contests: readonly Contest[],
  lines: readonly NumberedLine[],
  { valuesOf, substituteOf }: OpenBallots,
  isNamedHere: boolean,
): RollCall {
  const answersOf = ([voter, { weight, mandates }]: NumberedLine, contest: Contest) => {
    const values = valuesOf(voter, contest.id);
    const choice = values === undefined ? null : choiceOf(contest, weight, values, `voter ${voter}`);
    const mandate = mandates?.find((one) => one.contest === contest.id)?.option ?? null;
    return { contest: contest.id, choice, mandate, verdict: verdictOf(contest, weight, choice, mandate) };
  };
  const voters = lines.map((numbered): OpenVoter => {
    const [voter, { name, bodies, weight }] = numbered;
    const answers = contests.map((contest) => answersOf(numbered, contest));
    return { voter, name: name ?? '', substitute: substituteOf(voter), bodies, weight, answers };
  });
  const bodies = isNamedHere ? [...new Set(lines.flatMap(([, line]) => line.bodies))].sort() : [];
  const totals = contests.flatMap((contest, i) => {
    const cast = voters.map(
      ({ voter, bodies: own, weight, answers }): Cast => ({
        bodies: own,
        weight,
        values: valuesOf(voter, contest.id),
        verdict: answers[i]?.verdict ?? 'did-not-vote',
      }),
    );
    return [null, ...bodies].map((body) => totalOf(contest, body, cast));
  });
  return { college, voters: isNamedHere ? voters : [], totals };
}

/**
 * One for each college that votes on the record, in manifest order.
 * @param lines of these colleges (`openLines`).
 * @throws BallotError `bad-choice` for values that no choice has, which no checked ballot holds.
 */
export function rollCalls(
  { kind, colleges, contests }: Terms,
  lines: readonly NumberedLine[],
  ballots: OpenBallots,
): RollCall[] {
  const byCollege = Map.groupBy(lines, ([, line]) => line.college);
  return colleges
    .filter(({ mode }) => mode === 'recorded')
    .map((college) => {
      const asked = contests.filter((contest) => contest.colleges.includes(college.id));
      return rollCall(
        college.id,
        asked,
        byCollege.get(college.id) ?? [],
        ballots,
        isNamed({ kind }, college),
      );
    });
}
