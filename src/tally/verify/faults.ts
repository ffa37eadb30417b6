/**
 * What a recount finds, by closed codes, with the values that its sentence needs: English here; pages have the same in
 * other languages (src/web/texts). What a room below finds has that room's code.
 */
import type { BallotErrorCode } from '../../ballot/errors.ts';
import type { BoardErrorCode } from '../../board/errors.ts';
import type { CryptoErrorCode } from '../../crypto/errors.ts';
import type { RecordErrorCode } from '../../record/errors.ts';
import type { ProblemCode } from '../../record/problem.ts';
import type { TallyErrorCode } from '../errors.ts';

export type FaultValue = string | number;

const NO_WITNESSES = 'the manifest names no witnesses';

/** The recount's own. */
export const FAULTS = {
  // anchor
  'not-asked-for': () => 'not the one that was asked for',
  'no-anchor': (election: FaultValue) => `nothing from outside says that ${election} is the election`,
  // log, grammar
  'edited-entry': () => 'not the entry whose hash the log published',
  'empty-log': () => 'the log is empty: it has no manifest',
  // time, witnesses
  'not-witnessed': () => 'not published',
  'no-witnesses': () => NO_WITNESSES,
  'too-few-cosigned': () => 'cosigned by fewer witnesses than the quorum',
  'fewer-cosigned': (quorum: FaultValue) => `cosigned by fewer than ${quorum} witnesses`,
  'no-opening': () => 'there is no opening',
  'no-notice': () => 'the opening names no witnessed checkpoint',
  'short-notice': (given: FaultValue, needed: FaultValue) =>
    `${given} seconds of notice instead of ${needed}`,
  'no-closing': () => 'there is no closing',
  'unwitnessed-end': (seconds: FaultValue) => `last witnessed ${seconds} seconds before voting was to close`,
  'closed-early': (seconds: FaultValue) => `closed ${seconds} seconds early`,
  'closed-late': (seconds: FaultValue, grace: FaultValue) =>
    `witnessed ${seconds} seconds after closing; ${grace} allowed`,
  'extended-late': (seconds: FaultValue) =>
    `an extension witnessed ${seconds} seconds after voting was to close`,
  // ceremony, roll
  'not-confirmed': () => 'not every trustee has confirmed the key',
  'one-key': () => 'one key alone decrypts: whoever holds it could read every vote',
  'no-roll': () => 'there is no roll',
  'unreadable-roll': () => 'there is no roll that can be read',
  // cells, count-tree, context
  instead: (given: FaultValue, expected: FaultValue) => `${given} instead of ${expected}`,
  'wrong-cell': () => 'missing, or in another place or mode',
  'wrong-ballots-root': () => 'not the root of the ballots',
  'wrong-sums': () => 'not the sums of the ballots',
  'outweighs-all': () => 'one card outweighs all others together: the counts will tell how it is spent',
  'few-ballots': (ballots: FaultValue) =>
    `few ballots, ${ballots}: who knows some of them can guess the others`,
  unanimous: () => 'all ballots are alike: the count tells how everybody voted',
  'no-tally': () => 'there is no tally of closed ballots that can be read',
  'unlike-tally': () => 'there is no tally that the recount agrees with',
  // agreement, shares
  'agreements-instead': (given: FaultValue, needed: FaultValue) =>
    `${given} agreements to the tally instead of ${needed}`,
  'foreign-shares': () => 'of another tally or trustee',
  'shares-instead': (given: FaultValue, needed: FaultValue) => `${given} valid shares instead of ${needed}`,
  // totals, lot, outcome
  'no-result': () => 'no result is declared',
  'not-decrypted': () => 'the tally cannot be decrypted',
  'unreadable-result': () => 'there is no result that can be read',
  'not-drawn': () => 'not what was drawn',
  'other-tally': () => 'the result is of another tally',
  'rule-gives': (decision: FaultValue) => `the rule gives ${decision}`,
  'decisions-instead': (given: FaultValue, expected: FaultValue) => `${given} decisions, not ${expected}`,
} satisfies Record<string, (...values: FaultValue[]) => string>;

export type OwnFault = keyof typeof FAULTS;

/** Of the rooms below. */
export type RoomFault =
  | BallotErrorCode
  | BoardErrorCode
  | CryptoErrorCode
  | RecordErrorCode
  | ProblemCode
  | TallyErrorCode;

export interface Fault {
  /** Undefined for what has no code yet. */
  readonly code?: OwnFault | RoomFault;
  /** In English. */
  readonly why: string;
  /** Of the sentence, in its order. */
  readonly values?: readonly FaultValue[];
}

/** A finding of the recount's own. */
export function faultOf<C extends OwnFault>(code: C, ...values: Parameters<(typeof FAULTS)[C]>): Fault {
  const say: (...given: FaultValue[]) => string = FAULTS[code];
  return { code, why: say(...values), ...(values.length > 0 && { values }) };
}

/** What an error of a room says. */
export const told = ({ code, message }: { readonly code: RoomFault; readonly message: string }): Fault => ({
  code,
  why: message,
});
