/** What the booth shows: its four screens, and those off the way. */
import type { OpenedBallot } from '../../../ballot/ballot-check.ts';
import type { PreparedBallot } from '../../../ballot/prepare-ballot.ts';
import type { Receipt } from '../../../record/receipt.ts';
import type { Cast } from './memory.ts';
import type { Head } from './voter.ts';

export type CodeFault =
  | { readonly kind: 'empty' | 'mistyped' | 'not-on-roll' }
  | { readonly kind: 'short'; readonly n: number };

export type StopReason =
  | 'offline'
  | 'preparing'
  | 'scheduled'
  | 'closed'
  | 'closed-now'
  | 'abandoned'
  | 'unknown'
  | 'untrue'
  | 'promise'
  | 'denied'
  | 'replaced'
  | 'refused';

export type ReviewNote = 'fresh' | 'opened' | 'lost' | 'check-lost' | 'busy' | null;

export type Scene =
  | { readonly kind: 'loading' }
  | { readonly kind: 'code'; readonly fault: CodeFault | null }
  | {
      readonly kind: 'stopped';
      readonly why: StopReason;
      /** For whoever looks into it. */
      readonly detail: string | null;
      /** That a report has with it. */
      readonly receipt: Receipt | null;
    }
  | { readonly kind: 'conflict'; readonly head: Head; readonly isDenied: boolean }
  | { readonly kind: 'read' }
  | {
      readonly kind: 'choose';
      readonly isTried: boolean;
      /** The contest that the voter comes back to change. */
      readonly contest: string | null;
    }
  | {
      readonly kind: 'review';
      readonly ballot: PreparedBallot;
      readonly note: ReviewNote;
      readonly busy: 'cast' | 'check' | null;
    }
  | {
      readonly kind: 'check';
      readonly opened: OpenedBallot;
      readonly ballot: PreparedBallot;
      readonly isReport: boolean;
      readonly receipt: Receipt;
    }
  | { readonly kind: 'sending'; readonly isLost: boolean }
  | { readonly kind: 'done'; readonly cast: Cast };
