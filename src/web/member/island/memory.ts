/**
 * What the device keeps. For good: the ballots sent under a credential and their receipts, which hold no choice and no
 * secret. For as long as the tab is open: until the vote is cast the voting code and the choices, and then the receipt
 * alone, so that loading the page again loses nothing.
 */
import { encodeCanonical, type Json } from '../../../codec/canonical-json.ts';
import { parseDocument } from '../../../record/envelope.ts';
import { type Receipt, receipt } from '../../../record/receipt.ts';
import type { Filled } from './dispute-form.ts';
import type { Drafts } from './drafts.ts';

/** A ballot without a receipt may have arrived or not. */
export interface SentBallot {
  readonly leaf: string;
  readonly receipt: Receipt | null;
}

/** A browser may have no storage, or may keep pages from it: then nothing is kept. */
function read(storage: () => Storage, key: string): unknown {
  try {
    return JSON.parse(storage().getItem(key) ?? 'null');
  } catch {
    return null;
  }
}

function write(storage: () => Storage, key: string, value: unknown): void {
  try {
    if (value === null) storage().removeItem(key);
    else storage().setItem(key, JSON.stringify(value));
  } catch {
    // Nothing depends on it but comfort: the ballot box knows what it has.
  }
}

const local = (): Storage => localStorage;
const tab = (): Storage => sessionStorage;

function parseReceipt(kept: unknown): Receipt | null {
  try {
    return parseDocument(receipt, encodeCanonical(kept as Json));
  } catch {
    return null;
  }
}

function parseSent(value: unknown): SentBallot | null {
  if (typeof value !== 'object' || value === null) return null;
  const { leaf, receipt: kept } = value as { leaf?: unknown; receipt?: unknown };
  if (typeof leaf !== 'string') return null;
  const parsed = parseReceipt(kept);
  return kept === null || parsed !== null ? { leaf, receipt: parsed } : null;
}

/** In the order in which they were sent. */
export function readSent(election: string, P: string): SentBallot[] {
  const kept = read(local, `teller/${election}/${P}`);
  return Array.isArray(kept) ? kept.map(parseSent).filter((sent) => sent !== null) : [];
}

export function writeSent(election: string, P: string, sent: readonly SentBallot[]): void {
  write(local, `teller/${election}/${P}`, sent);
}

/** A vote under way. */
export interface Underway {
  readonly code: string;
  readonly drafts: Drafts;
  /** The ballot that was sent and not answered, base64url. */
  readonly sending: string | null;
}

export function readUnderway(election: string): Underway | null {
  const kept = read(tab, `teller/${election}`);
  if (typeof kept !== 'object' || kept === null) return null;
  const { code, drafts, sending } = kept as Partial<Underway>;
  if (typeof code !== 'string' || typeof drafts !== 'object' || drafts === null) return null;
  return { code, drafts, sending: typeof sending === 'string' ? sending : null };
}

/** @param underway null once it is over. */
export function writeUnderway(election: string, underway: Underway | null): void {
  write(tab, `teller/${election}`, underway);
}

/** A vote that was cast in this tab. */
export interface Cast {
  readonly receipt: Receipt;
  /** When, Unix seconds, by this device. */
  readonly at: number;
  readonly college: string;
}

export function readCast(election: string): Cast | null {
  const kept = read(tab, `teller/${election}/cast`);
  if (typeof kept !== 'object' || kept === null) return null;
  const { receipt: given, at, college } = kept as Partial<Cast>;
  const parsed = parseReceipt(given);
  if (parsed === null || typeof at !== 'number' || typeof college !== 'string') return null;
  return { receipt: parsed, at, college };
}

export function writeCast(election: string, cast: Cast): void {
  write(tab, `teller/${election}/cast`, cast);
}

/** A report under way; null if there is none that this page has made. */
export function readReport(election: string): Filled | null {
  const kept = read(tab, `teller/${election}/report`);
  if (typeof kept !== 'object' || kept === null) return null;
  const { evidence, isChosen, text, voter, receipt: code } = kept as Partial<Filled>;
  const isOurs = [text, voter, code].every((part) => typeof part === 'string');
  return isOurs && typeof isChosen === 'boolean' && typeof evidence === 'object' ? (kept as Filled) : null;
}

/** @param report null once it has arrived. */
export function writeReport(election: string, report: Filled | null): void {
  write(tab, `teller/${election}/report`, report);
}
