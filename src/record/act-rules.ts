/** What holds for acts of officers and for certificates of recounts (docs/protocol.md §5.3, §5.7). */
import type { ManifestBody } from '../ballot/manifest.ts';
import { fromBase64Url, toBase64Url } from '../crypto/bytes.ts';
import { type ActOf, actsOf, closesOf, lotCommitment } from './acts.ts';
import { sharesOf } from './counting-rules.ts';
import { type ElectionState, phaseOf } from './election-state.ts';
import type { EntryOf } from './entries.ts';
import { contentOf } from './envelope.ts';
import type { Item, Place } from './item.ts';
import { type Problem, problem } from './problem.ts';
import { examineCoverage } from './seen-rules.ts';

type ActEntry = EntryOf<'act'>;

const tooEarly = (why: string): Problem => problem('grammar', 'too-early', 'body.act.kind', why);
const tooLate = (why: string): Problem => problem('grammar', 'too-late', 'body.act.kind', why);
const again = (why: string): Problem => problem('grammar', 'duplicate', 'body.act.kind', why);

/** What is on record about an election may be said at any time; everything else has its turn. */
export function examineAct(state: ElectionState, item: Item, entry: ActEntry): Problem[] {
  const { act } = entry.body;
  if (act.kind === 'incident') return examineRepeated(state, entry);
  if (act.kind === 'dispute') return [...examineRepeated(state, entry), ...examineDispute(item, act)];
  if (act.kind === 'answer') return [...examineRepeated(state, entry), ...examineAnswer(state, act)];
  const phase = phaseOf(state);
  if (phase === 'abandoned') return [tooLate('the election was abandoned')];
  if (act.kind === 'abandonment' || act.kind === 'lot-commitment') {
    if (phase !== 'setup') return [tooLate('the election is open')];
    return act.kind === 'abandonment' ? [] : examineCommitment(state, entry);
  }
  if (phase === 'setup') return [tooEarly('the election is not open')];
  if (act.kind === 'extension') {
    return phase === 'open' ? examineExtension(state, act) : [tooLate('the election is closed')];
  }
  if (phase === 'open') return [tooEarly('the election is not closed')];
  if (phase === 'declared') return [tooLate('the result is declared')];
  return act.kind === 'lot-reveal' ? examineReveal(state, entry, act) : examineCastingVote(state, entry, act);
}

/** Signatures are public: whoever orders them anew, or adds another, does not enter an act a second time. */
function examineRepeated(state: ElectionState, entry: ActEntry): Problem[] {
  const content = contentOf(entry);
  const before = state.acts.find((one) => one.content === content);
  return before === undefined ? [] : [again(`entry ${before.index} is this act`)];
}

function examineDispute({ index }: Item, act: ActOf<'dispute'>): Problem[] {
  if (act.index === null || act.index < index) return [];
  return [problem('grammar', 'unknown-entry', 'body.act.index', `there is no entry ${act.index} yet`)];
}

function examineAnswer(state: ElectionState, { dispute }: ActOf<'answer'>): Problem[] {
  if (actsOf(state, 'dispute').some(({ index }) => index === dispute)) return [];
  return [problem('grammar', 'unknown-entry', 'body.act.dispute', `entry ${dispute} is no dispute`)];
}

/** Voting is put off, never brought forward, and by no more than the manifest allows in all. */
function examineExtension(state: ElectionState, { closes }: ActOf<'extension'>): Problem[] {
  const { times } = state.manifest;
  const now = closesOf(state);
  const refused = (why: string): Problem[] => [problem('time', 'bad-extension', 'body.act.closes', why)];
  if (times.closes === null || now === null) return refused('the manifest has no time of closing');
  if (closes <= now) return refused(`voting closes at ${now}`);
  const latest = times.closes + times.extension;
  return closes > latest ? refused(`the manifest allows ${latest} at the latest`) : [];
}

const signerOf = ({ sigs }: ActEntry): number => sigs[0]?.i ?? 0;

function examineCommitment(state: ElectionState, entry: ActEntry): Problem[] {
  if (state.manifest.trustees !== null) {
    return [problem('grammar', 'not-by-officers', 'body.act.kind', 'the trustees draw the lot')];
  }
  const officer = signerOf(entry);
  if (!actsOf(state, 'lot-commitment').some((one) => one.officer === officer)) return [];
  return [again(`officer ${officer} has committed to a value`)];
}

function examineReveal(state: ElectionState, entry: ActEntry, { value }: ActOf<'lot-reveal'>): Problem[] {
  const officer = signerOf(entry);
  const committed = actsOf(state, 'lot-commitment').find((one) => one.officer === officer);
  if (committed === undefined)
    return [tooEarly(`officer ${officer} committed to nothing before the opening`)];
  if (actsOf(state, 'lot-reveal').some((one) => one.officer === officer)) {
    return [again(`officer ${officer} has shown the value`)];
  }
  if (lotCommitment(state.election, officer, fromBase64Url(value)) === committed.act.hash) return [];
  return [problem('lot', 'wrong-value', 'body.act.value', `not what entry ${committed.index} commits to`)];
}

/** The last entry that tells how the count stands: of t shares of a tally, or the tally where nothing is secret. */
function countKnown(state: ElectionState): Place | undefined {
  const { trustees } = state.manifest;
  if (trustees === null) return state.tallies[0];
  return state.tallies.flatMap(({ leaf }) => sharesOf(state, leaf)[trustees.threshold - 1] ?? [])[0];
}

/** The chair votes when the counts are known, once, and only where the manifest gives the chair a vote. */
function examineCastingVote(state: ElectionState, entry: ActEntry, act: ActOf<'casting-vote'>): Problem[] {
  const known = countKnown(state);
  if (known === undefined) return [tooEarly('the counts are not known')];
  const why = noCastingVote(state.manifest, act);
  if (why !== undefined) return [problem('grammar', 'no-casting-vote', 'body.act', why)];
  const before = actsOf(state, 'casting-vote').find(
    (one) => one.act.rule === act.rule && one.act.college === act.college,
  );
  if (before !== undefined) return [again(`the chair voted in entry ${before.index}`)];
  return examineCoverage(entry, known.index, 'what tells the counts');
}

function noCastingVote(
  { rules }: ManifestBody,
  { rule, college }: ActOf<'casting-vote'>,
): string | undefined {
  const decision = rules.find(({ id }) => id === rule);
  if (decision?.kind !== 'motion') return `${rule} is no motion`;
  if (decision.tie !== 'chair') return `${rule} gives the chair no vote`;
  if (decision.combine.kind === 'weighted') {
    return college === null ? undefined : `the colleges of ${rule} are weighted together`;
  }
  if (decision.colleges.some((one) => one.college === college)) return undefined;
  return `${college} is no college of ${rule}`;
}

/** After the result: what an observer recounted is this very log. */
export function examineRecount(state: ElectionState, entry: EntryOf<'recount'>): Problem[] {
  const { result, tree } = state;
  if (result === null) return [problem('grammar', 'too-early', 'type', 'no result is declared')];
  const { body, seen } = entry;
  if (body.size > seen.size || toBase64Url(tree.root(Math.min(body.size, tree.size))) !== body.root) {
    return [
      problem('authority', 'false-seen', 'body.root', `not the root of the first ${body.size} entries`),
    ];
  }
  const counted = result.index < body.size ? result.leaf : null;
  if (body.result === counted) return [];
  return [problem('context', 'unknown-result', 'body.result', 'not the result in these entries')];
}
