/** Who voted how, in the words of a language: the same rows for the page and for `teller verify --votes`. */
import { columnNames } from '../ballot/columns.ts';
import type { Contest, ManifestBody } from '../ballot/manifest.ts';
import { MANDATE_VERDICTS, type OpenTotal, type OpenVoter, type RollCall } from '../tally/roll-call.ts';
import { choiceInWords } from './choice-in-words.ts';
import { type VotesTexts, votes } from './texts/en/votes.ts';
import { nameOf, type Titles, visible } from './texts/titles.ts';

export interface VoterInWords {
  readonly name: string;
  /** Null where nobody was put in the voter's place. */
  readonly substitute: string | null;
  readonly bodies: string;
  readonly weight: number;
  readonly choice: string;
  readonly mandate: string;
}

export interface TotalInWords {
  readonly group: string;
  readonly voters: number;
  readonly ballots: number;
  readonly votes: readonly bigint[];
  /** In the order of `MANDATE_VERDICTS`. */
  readonly verdicts: readonly number[];
}

export interface ContestInWords {
  readonly contest: string;
  readonly title: string;
  readonly voters: readonly VoterInWords[];
  /** Whether any voter had a mandate in it. */
  readonly hasMandates: boolean;
  /** Headings of `votes`. */
  readonly columns: readonly string[];
  readonly totals: readonly TotalInWords[];
}

function columnTitles(contest: Contest, titles: Titles, words: VotesTexts): string[] {
  return columnNames(contest).map((name) =>
    'id' in name ? titles.option(contest.id, name.id) : words[name.kind],
  );
}

function voterInWords(
  { name, substitute, bodies, weight, answers }: OpenVoter,
  contest: string,
  titles: Titles,
  words: VotesTexts,
): VoterInWords {
  const answer = answers.find((one) => one.contest === contest);
  const verdict = words.verdicts[answer?.verdict ?? 'did-not-vote'];
  const { choice = null, mandate = null } = answer ?? {};
  return {
    name: visible(name),
    substitute: substitute === null ? null : words.placeOf(visible(substitute)),
    bodies: words.list(bodies.map(nameOf)),
    weight,
    choice: choice === null ? words.verdicts['did-not-vote'] : choiceInWords(contest, choice, titles, words),
    mandate:
      mandate === null ? words.verdicts['no-mandate'] : words.told(titles.option(contest, mandate), verdict),
  };
}

function totalInWords(
  { body, voters, ballots, votes: counted, verdicts }: OpenTotal,
  words: VotesTexts,
): TotalInWords {
  return {
    group: body === null ? words.everybody : nameOf(body),
    voters,
    ballots,
    votes: counted,
    verdicts: MANDATE_VERDICTS.map((verdict) => verdicts[verdict]),
  };
}

/** A college's contests, in manifest order. */
export function votesInWords(
  { voters, totals, college }: RollCall,
  { contests }: Pick<ManifestBody, 'contests'>,
  titles: Titles,
  words: VotesTexts = votes,
): ContestInWords[] {
  return contests
    .filter(({ colleges }) => colleges.includes(college))
    .map((contest) => ({
      contest: contest.id,
      title: titles.contest(contest.id),
      voters: voters.map((voter) => voterInWords(voter, contest.id, titles, words)),
      hasMandates: voters.some(({ answers }) =>
        answers.some((answer) => answer.contest === contest.id && answer.mandate !== null),
      ),
      columns: columnTitles(contest, titles, words),
      totals: totals
        .filter((total) => total.contest === contest.id)
        .map((total) => totalInWords(total, words)),
    }));
}

/** Rows of cells as lines, each column as wide as its widest cell. */
function aligned(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, j) => Math.max(...rows.map((row) => row[j]?.length ?? 0)));
  return rows.map((row) => `  ${row.map((cell, j) => cell.padEnd(widths[j] ?? 0)).join('  ')}`.trimEnd());
}

function linesOfContest({ title, voters, hasMandates, columns, totals }: ContestInWords): string[] {
  const withMandates = (row: readonly string[], own: readonly string[]) =>
    hasMandates ? [...row, ...own] : row;
  const called = voters.map(({ name, substitute, bodies, weight, choice, mandate }) =>
    withMandates(
      [substitute === null ? name : `${name} (${substitute})`, bodies, String(weight), choice],
      [mandate],
    ),
  );
  const counted = totals.map(({ group, voters: n, ballots, votes: own, verdicts }) =>
    withMandates([group, String(n), String(ballots), ...own.map(String)], verdicts.map(String)),
  );
  return [
    title,
    ...(called.length === 0
      ? []
      : aligned([
          withMandates([votes.name, votes.bodies, votes.weight, votes.choice], [votes.mandate]),
          ...called,
        ])),
    '',
    ...aligned([
      withMandates(
        [votes.group, votes.onRoll, votes.voted, ...columns],
        MANDATE_VERDICTS.map((verdict) => votes.verdicts[verdict]),
      ),
      ...counted,
    ]),
  ];
}

/** All roll calls for a terminal, in English. Empty where every vote is secret. */
export function voteLines(
  calls: readonly RollCall[],
  manifest: Pick<ManifestBody, 'contests'>,
  titles: Titles,
): string[] {
  return calls.flatMap((call) => [
    '',
    `${votes.title}: ${titles.college(call.college)}`,
    ...votesInWords(call, manifest, titles).flatMap((contest) => ['', ...linesOfContest(contest)]),
  ]);
}
