/** A record that has been read, by the service that keeps it or from a copy: what pages are made of. */
import type { Bytes } from '../crypto/bytes.ts';
import type { ElectionState } from '../record/election-state.ts';
import type { JudgedDispute } from '../record/filed-disputes.ts';
import type { Moment } from '../record/moments.ts';
import type { Roll } from '../roll/flat-lines.ts';

export interface ReadRecord {
  readonly state: ElectionState;
  /** Bodies and their counts; null until the roll is published. */
  readonly roll: Pick<Roll, 'bodies' | 'counts'> | null;
  /** When what came, by a server's clock. */
  readonly moments: readonly Moment[];
  /** Filed beside the record, by their names. */
  readonly disputes: ReadonlyMap<string, JudgedDispute>;
  /** The latest checkpoint. */
  readonly note: Bytes;
  /** The contents of a blob that an entry names. */
  readonly blob: (sha256: string) => Bytes;
  /** The published bytes of a ballot in a recorded college. */
  readonly ballotBytes: (index: number) => Bytes;
}
