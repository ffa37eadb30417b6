/**
 * What a thread that checks entries is told and answers, whatever the host. Everything large goes over as whole
 * buffers, which change hands and are not copied.
 */
import type { BallotSetting } from '../../ballot/ballot-context.ts';
import type { PackedEntries } from '../../ballot/regular-ballots.ts';
import type { Kernel } from '../../crypto/kernel/kernel.ts';
import { type CountedPart, type CountPart, countPart } from '../count-part.ts';
import { type CheckedEntries, EntryCheck } from './check-entries.ts';

export interface CheckRequest {
  readonly id: number;
  /** With the first request alone: what all entries are checked against. */
  readonly setting: BallotSetting | undefined;
  readonly work:
    | { readonly entries: PackedEntries }
    | { readonly entries?: undefined; readonly part: CountPart };
}

/** `fault` is the message of what no entry should be able to cause. */
export type CheckAnswer =
  | { readonly id: number; readonly checked: CheckedEntries }
  | { readonly id: number; readonly counted: CountedPart }
  | { readonly id: number; readonly fault: string };

/** The buffers of entries, each once. */
export function buffersOf({ bytes, starts, hints }: PackedEntries): ArrayBuffer[] {
  return distinct([bytes, starts, ...(hints === undefined ? [] : [hints.bytes, hints.starts])]);
}

function answerBuffers({ entries, groups }: CheckedEntries): ArrayBuffer[] {
  const views = groups.flatMap(({ formOf, places, encodings, hints, previous, fingerprints, leaves }) => [
    formOf,
    places,
    encodings,
    hints,
    previous,
    fingerprints,
    leaves,
  ]);
  return distinct([...views, entries.bytes, entries.starts]);
}

function distinct(views: readonly ArrayBufferView[]): ArrayBuffer[] {
  const buffers = views.flatMap(({ buffer }) => (buffer instanceof ArrayBuffer ? [buffer] : []));
  return [...new Set(buffers)];
}

/** The inside of a thread: answers requests, one after another unless something has to be loaded for one. */
export function answerWith(
  post: (answer: CheckAnswer, transfer: ArrayBuffer[]) => void,
  kernel: Kernel,
): (request: CheckRequest) => Promise<void> {
  let check: EntryCheck | undefined;
  return async ({ id, setting, work }) => {
    try {
      if (setting !== undefined) check = new EntryCheck(setting, kernel);
      const { entries } = work;
      if (entries === undefined) {
        post({ id, counted: countPart(kernel, work.part) }, []);
        return;
      }
      if (check === undefined) throw new TypeError('there is nothing to check entries against');
      // The hints have been used: those that come back are with the ballots.
      const { groups, others } = await check.check(entries);
      const checked = { entries: { bytes: entries.bytes, starts: entries.starts }, groups, others };
      post({ id, checked }, answerBuffers(checked));
    } catch (error) {
      post({ id, fault: String(error) }, []);
    }
  };
}
