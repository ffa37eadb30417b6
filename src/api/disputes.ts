/**
 * Disputes of one election: filed by anybody, public at once, entered and answered by officers in the record. What is
 * filed is hostile, and kept within bounds. Proof that the ballot box is at fault is never refused for want of room
 * before there is as much of it again.
 */
import { tellsToken } from '../ballot/token.ts';
import { encodeCanonical } from '../codec/canonical-json.ts';
import type { Bytes } from '../crypto/bytes.ts';
import {
  type Dispute,
  disputeAct,
  dispute as disputeSchema,
  type EnteredDispute,
  enteredDisputes,
  judgeReceipt,
  type ReceiptFinding,
} from '../record/dispute.ts';
import { parseDocument } from '../record/envelope.ts';
import { disputesUntil } from '../record/moments.ts';
import { nameBlob } from '../record/record-source.ts';
import type { DisputeList, FiledDispute } from './documents.ts';
import type { ElectionLog } from './election-log.ts';
import { Problem } from './problem.ts';
import type { RecordStore, StoredDispute } from './store/record-store.ts';
import { WindowLimit } from './window-limit.ts';

/** A receipt with a long proof, and as much text as is taken. */
export const MAX_DISPUTE_BYTES = 16 * 2 ** 10;
/** Of an election; as many again that prove the ballot box at fault. */
const MAX_DISPUTES = 1000;
const AN_HOUR = { most: 20, mostInAll: 200, seconds: 3600 };

/** What does not change once a dispute is filed. */
type Kept = Omit<FiledDispute, 'state' | 'entered' | 'answers'>;

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
  #kept: Map<string, Kept> | null = null;

  constructor(setting: DisputeSetting) {
    this.#setting = setting;
    this.#limit = new WindowLimit(AN_HOUR, setting.clock);
  }

  get #all(): Map<string, Kept> {
    const { log, store } = this.#setting;
    this.#kept ??= new Map(store.disputes(log.election).map((stored) => [stored.sha256, this.#read(stored)]));
    return this.#kept;
  }

  #read({ sha256, filed, bytes }: StoredDispute): Kept {
    const given = parseDocument(disputeSchema, bytes, 'dispute');
    const { about, text, voter, ballot, found } = given;
    const finding = this.#judge(given);
    const act = disputeAct(given, sha256, finding);
    return { name: sha256, filed, about, text, voter, ballot, found, finding, act };
  }

  #judge({ receipt }: Dispute): ReceiptFinding {
    const { manifest, tree } = this.#setting.log.state;
    return judgeReceipt(receipt, manifest, tree);
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
    this.#makeRoom(this.#judge(given), address);
    // Looking for codes costs more than all else: whoever sends many is refused before.
    for (const field of ['text', 'found'] as const) {
      if (tellsToken(given[field] ?? ''))
        throw new Problem('bad-field', { field, reason: 'tells-code', detail: 'it tells a voting code' });
    }
    const stored = { sha256: name, filed: clock(), bytes };
    try {
      store.putDispute(log.election, stored);
    } catch {
      this.#kept = null;
      throw new Problem('store-failed');
    }
    const kept = this.#read(stored);
    this.#all.set(name, kept);
    return { filed: this.#show(kept), again: false };
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

  #show(kept: Kept, entered = enteredDisputes(this.#setting.log.state)): FiledDispute {
    const own = entered.find((one) => isOf(one, kept));
    const answers = own?.answers ?? [];
    return {
      ...kept,
      state: own === undefined ? 'filed' : answers.length === 0 ? 'entered' : 'answered',
      entered: own?.index ?? null,
      answers: [...answers],
    };
  }

  /** Until when they can be filed, Unix seconds by this service's clock; null before there is a result. */
  period(): { readonly until: number | null; readonly isOver: boolean } {
    const { log, clock } = this.#setting;
    const until = disputesUntil(log.state, log.moments);
    return { until, isOver: until !== null && clock() >= until };
  }

  /** Those filed, in that order, and then those that officers have written themselves. */
  list(): DisputeList {
    const entered = enteredDisputes(this.#setting.log.state);
    const filed = [...this.#all.values()].map((kept) => this.#show(kept, entered));
    const others = entered.filter((one) => {
      const kept = one.name === null ? undefined : this.#all.get(one.name);
      return kept === undefined || !isOf(one, kept);
    });
    return {
      ...this.period(),
      open: filed.filter(({ state }) => state !== 'answered').length + others.filter(isOpen).length,
      filed,
      others: others.map(({ index, text, answers }) => ({ index, text, answers: [...answers] })),
    };
  }

  /** A dispute's canonical form. @throws Problem `unknown-dispute`. */
  bytes(name: string): Bytes {
    const stored = this.#setting.store.dispute(this.#setting.log.election, name);
    if (stored === undefined) throw new Problem('unknown-dispute', { field: 'dispute' });
    return stored.bytes;
  }
}

/** An act with a dispute's name and other words is an officer's own. */
const isOf = ({ text }: EnteredDispute, { act }: Kept): boolean => text === act.text;

const isOpen = ({ answers }: EnteredDispute): boolean => answers.length === 0;
