/**
 * What the entries so far have established: the state that the grammar's rules (grammar.ts) look at. The ballot
 * box and a recount build the same one, entry by entry.
 */

import type { ManifestBody } from '../ballot/manifest.ts';
import { MerkleTree } from '../board/merkle-tree.ts';
import { type Bytes, toBase64Url } from '../crypto/bytes.ts';
import type { PlacedAct } from './acts.ts';
import { BallotChains } from './ballot-chains.ts';
import {
  type Attempt,
  addStep,
  ceremonyOf,
  ceremonyOutcome,
  isStepEntry,
  newAttempt,
  type Step,
  type StepEntry,
  type VoidedAttempt,
} from './ceremony.ts';
import type { Entry, EntryOf } from './entries.ts';
import { contentOf, entryLeaf, parseEntry } from './envelope.ts';
import { RecordError } from './errors.ts';
import type { Item, Place, Placed } from './item.ts';
import type { Problem, ProblemCode } from './problem.ts';
import { holderOf, Replacements, voterOf } from './replacements.ts';
import type { RollIndex } from './roll-index.ts';

export interface ElectionState {
  /** The manifest's leaf, in base64url. */
  readonly election: string;
  readonly manifest: ManifestBody;
  /** Of all entries so far, 64 bytes each: the root of any size, and every proof. */
  readonly tree: MerkleTree;
  /** The attempt under way, or the one that made the key. */
  ceremony: Attempt;
  /** The attempts before it. */
  readonly voided: VoidedAttempt[];
  roll: Placed<'roll'> | null;
  /** Of the roll's blob, once somebody has read it: `useRoll`. */
  voters: RollIndex | null;
  chains: BallotChains;
  opening: Placed<'opening'> | null;
  /** The checks of each checked ballot, by `checkKey`. */
  readonly checks: Map<string, Place[]>;
  closing: Placed<'closing'> | null;
  readonly tallies: Placed<'tally'>[];
  readonly agreements: Placed<'agreement'>[];
  readonly shares: Placed<'shares'>[];
  result: Placed<'result'> | null;
  /** Of officers, in log order. */
  readonly acts: PlacedAct[];
  readonly replacements: Replacements;
  /** Of recounts, in log order. */
  readonly certificates: Certificate[];
}

export interface Certificate extends Placed<'recount'> {
  /** The observer who signed it, from 1. */
  readonly observer: number;
}

/** setup: until the opening, or until it is abandoned. open: until the closing. closed: until the result. */
export type Phase = 'setup' | 'abandoned' | 'open' | 'closed' | 'declared';

export function phaseOf({ opening, closing, result, acts }: ElectionState): Phase {
  if (result !== null) return 'declared';
  if (closing !== null) return 'closed';
  if (opening !== null) return 'open';
  return acts.some(({ act }) => act.kind === 'abandonment') ? 'abandoned' : 'setup';
}

/** The leaf of the opening, in base64url, which everything after it is bound to. */
export function contextOf(state: ElectionState): string | null {
  return state.opening?.leaf ?? null;
}

/** Whether every trustee has made the step. */
export function isComplete({ ceremony, manifest }: ElectionState, step: Step): boolean {
  return ceremony[step].length === (manifest.trustees?.count ?? 0);
}

/** The state after the manifest's published bytes, whose signature is not verified here. @throws RecordError as `parseEntry` does; `no-manifest`. */
export function openRecord(bytes: Bytes): ElectionState {
  const entry = parseEntry(bytes);
  if (entry.type !== 'manifest')
    throw new RecordError('no-manifest', 'type', `the first entry is ${entry.type}`);
  const leaf = entryLeaf(bytes);
  const tree = new MerkleTree();
  tree.append(leaf);
  return {
    election: toBase64Url(leaf),
    manifest: entry.body,
    tree,
    ceremony: newAttempt(1),
    voided: [],
    roll: null,
    voters: null,
    chains: new BallotChains(0),
    opening: null,
    checks: new Map(),
    closing: null,
    tallies: [],
    agreements: [],
    shares: [],
    result: null,
    acts: [],
    replacements: new Replacements(),
    certificates: [],
  };
}

/** The entry of some bytes as the next one of the log. @throws RecordError as `parseEntry` does. */
export function nextItem(state: ElectionState, bytes: Bytes): Item {
  return { index: state.tree.size, leaf: entryLeaf(bytes), entry: parseEntry(bytes) };
}

/** Gives the state the voters of the roll's blob, once, before the first ballot. */
export function useRoll(state: ElectionState, voters: RollIndex): void {
  state.voters = voters;
  state.chains = new BallotChains(voters.size);
}

/** The key of a checked ballot, by its voter number and fingerprint in base64url. */
export function checkKey(voter: number, fingerprint: string): string {
  return `${voter} ${fingerprint}`;
}

/** Log index and leaf (base64url) of a voter's counting ballot. */
export function headOf(state: ElectionState, voter: number): Place | undefined {
  const index = state.chains.head(voter);
  return index === undefined ? undefined : { index, leaf: toBase64Url(state.tree.node(0, index)) };
}

/** The log index of the ballot or check with this leaf, if it is there: the same bytes are not entered twice (§6.5). */
export function indexOfSame(
  state: ElectionState,
  { entry, leaf }: Pick<Item, 'entry' | 'leaf'>,
): number | undefined {
  if (entry.type !== 'ballot' && entry.type !== 'check') return undefined;
  const voter = holderOf(state, entry.body.P)?.voter;
  if (voter === undefined) return undefined;
  const name = toBase64Url(leaf);
  if (entry.type === 'check') {
    const checks = state.checks.get(checkKey(voter, entry.body.F));
    return checks?.find((check) => check.leaf === name)?.index;
  }
  for (const { index } of state.chains.of(voter)) {
    if (toBase64Url(state.tree.node(0, index)) === name) return index;
  }
  return undefined;
}

/** Problems of entries that are nobody's, or another attempt's: they have no effect but their place in the log. */
const FOREIGN: readonly ProblemCode[] = ['wrong-signer', 'bad-signature', 'wrong-election', 'wrong-attempt'];

/**
 * Takes an entry into the log. What it does besides depends on its problems, so that a recount can go on after
 * them and blame the right entries: a ballot, check, act, replacement or certificate with any has no effect, nor has an entry that
 * its role did not sign; otherwise the first of its kind counts.
 * @throws RecordError `wrong-index` unless it is the next one.
 */
export function apply(state: ElectionState, item: Item, problems: readonly Problem[]): void {
  checkIndex(state, item);
  state.tree.append(item.leaf);
  if (problems.some(({ code }) => FOREIGN.includes(code))) return;
  if (item.entry.type === 'ballot' || item.entry.type === 'check') {
    if (problems.length === 0) applyVote(state, item, item.entry);
  } else if (item.entry.type === 'act') {
    if (problems.length === 0) applyAct(state, item, item.entry);
  } else if (item.entry.type === 'replacement') {
    const { index, leaf, entry } = item;
    if (problems.length === 0) state.replacements.add({ index, leaf: toBase64Url(leaf), body: entry.body });
  } else if (item.entry.type === 'recount') {
    const { index, leaf, entry } = item;
    const { body, sigs } = entry;
    const observer = sigs[0]?.i ?? 0;
    if (problems.length === 0) state.certificates.push({ index, leaf: toBase64Url(leaf), body, observer });
  } else if (isStepEntry(item.entry)) {
    applyStep(state, { index: item.index, leaf: toBase64Url(item.leaf) }, item.entry);
  } else {
    applyRole(state, { index: item.index, leaf: toBase64Url(item.leaf) }, item.entry);
  }
}

/** Takes an entry that cannot be read into the log. */
export function applyUnreadable(state: ElectionState, leaf: Bytes): void {
  state.tree.append(leaf);
}

export function checkIndex(state: ElectionState, { index }: Item): void {
  if (index !== state.tree.size) {
    throw new RecordError('wrong-index', 'index', `${index}; the next entry is ${state.tree.size}`);
  }
}

const NO_FINGERPRINT = new Uint8Array(32);

function applyVote(state: ElectionState, item: Item, entry: EntryOf<'ballot'> | EntryOf<'check'>): void {
  const voter = voterOf(state, entry.body.P)?.voter;
  if (voter === undefined) return;
  if (entry.type === 'ballot') {
    state.chains.append(voter, item.index, item.fingerprint ?? NO_FINGERPRINT);
    return;
  }
  const key = checkKey(voter, entry.body.F);
  const checks = state.checks.get(key) ?? [];
  state.checks.set(key, [...checks, { index: item.index, leaf: toBase64Url(item.leaf) }]);
}

function applyAct(state: ElectionState, { index, leaf }: Item, entry: EntryOf<'act'>): void {
  const { body, sigs } = entry;
  const officer = sigs[0]?.i ?? 0;
  state.acts.push({ index, leaf: toBase64Url(leaf), officer, act: body.act, content: contentOf(entry) });
}

function applyStep(state: ElectionState, place: Place, entry: StepEntry): void {
  addStep(state.ceremony, place, entry);
  if (entry.type === 'dealt' && isComplete(state, 'reveal') && isComplete(state, 'dealt')) {
    const { ceremony, election, manifest } = state;
    ceremony.confirmable = ceremonyOutcome(ceremonyOf(election, manifest, ceremony.attempt), ceremony);
  }
}

/** Adds to a list unless it has one like it already. */
function addFirst<T>(list: T[], added: T, same: (a: T) => boolean): void {
  if (!list.some(same)) list.push(added);
}

function applyRole(
  state: ElectionState,
  place: Place,
  entry: Exclude<Entry, StepEntry | { type: 'ballot' | 'check' | 'act' | 'replacement' | 'recount' }>,
): void {
  switch (entry.type) {
    case 'manifest':
      return;
    case 'complaint':
      state.ceremony.complaint ??= { ...place, body: entry.body };
      return;
    case 'void':
      if (state.opening !== null) return;
      state.voided.push({ ...state.ceremony, void: { ...place, body: entry.body } });
      state.ceremony = newAttempt(state.ceremony.attempt + 1);
      return;
    case 'roll':
      state.roll ??= { ...place, body: entry.body };
      return;
    case 'opening':
      state.opening ??= { ...place, body: entry.body };
      return;
    case 'closing':
      state.closing ??= { ...place, body: entry.body };
      return;
    case 'tally':
      state.tallies.push({ ...place, body: entry.body });
      return;
    case 'agreement':
      addFirst(state.agreements, { ...place, body: entry.body }, ({ body }) => body.i === entry.body.i);
      return;
    case 'shares': {
      const { i, tally } = entry.body;
      addFirst(
        state.shares,
        { ...place, body: entry.body },
        ({ body }) => body.i === i && body.tally === tally,
      );
      return;
    }
    case 'result':
      state.result ??= { ...place, body: entry.body };
      return;
  }
}
