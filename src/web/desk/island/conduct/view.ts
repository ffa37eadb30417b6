/** An election as the desk sees it: its record, read as every officer's client reads it, and what the service adds. */
import { type ManifestBody, textsDocument } from '../../../../ballot/manifest.ts';
import type { Known } from '../../../../officer/standing.ts';
import { type ElectionState, phaseOf } from '../../../../record/election-state.ts';
import { parseDocument } from '../../../../record/envelope.ts';
import { type RecordSource, readBlob } from '../../../../record/record-source.ts';
import { readElection, type Seen, seenOf } from '../../../../trustee/read-election.ts';
import { Unreachable } from '../../../member/island/requests.ts';
import { fetchedRecord } from '../../../recount/fetched-record.ts';
import { Titles } from '../../../texts/titles.ts';
import {
  type BodyTurnout,
  type DisputeList,
  type Proposed,
  readDisputes,
  readProposals,
  readSummary,
  readTally,
  readTokens,
  readTurnout,
  type Summary,
  type TallyState,
} from './answers.ts';

export interface View {
  readonly election: string;
  readonly state: ElectionState;
  readonly titles: Titles;
  readonly summary: Summary;
  readonly turnout: BodyTurnout;
  readonly disputes: DisputeList;
  readonly proposals: readonly Proposed[];
  readonly tally: TallyState;
  readonly known: Known;
}

/** The published record; where there is no answer, nothing is wrong with it. */
export function recordOf(election: string): RecordSource {
  const source = fetchedRecord(`${location.origin}/elections/${election}/record`);
  return {
    read: (path) =>
      source.read(path).catch((error: unknown) => {
        throw new Unreachable(String(error));
      }),
  };
}

const seenKey = (election: string): string => `teller/desk/${election}/seen`;

/** What this browser saw of the log before. */
function readSeen(election: string): Seen | null {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(seenKey(election)) ?? 'null');
    if (typeof kept !== 'object' || kept === null) return null;
    const { size, root } = kept as Partial<Seen>;
    return typeof size === 'number' && typeof root === 'string' ? { size, root } : null;
  } catch {
    return null;
  }
}

/** The state of the log, which has to extend what this browser saw before. @throws TrusteeError, Unreachable. */
export async function readState(election: string): Promise<ElectionState> {
  const state = await readElection(recordOf(election), election, readSeen(election));
  try {
    localStorage.setItem(seenKey(election), JSON.stringify(seenOf(state)));
  } catch {
    // A browser without storage remembers nothing.
  }
  return state;
}

async function readTitles(election: string, manifest: ManifestBody, lang: string): Promise<Titles> {
  const named = manifest.texts.find((one) => one.lang === lang) ?? manifest.texts[0];
  if (named === undefined) throw new TypeError('a manifest without texts');
  const bytes = await readBlob(recordOf(election), named.blob);
  return new Titles(parseDocument(textsDocument, bytes), manifest.rules);
}

/** What changes without an entry of a role: who has voted, and how long the log is. */
export type Figures = Pick<View, 'summary' | 'turnout' | 'disputes' | 'proposals' | 'tally'>;

export async function readFigures(election: string): Promise<Figures> {
  const [summary, turnout, disputes, proposals, tally] = await Promise.all([
    readSummary(election),
    readTurnout(election),
    readDisputes(election),
    readProposals(election),
    readTally(election),
  ]);
  return { summary, turnout, disputes, proposals, tally };
}

/** Whether the record has to be read again: more than votes has come since. */
export function hasNews(view: View, { summary }: Figures): boolean {
  const rest = ({ size: _size, colleges: _colleges, ...others }: Summary): string => JSON.stringify(others);
  if (rest(summary) !== rest(view.summary)) return true;
  return summary.size !== view.summary.size && phaseOf(view.state) !== 'open';
}

export function withFigures(view: View, figures: Figures): View {
  const known: Known = {
    ...view.known,
    now: Math.floor(Date.now() / 1000),
    isCounting: figures.tally.state === 'running',
    disputes: { until: figures.disputes.until, open: figures.disputes.open },
  };
  return { ...view, ...figures, known };
}

/** @throws Unreachable, Refused `not-signed-in`; TrusteeError for a record that breaks a rule. */
export async function readView(election: string, lang: string): Promise<View> {
  const [state, figures, tokens] = await Promise.all([
    readState(election),
    readFigures(election),
    readTokens(election),
  ]);
  const titles = await readTitles(election, state.manifest, lang);
  const known: Known = {
    published: figures.summary.published,
    now: 0,
    tokens,
    isCounting: false,
    disputes: { until: null, open: 0 },
  };
  return withFigures({ election, state, titles, known, ...figures }, figures);
}
