/**
 * The trustees' key ceremony as the log has it (docs/protocol.md §7): attempt by attempt, who has made which step,
 * and what has to be confirmed in the end.
 */

import type { ManifestBody } from '../ballot/manifest.ts';
import { fromBase64Url, toBase64Url } from '../crypto/bytes.ts';
import { type Ceremony, type PublicKeys, publicKeys, type Round1, transcriptHash } from '../crypto/dkg.ts';
import { CryptoError } from '../crypto/errors.ts';
import type { Entry, EntryOf } from './entries.ts';
import type { Place, Placed } from './item.ts';

export const STEPS = ['join', 'commit', 'reveal', 'dealt', 'confirm'] as const;
export type Step = (typeof STEPS)[number];
export type StepEntry = EntryOf<Step>;

/** The entries of each step, one of each trustee at most, in log order. */
export type CeremonySteps = { readonly [S in Step]: Placed<S>[] };

/** What every trustee confirms, in base64url. */
export interface CeremonyOutcome {
  readonly key: string;
  readonly shares: readonly string[];
  readonly transcript: string;
}

/** One attempt at the ceremony. A complaint ends it, and only `void` starts another. */
export interface Attempt extends CeremonySteps {
  /** From 1. */
  readonly attempt: number;
  complaint: Placed<'complaint'> | null;
  /** Once all have dealt; null before, and if the commitments make no key. */
  confirmable: CeremonyOutcome | null;
}

/** An attempt that came to nothing. */
export interface VoidedAttempt extends Attempt {
  readonly void: Placed<'void'>;
}

export function newAttempt(attempt: number): Attempt {
  return {
    attempt,
    join: [],
    commit: [],
    reveal: [],
    dealt: [],
    confirm: [],
    complaint: null,
    confirmable: null,
  };
}

export function isStepEntry(entry: Entry): entry is StepEntry {
  return STEPS.some((step) => step === entry.type);
}

/** What is fixed before an attempt; n = 0 where there are no trustees. */
export function ceremonyOf(
  election: string,
  { trustees }: Pick<ManifestBody, 'trustees'>,
  attempt: number,
): Ceremony {
  const { count, threshold } = trustees ?? { count: 0, threshold: 0 };
  return { election: fromBase64Url(election), attempt, count, threshold };
}

export function round1Of({ commitments, proof }: EntryOf<'reveal'>['body']): Round1 {
  return { commitments: commitments.map((text) => fromBase64Url(text)), proof: fromBase64Url(proof) };
}

/** Takes an entry into its step, unless its trustee has made that step. */
export function addStep(steps: CeremonySteps, { index, leaf }: Place, entry: StepEntry): void {
  const list = steps[entry.type] as Placed<Step>[];
  if (list.some(({ body }) => body.i === entry.body.i)) return;
  list.push({ index, leaf, body: entry.body });
}

/** Y, S_1 … S_n and the transcript, once all have dealt; null if the commitments make no key. */
export function ceremonyOutcome(ceremony: Ceremony, steps: CeremonySteps): CeremonyOutcome | null {
  const { join, commit, reveal, dealt } = steps;
  const inLogOrder = [...join, ...commit, ...reveal, ...dealt].sort((a, b) => a.index - b.index);
  const transcript = transcriptHash(
    ceremony,
    inLogOrder.map(({ leaf }) => fromBase64Url(leaf)),
  );
  const byTrustee = reveal.toSorted((a, b) => a.body.i - b.body.i).map(({ body }) => round1Of(body));
  let keys: PublicKeys;
  try {
    keys = publicKeys(byTrustee);
  } catch (error) {
    if (error instanceof CryptoError) return null;
    throw error;
  }
  return {
    key: toBase64Url(keys.key),
    shares: keys.shares.map(toBase64Url),
    transcript: toBase64Url(transcript),
  };
}
