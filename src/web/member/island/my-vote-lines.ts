/** What "my vote" says of what was looked up, and what a report of it has with it. */
import type { Titles } from '../../texts/titles.ts';
import { proofsFor } from './after.ts';
import type { MemberElection } from './election.ts';
import type { Evidence } from './evidence.ts';
import type { Found, Looked } from './lookup.ts';
import type { Words } from './words.ts';

type Mark = 'right' | 'wrong' | 'open' | 'note';

export interface Line {
  readonly title: string;
  readonly mark: Mark;
  readonly text: readonly string[];
}

const capital = (id: string): string => id.charAt(0).toUpperCase() + id.slice(1);

/** Nothing can be recorded yet. */
const isBefore = ({ phase }: MemberElection): boolean => phase === 'preparing' || phase === 'scheduled';

function rollLine({ voter, line, isOwn }: Found, known: MemberElection, titles: Titles, words: Words): Line {
  const { mine } = proofsFor(words);
  const { format, t } = words;
  if (voter === null || line === null)
    return { title: mine.onRollTitle, mark: 'open', text: [mine.rollNotYet] };
  const bodies =
    line.bodies.length === 0 ? mine.noBodies : mine.bodies(format.list(line.bodies.map(capital)));
  const text = [
    mine.onRoll(titles.college(line.college), String(voter)),
    ...(line.weight > 1 ? [t.read.weight(line.weight)] : []),
    ...(line.name !== null ? [mine.name(line.name)] : []),
    bodies,
    mine.rollProof(format.number(known.roll?.size ?? 0)),
    ...(isOwn ? [] : [mine.otherCode]),
    isBefore(known) ? mine.wrongBranch : mine.wrongBranchLate,
  ];
  return { title: mine.onRollTitle, mark: isOwn ? 'right' : 'note', text };
}

function recordedLine(
  { receipt, counted, isMine, isReplaced }: Found,
  known: MemberElection,
  words: Words,
): Line {
  const { mine } = proofsFor(words);
  const { format } = words;
  const line = (mark: Mark, text: string): Line => ({ title: mine.recordedTitle, mark, text: [text] });
  if (isBefore(known)) return line('open', mine.notOpen(format.time(known.opens)));
  if (receipt === null && isReplaced) return line('note', mine.recordedOld);
  if (receipt === null) return line(counted === 'not-yet' ? 'open' : 'note', mine.notRecorded);
  const entry = String(receipt.index);
  if (receipt.type === 'check') return line('right', mine.isCheck(entry));
  return isMine ? line('right', mine.recorded(entry)) : line('note', mine.recordedUnder(entry));
}

function countedLine({ receipt, counted, isMine, isReplaced }: Found, words: Words): Line {
  const { mine } = proofsFor(words);
  const line = (mark: Mark, text: string): Line => ({ title: mine.countedTitle, mark, text: [text] });
  if (counted === 'not-yet') return line('open', mine.countedNotYet);
  if (counted === 'this') return isMine ? line('right', mine.counted) : line('note', mine.countedUnder);
  if (counted === 'none')
    return receipt === null ? line('right', mine.nobody) : line('wrong', mine.notCounted);
  if (isReplaced) return line('note', mine.countedOld);
  return receipt === null ? line('wrong', mine.counted2) : line('note', mine.countedOther);
}

export function linesOf(looked: Looked, known: MemberElection, titles: Titles, words: Words): Line[] {
  const { mine } = proofsFor(words);
  const { format } = words;
  const onRoll = (mark: Mark, text: string): Line => ({ title: mine.onRollTitle, mark, text: [text] });
  switch (looked.kind) {
    case 'no-roll':
      return [onRoll('open', mine.rollNotYet)];
    case 'not-on-roll':
      return [onRoll('wrong', mine.notOnRoll)];
    case 'replaced':
      return [onRoll('wrong', mine.replaced)];
    case 'no-such-number':
      return [onRoll('wrong', mine.noSuchNumber(String(looked.voter), format.number(looked.size)))];
    case 'missing':
      return [{ title: mine.recordedTitle, mark: 'wrong', text: [mine.missing] }];
    case 'found': {
      const { found } = looked;
      const isCheck = found.receipt?.type === 'check';
      return [
        rollLine(found, known, titles, words),
        recordedLine(found, known, words),
        ...(isCheck || isBefore(known) ? [] : [countedLine(found, words)]),
      ];
    }
  }
}

/** Proof of what was looked up: what it is about as far as the device can tell. */
export function evidenceOf(looked: Looked, known: MemberElection): Partial<Evidence> {
  switch (looked.kind) {
    case 'no-roll':
    case 'replaced':
      return {};
    case 'not-on-roll':
      return { about: 'not-on-roll' };
    case 'no-such-number':
      return { about: 'not-on-roll', voter: looked.voter };
    case 'missing':
      return { about: 'not-recorded', receipt: looked.receipt, found: `no entry ${looked.leaf}` };
    case 'found': {
      const { voter, receipt, counted, isMine } = looked.found;
      const isLost = counted === 'none' && receipt !== null;
      const isOthers = counted === 'later' || (receipt !== null && !isMine);
      const about = isBefore(known)
        ? 'wrong-branch'
        : isLost
          ? 'not-counted'
          : isOthers
            ? 'not-mine'
            : 'other';
      return { about, voter, receipt };
    }
  }
}
