/**
 * Disputes of one election: filed by anybody, public at once, entered and answered by officers in the record. What is
 * filed is hostile, and kept within bounds. Proof that the ballot box is at fault is never refused for want of room
 * before there is as much of it again.
 */
import { tellsToken } from '../ballot/token.ts';
import { encodeCanonical } from '../codec/canonical-json.ts';
import type { Bytes } from '../crypto/bytes.ts';
import { type Dispute, enteredDisputes, type ReceiptFinding } from '../record/dispute.ts';
import {
  followDispute,
  followDisputes,
  type JudgedDispute,
  judgeDispute,
  MAX_DISPUTES,
  type StoredDispute,
} from '../record/filed-disputes.ts';
import { disputesUntil } from '../record/moments.ts';
import { nameBlob } from '../record/record-source.ts';
import type { DisputeList, FiledDispute } from './documents.ts';
import type { ElectionLog } from './election-log.ts';
import { Problem } from './problem.ts';
import type { RecordStore } from './store/record-store.ts';
import { WindowLimit } from './window-limit.ts';

const AN_HOUR = { most: 20, mostInAll: 200, seconds: 3600 };

export interface DisputeSetting {
  readonly log: ElectionLog;
  readonly store: RecordStore;
  /** Unix seconds. */
  readonly clock: () => number;
}

export class Disputes {
  readonly #setting: DisputeSetting;
  readonly #limit: WindowLimit<string>;
  /** By name, in the order in which they were filed; null until somebody asks. */
  #kept: Map<string, JudgedDispute> | null = null;

  constructor(setting: DisputeSetting) {
    this.#setting = setting;
    this.#limit = new WindowLimit(AN_HOUR, setting.clock);
  }

  get #all(): Map<string, JudgedDispute> {
    const { log, store } = this.#setting;
    this.#kept ??= new Map(
      store.disputes(log.election).map((stored) => [stored.sha256, this.#judge(stored)]),
    );
    return this.#kept;
  }

  #judge(stored: StoredDispute): JudgedDispute {
    return judgeDispute(stored, this.#setting.log.state);
  }

  /**
   * Keeps a dispute, on disk when this returns. The same one again changes nothing.
   * @param address of whoever sent it, which is counted and not kept.
   * @throws Problem `bad-field`, `disputes-closed`, `too-many-disputes`, `store-failed`.
   */
  file(given: Dispute, address: string): { readonly filed: FiledDispute; readonly again: boolean } {
    const { log, store, clock } = this.#setting;
    if (given.election !== log.election)
      throw new Problem('bad-field', { field: 'election', reason: 'another' });
    const bytes = encodeCanonical(given);
    const name = nameBlob(bytes).sha256;
    const known = this.#all.get(name);
    if (known !== undefined) return { filed: this.#show(known), again: true };
    if (this.period().isOver) throw new Problem('disputes-closed');
    const stored = { sha256: name, filed: clock(), bytes };
    const judged = this.#judge(stored);
    this.#makeRoom(judged.finding, address);
    // Looking for codes costs more than all else: whoever sends many is refused before.
    for (const field of ['text', 'found'] as const) {
      if (tellsToken(given[field] ?? ''))
        throw new Problem('bad-field', { field, reason: 'tells-code', detail: 'it tells a voting code' });
    }
    try {
      store.putDispute(log.election, stored);
    } catch {
      this.#kept = null;
      throw new Problem('store-failed');
    }
    this.#all.set(name, judged);
    return { filed: this.#show(judged), again: false };
  }

  /** @throws Problem `too-many-disputes`. */
  #makeRoom(finding: ReceiptFinding, address: string): void {
    const isProof = finding === 'contradicts';
    const alike = [...this.#all.values()].filter((kept) => (kept.finding === 'contradicts') === isProof);
    if (alike.length >= MAX_DISPUTES) throw new Problem('too-many-disputes', { detail: 'the list is full' });
    if (isProof) return;
    const retryAfter = this.#limit.count(address);
    if (retryAfter !== null) throw new Problem('too-many-disputes', { retryAfter });
  }

  #show(judged: JudgedDispute): FiledDispute {
    const { answers, ...followed } = followDispute(judged, enteredDisputes(this.#setting.log.state));
    return { ...followed, answers: [...answers] };
  }

  /** Until when they can be filed, Unix seconds by this service's clock; null before there is a result. */
  period(): { readonly until: number | null; readonly isOver: boolean } {
    const { log, clock } = this.#setting;
    const until = disputesUntil(log.state, log.moments);
    return { until, isOver: until !== null && clock() >= until };
  }

  /** Those filed, in that order, and then those that officers have written themselves. */
  list(): DisputeList {
    return { ...this.period(), ...listOf(this.#all, this.#setting.log.state) };
  }

  /** A dispute's canonical form. @throws Problem `unknown-dispute`. */
  bytes(name: string): Bytes {
    const stored = this.#setting.store.dispute(this.#setting.log.election, name);
    if (stored === undefined) throw new Problem('unknown-dispute', { field: 'dispute' });
    return stored.bytes;
  }
}

/** As the API gives them: of its own arrays. */
export function listOf(
  ...of: Parameters<typeof followDisputes>
): Pick<DisputeList, 'open' | 'filed' | 'others'> {
  const { open, filed, others } = followDisputes(...of);
  return {
    open,
    filed: filed.map(({ answers, ...one }) => ({ ...one, answers: [...answers] })),
    others: others.map(({ index, text, answers }) => ({ index, text, answers: [...answers] })),
  };
}
