/** Attacks on notice, closing and witnesses. */
import { toUtf8 } from '../../src/crypto/bytes.ts';
import { MemoryRecord } from '../../src/record/memory-record.ts';
import type { RecordSource } from '../../src/record/record-source.ts';
import { witnessedPath } from '../../src/tally/verify/check-times.ts';
import type { BuiltElection } from '../elections/built-election.ts';
import { keyOf } from '../elections/election-plan.ts';
import { cosigned } from '../elections/plan-manifest.ts';
import { electionOf, WITNESSED } from '../elections/plans.ts';
import { publishedFiles, sourceOf } from '../elections/publish.ts';
import type { Attack } from './attack.ts';

/** The witnessed election with one of its files replaced. */
async function rewitnessed(
  path: (built: BuiltElection) => string,
  note: (built: BuiltElection) => Uint8Array,
): Promise<RecordSource> {
  const built = await electionOf(WITNESSED);
  const files = await publishedFiles(built.record);
  files.set(path(built), note(built));
  return sourceOf(files);
}

const OPENS = 1_800_000_000;
const CLOSES = 1_800_086_400;

/** The checkpoint of this size, as witnesses saw it at another time. */
const seenAt = (size: number, at: number): Promise<RecordSource> =>
  rewitnessed(
    () => witnessedPath(size),
    ({ plan, record }) => cosigned(plan, record.checkpoint(size), at),
  );

export const TIME_ATTACKS: readonly Attack[] = [
  {
    name: 'nineteen hours’ notice: the manifest was witnessed too late',
    fails: 'time',
    at: 'witnessed/1',
    make: () => seenAt(1, OPENS - 3599),
  },
  {
    name: 'closed early, which a later cosignature of the same log does not mend',
    fails: 'time',
    at: 'witnessed/38',
    make: () => seenAt(38, CLOSES - 1),
  },
  {
    name: 'the log before the closing is seen in time by fewer than the quorum',
    fails: 'time',
    at: 'witnessed/38',
    make: () =>
      rewitnessed(
        () => witnessedPath(38),
        ({ record }) => record.checkpoint(38),
      ),
  },
  {
    name: 'closed before its time',
    fails: 'time',
    at: 'witnessed/39',
    make: () => seenAt(39, CLOSES - 1),
  },
  {
    name: 'closed after the grace',
    fails: 'time',
    at: 'witnessed/39',
    make: () => seenAt(39, CLOSES + 601),
  },
  {
    name: 'notice proved with a checkpoint of another log',
    fails: 'time',
    at: 'witnessed/1',
    make: () =>
      rewitnessed(
        () => witnessedPath(1),
        ({ plan, record }) => {
          const other = new MemoryRecord(record.origin, keyOf(plan.seed, 'log'), [toUtf8('another')]);
          return cosigned(plan, other.checkpoint(), OPENS - 10_000);
        },
      ),
  },
  {
    name: 'notice proved with a checkpoint of another size',
    fails: 'time',
    at: 'witnessed/1',
    make: () =>
      rewitnessed(
        () => witnessedPath(1),
        ({ plan, record }) => cosigned(plan, record.checkpoint(2), OPENS - 10_000),
      ),
  },
  {
    name: 'R2: no witness has seen this log',
    fails: 'witnesses',
    at: 'checkpoint',
    make: () =>
      rewitnessed(
        () => 'checkpoint',
        ({ record }) => record.checkpoint(),
      ),
  },
  {
    name: 'R2: witnesses have seen another log of this size',
    fails: 'witnesses',
    at: 'checkpoint',
    make: () =>
      rewitnessed(
        () => 'checkpoint',
        ({ plan, record }) => {
          const other = new MemoryRecord(record.origin, keyOf(plan.seed, 'log'), record.entries.toReversed());
          const theirs = new TextDecoder().decode(cosigned(plan, other.checkpoint(), CLOSES));
          const own = new TextDecoder().decode(record.checkpoint());
          // The log's signature of this checkpoint, the witnesses' of that one.
          return toUtf8(`${own}${theirs.split('\n').slice(-3).join('\n')}`);
        },
      ),
  },
];
