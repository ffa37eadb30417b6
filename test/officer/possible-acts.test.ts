import { describe, expect, test } from 'vitest';
import { toBase64Url } from '../../src/crypto/bytes.ts';
import { lotValue } from '../../src/officer/lot-value.ts';
import {
  isDecrypted,
  type PossibleActs,
  possibleActs,
  tiesForChair,
} from '../../src/officer/possible-acts.ts';
import { lotCommitment } from '../../src/record/acts.ts';
import type { Entry, Outcome } from '../../src/record/entries.ts';
import { hashOf, keyOf, manifestBody, P, SUBSTITUTE, TestElection } from '../record/elections.ts';
import { electionUntil, UNTIL } from '../record/honest-election.ts';
import { problemsOf, type Until } from '../record/refusals.ts';

const STAGES = Object.keys(UNTIL) as Until[];
const NOW = 1500;

/** Each act as an officer would enter it. */
const ATTEMPTS: Readonly<
  Record<'open' | 'abandon' | 'voidAttempt' | 'extend' | 'replace' | 'declare', (e: TestElection) => Entry>
> = {
  open: (e) => e.opening(),
  abandon: (e) => e.act({ kind: 'abandonment', reason: 'Withdrawn.' }),
  voidAttempt: (e) => e.sign('void', { attempt: e.state.ceremony.attempt, reason: 'Anew.' }, 'officer'),
  extend: (e) => e.act({ kind: 'extension', closes: 2001 }),
  replace: (e) => e.replacement(3, SUBSTITUTE + 1n, { old: P[2] }),
  declare: (e) => e.result(),
};

const isOffered = (offer: PossibleActs[keyof PossibleActs]): boolean => offer !== null && Boolean(offer);

describe('what is offered is what the grammar takes', () => {
  test.each(STAGES)('until %s', async (stage) => {
    const election = await electionUntil(stage);
    const possible = possibleActs(election.state, 1, NOW);
    for (const [name, make] of Object.entries(ATTEMPTS)) {
      const taken = problemsOf(election, make(election)).length === 0;
      expect([name, isOffered(possible[name as keyof typeof ATTEMPTS])]).toStrictEqual([name, taken]);
    }
  });

  test('after an abandonment nothing is', async () => {
    const election = await electionUntil('confirms');
    await election.append(ATTEMPTS.abandon(election));
    expect(Object.values(possibleActs(election.state, 1, NOW)).filter(isOffered)).toStrictEqual([]);
  });

  test('after a complaint the attempt is to be voided, and voting cannot open', async () => {
    const election = await electionUntil('confirms');
    const complaint = { i: 1, attempt: 1, against: 2, identity: 'x', ciphertext: 'x' };
    election.state.ceremony.complaint = { index: 17, leaf: '', body: complaint };
    expect(possibleActs(election.state, 1, NOW)).toMatchObject({ open: false, voidAttempt: 1 });
  });
});

describe('putting off the end of voting', () => {
  test('later than it is, at most what the manifest allows in all', async () => {
    const election = await electionUntil('opening');
    const latest = 2500;
    expect(possibleActs(election.state, 1, NOW).extend).toStrictEqual({ from: 2000, latest });
    await election.append(election.act({ kind: 'extension', closes: 2300 }));
    expect(possibleActs(election.state, 1, NOW).extend).toStrictEqual({ from: 2300, latest });
    await election.append(election.act({ kind: 'extension', closes: latest }));
    expect(possibleActs(election.state, 1, NOW).extend).toBeNull();
  });

  test('not once it has come', async () => {
    const { state } = await electionUntil('opening');
    expect(possibleActs(state, 1, 1999).extend).not.toBeNull();
    expect(possibleActs(state, 1, 2000).extend).toBeNull();
  });
});

test('as many credentials can be replaced as the manifest still allows', async () => {
  const election = await electionUntil('opening');
  expect(possibleActs(election.state, 1, NOW).replace).toBe(2);
  await election.append(election.replacement(3, SUBSTITUTE + 1n));
  expect(possibleActs(election.state, 1, NOW).replace).toBe(1);
});

describe('the lot where there are no trustees', () => {
  const value = (e: TestElection, i: number) => lotValue(keyOf('officer', i), e.state.election);
  const commit = (e: TestElection, i: number): Entry =>
    e.act({ kind: 'lot-commitment', hash: lotCommitment(e.state.election, i, value(e, i)) }, i);

  /** With a rule that may come down to it. */
  function recorded(): TestElection {
    const election = new TestElection('recorded');
    const [rule] = election.state.manifest.rules;
    if (rule?.kind !== 'seats') throw new Error('the rule is another');
    rule.ties = 'lot';
    return election;
  }

  test('each officer commits before the opening and shows the value after the closing, once', async () => {
    const election = recorded();
    expect(possibleActs(election.state, 1, NOW)).toMatchObject({ commitLot: true, revealLot: false });
    await election.append(commit(election, 1));
    expect(possibleActs(election.state, 1, NOW).commitLot).toBe(false);
    expect(possibleActs(election.state, 2, NOW).commitLot).toBe(true);
    await election.append(election.roll());
    await election.append(election.opening());
    expect(possibleActs(election.state, 2, NOW)).toMatchObject({ commitLot: false, revealLot: false });
    await election.append(election.closing());
    expect(possibleActs(election.state, 1, NOW).revealLot).toBe(true);
    expect(possibleActs(election.state, 2, NOW).revealLot).toBe(false);
    await election.append(election.act({ kind: 'lot-reveal', value: toBase64Url(value(election, 1)) }, 1));
    expect(possibleActs(election.state, 1, NOW).revealLot).toBe(false);
  });

  test('is not drawn where no rule comes down to it', () => {
    expect(possibleActs(new TestElection('recorded').state, 1, NOW).commitLot).toBe(false);
  });

  test('the value is the same again, another for each officer and each election', () => {
    const election = recorded();
    expect(value(election, 1)).toStrictEqual(value(election, 1));
    expect(value(election, 1)).not.toStrictEqual(value(election, 2));
    expect(value(election, 1)).not.toStrictEqual(lotValue(keyOf('officer', 1), hashOf('another')));
  });
});

test('a tally is decrypted when enough trustees have', async () => {
  const found = await Promise.all(
    (['tally', 'agreements', 'shares', 'result'] as const).map(async (stage) =>
      isDecrypted((await electionUntil(stage)).state),
    ),
  );
  expect(found).toStrictEqual([false, false, true, true]);
});

describe('ties for the chair', () => {
  const motion = (tie: 'chair' | 'lot'): ReturnType<typeof manifestBody>['rules'][number] => ({
    id: 'motion',
    kind: 'motion',
    contest: 'motion',
    for: 'yes',
    against: 'no',
    colleges: [],
    combine: { kind: 'each', divided: { kind: 'falls' } },
    tie,
  });
  const outcome = (settled: 'for' | null, weighted: boolean): Outcome => [
    {
      id: 'motion',
      kind: 'motion',
      carried: false,
      divided: false,
      reballot: false,
      tie: weighted ? { settled } : null,
      colleges: [
        {
          college: 'members',
          roll: 6,
          ballots: 2,
          for: 1,
          against: 1,
          quorate: true,
          tie: weighted ? null : { settled },
          carried: weighted ? null : false,
        },
      ],
    },
  ];

  test('wait in each college that has one, or in all together', () => {
    const rules = { rules: [motion('chair')] };
    expect(tiesForChair(rules, outcome(null, false))).toStrictEqual([{ rule: 'motion', college: 'members' }]);
    expect(tiesForChair(rules, outcome(null, true))).toStrictEqual([{ rule: 'motion', college: null }]);
  });

  test('are over once the chair has voted, and nobody’s where the lot decides', () => {
    expect(tiesForChair({ rules: [motion('chair')] }, outcome('for', false))).toStrictEqual([]);
    expect(tiesForChair({ rules: [motion('lot')] }, outcome(null, false))).toStrictEqual([]);
  });
});
