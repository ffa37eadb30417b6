/** What a page and the worker that recounts for it say to each other. Plain data. */
import type { Anchor, Progress, Recount } from '../../tally/verify/verify-record.ts';

export interface RecountRequest {
  readonly kind: 'recount';
  /** Of the record folder, absolute, without a slash at the end. */
  readonly record: string;
  readonly anchor?: Anchor | undefined;
  /** Workers that check ballots, with this one; where it is not given, one for each core, and for a few ballots this one alone. */
  readonly cores?: number | undefined;
}

/** A recount but for its tally, which holds the points of a kernel. */
export type RecountReport = Omit<Recount, 'tally'>;

export type RecountNews =
  | { readonly kind: 'progress'; readonly progress: Progress }
  /** The connection is lost; it will try again. */
  | { readonly kind: 'waiting' }
  | { readonly kind: 'done'; readonly report: RecountReport }
  /** It could not run, which is neither pass nor fail. */
  | { readonly kind: 'failed'; readonly message: string };
