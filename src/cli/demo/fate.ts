/** What each invented voter does, from the seed alone: whether they vote, check first, change their mind, and for what. */
import { sha256 } from '@noble/hashes/sha2.js';
import type { Choices } from '../../ballot/choices.ts';
import { toUtf8 } from '../../crypto/bytes.ts';
import { CANDIDATES, COMMITTEE, DELEGATES, MOTION, SEATS } from './demo-election.ts';
import type { Letter } from './letters.ts';

export interface Fate {
  readonly votes: boolean;
  readonly checks: boolean;
  /** Votes again, perhaps otherwise. */
  readonly twice: boolean;
}

const TWICE = 0.05;
const CHECKS = 0.03;
/** How the colleges lean, so that they are often divided. */
const LEANINGS = {
  members: { for: 0.53, against: 0.39 },
  delegates: { for: 0.44, against: 0.5 },
} as const;

type Who = Pick<Letter, 'person' | 'college'>;

/** A number in [0, 1) for a person and a purpose. */
function chance(seed: string, { person, college }: Who, purpose: string): number {
  const digest = sha256(toUtf8(`${seed}/${college}/${person}/${purpose}`));
  return new DataView(digest.buffer).getUint32(0) / 2 ** 32;
}

/** @param turnout per cent of the members; of the delegates half of the others vote too. */
export function fateOf(seed: string, who: Who, turnout: number): Fate {
  const share = turnout / 100;
  const likely = who.college === DELEGATES ? (1 + share) / 2 : share;
  return {
    votes: chance(seed, who, 'votes') < likely,
    checks: chance(seed, who, 'checks') < CHECKS,
    twice: chance(seed, who, 'twice') < TWICE,
  };
}

/** What the voter chooses the first or second time. */
export function choicesOf(seed: string, who: Who, time: 1 | 2): Choices {
  const leaning = who.college === DELEGATES ? LEANINGS.delegates : LEANINGS.members;
  const at = chance(seed, who, `motion ${time}`);
  const motion = at < leaning.for ? 'for' : at < leaning.for + leaning.against ? 'against' : 'abstain';
  if (who.college !== DELEGATES) return { [MOTION]: [motion] };
  // Candidates further down the list are a little less known.
  const liked = CANDIDATES.map(([option], i) => ({
    option,
    liking: chance(seed, who, `${option} ${time}`) - i * 0.03,
  }))
    .sort((a, b) => b.liking - a.liking)
    .slice(0, SEATS)
    .map(({ option }) => option);
  return { [MOTION]: [motion], [COMMITTEE]: liked };
}
