/**
 * Where the ceremony and the decryption stand, and who is awaited: for the server's summary and for trustees
 * (docs/protocol.md §5.2, §7).
 */
import { STEPS, type Step } from './ceremony.ts';
import { type ElectionState, isComplete } from './election-state.ts';

export interface CeremonyStatus {
  /** The attempt under way, or the one that made the key. */
  readonly attempt: number;
  /** `void`: after a complaint, the officer is awaited; `done`: the key is made. */
  readonly step: Step | 'void' | 'done';
  /** The trustees, from 1, that have not made the step. */
  readonly awaited: readonly number[];
  readonly complaint: { readonly i: number; readonly against: number } | null;
  readonly voided: readonly { readonly attempt: number; readonly reason: string }[];
}

/** The trustees, from 1, of whom the log has no such entry: of the attempt under way, for a step of the ceremony. */
export function trusteesWithout(
  { ceremony, agreements, shares, manifest }: ElectionState,
  type: Step | 'agreement' | 'shares',
): number[] {
  const made = { ...ceremony, agreement: agreements, shares }[type];
  const all = Array.from({ length: manifest.trustees?.count ?? 0 }, (_, at) => at + 1);
  return all.filter((i) => !made.some(({ body }) => body.i === i));
}

/** Null where there are no trustees. */
export function ceremonyStatus(state: ElectionState): CeremonyStatus | null {
  const { manifest, ceremony, voided } = state;
  if (manifest.trustees === null) return null;
  const { attempt, complaint } = ceremony;
  const ended = voided.map(({ attempt, void: { body } }) => ({ attempt, reason: body.reason }));
  const common = { attempt, voided: ended };
  if (complaint !== null) {
    const { i, against } = complaint.body;
    return { ...common, step: 'void', awaited: [], complaint: { i, against } };
  }
  const step = STEPS.find((step) => !isComplete(state, step));
  if (step === undefined) return { ...common, step: 'done', awaited: [], complaint: null };
  return { ...common, step, awaited: trusteesWithout(state, step), complaint: null };
}
