/** What the demonstration says at its end, for a person and for a machine. */
import type { Outcome } from '../../record/entries.ts';
import { listed, plural } from '../../web/rules-in-words.ts';
import type { StageTime } from './stages.ts';

export interface DemoSummary {
  readonly seed: string;
  readonly election: string;
  /** Where the record can be read while the server runs. */
  readonly address: string;
  /** Where its export has been left; null if it goes with the demonstration. */
  readonly record: string | null;
  readonly membership: {
    readonly regions: number;
    readonly branches: number;
    readonly affiliates: number;
    readonly outside: number;
  };
  /** Voters by college. */
  readonly roll: Readonly<Record<string, number>>;
  readonly cast: number;
  readonly twice: number;
  readonly checked: number;
  readonly refused: Readonly<Record<string, number>>;
  readonly outcome: Outcome;
  /** The outcome in words. */
  readonly result: readonly string[];
  /** The separate process that had the exported files alone. */
  readonly recount: { readonly ok: boolean; readonly anchored: boolean };
  readonly receipt: { readonly voter: number; readonly index: number; readonly counted: boolean } | null;
  readonly nonUse: { readonly voter: number; readonly unused: boolean };
  readonly stages: readonly StageTime[];
  readonly processes: number;
}

/**
 * @param recount what `teller verify` printed.
 * @param table of the stages.
 * @param serves the server goes on.
 */
export function closingReport(
  summary: DemoSummary,
  recount: string,
  table: readonly string[],
  serves: boolean,
): string[] {
  const { seed, membership, roll, cast, twice, checked, refused, receipt, nonUse, record, address } = summary;
  const voters = Object.entries(roll).map(([college, n]) => `${n.toLocaleString('en-GB')} ${college}`);
  const { branches, regions, affiliates, outside } = membership;
  const refusals = Object.entries(refused).map(([what, n]) => `${what} ${n}`);
  return [
    '',
    '── The result ──',
    '',
    ...summary.result,
    '',
    '── How it came about ──',
    '',
    `Seed ${seed}. On the roll: ${listed(voters)}, of ${plural(branches, 'branch', 'branches')} in ${plural(regions, 'region')} and ${plural(affiliates, 'affiliate')}; ${plural(outside, 'member')} in no branch.`,
    `${plural(cast, 'ballot')} cast, ${twice.toLocaleString('en-GB')} of them by people who changed their mind; ${checked.toLocaleString('en-GB')} opened for a check before.`,
    `Refused, as they must be: ${listed(refusals)}.`,
    ...(receipt === null
      ? []
      : [
          `Voter ${receipt.voter} holds a receipt: entry ${receipt.index} is that ballot, and a ballot of theirs is counted.`,
        ]),
    `Voter ${nonUse.voter} stayed away: it is proved that nobody voted in that place.`,
    '',
    '── The recount, by a process that had the exported files alone ──',
    '',
    recount.trimEnd(),
    '',
    '── How long it took ──',
    '',
    ...table,
    '',
    record === null
      ? 'The record goes with the demonstration; --record DIR would have kept it.'
      : `The record is in ${record}: teller verify ${record} --anchor ${summary.election}`,
    ...(serves ? [`It can be read at ${address}`] : []),
  ];
}
