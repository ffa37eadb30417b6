import { describe, expect, test } from 'vitest';
import { type Known, nextStep, type Step, type StepName, standing } from '../../src/officer/standing.ts';
import { TestElection } from '../record/elections.ts';
import { electionUntil } from '../record/honest-election.ts';
import type { Until } from '../record/refusals.ts';

const KNOWN: Known = {
  published: 500,
  now: 1500,
  tokens: 'exported',
  isCounting: false,
  disputes: { until: null, open: 0 },
};

async function steps(until: Until, known: Partial<Known> = {}): Promise<Step[]> {
  const { state } = await electionUntil(until);
  return standing(state, { ...KNOWN, ...known });
}

const under = (all: readonly Step[]): Partial<Record<StepName, Step['awaited']>> =>
  Object.fromEntries(all.filter(({ state }) => state === 'now').map(({ name, awaited }) => [name, awaited]));

const trustees = (...all: number[]) => ({ who: 'trustees', trustees: all });

describe('who is awaited', () => {
  test('before there are roll and key', async () => {
    expect(under(await steps('joins', { tokens: null }))).toStrictEqual({
      roll: { who: 'registrar' },
      key: trustees(1, 2, 3),
      tokens: { who: 'registrar' },
    });
  });

  test('for the key: those who have not made their step', async () => {
    const election = await electionUntil('dealts');
    await election.append(election.step('confirm', 2));
    expect(under(standing(election.state, KNOWN))).toStrictEqual({ key: trustees(1, 3) });
  });

  test('to void an attempt after a complaint: the officer', async () => {
    const { state } = await electionUntil('dealts');
    const body = { i: 1, attempt: 1, against: 2, identity: 'x', ciphertext: 'x' };
    state.ceremony.complaint = { index: 14, leaf: '', body };
    expect(under(standing(state, KNOWN))).toStrictEqual({ key: { who: 'officer' } });
  });

  test('to open: the officer, whether or not tokens are out', async () => {
    expect(under(await steps('confirms'))).toStrictEqual({ open: { who: 'officer' } });
    expect(nextStep(await steps('confirms', { tokens: 'issued' }))?.name).toBe('open');
  });

  test('the clock, until notice is over, until voting begins, and until it ends', async () => {
    const election = await electionUntil('confirms');
    election.state.manifest.times.notice = 2000;
    expect(under(standing(election.state, KNOWN))).toMatchObject({ notice: { who: 'clock', until: 2500 } });
    expect(under(await steps('opening', { now: 999 }))).toStrictEqual({
      open: { who: 'clock', until: 1000 },
    });
    expect(under(await steps('opening'))).toStrictEqual({ closed: { who: 'clock', until: 2000 } });
  });

  test('the end of voting as it was put off', async () => {
    const election = await electionUntil('opening');
    await election.append(election.act({ kind: 'extension', closes: 2400 }));
    expect(under(standing(election.state, KNOWN))).toStrictEqual({ closed: { who: 'clock', until: 2400 } });
  });

  test('to close: the service when the time has come, the officer where there is none', async () => {
    expect(under(await steps('opening', { now: 2000 }))).toStrictEqual({ closed: { who: 'service' } });
    const { state } = await electionUntil('opening');
    state.manifest.times.closes = null;
    expect(under(standing(state, KNOWN))).toStrictEqual({ closed: { who: 'officer' } });
  });

  test('to count: the officer, and then the service', async () => {
    expect(under(await steps('closing'))).toStrictEqual({ counted: { who: 'officer' } });
    expect(under(await steps('closing', { isCounting: true }))).toStrictEqual({
      counted: { who: 'service' },
    });
  });

  test('to agree and to decrypt: the trustees who have not', async () => {
    const election = await electionUntil('tally');
    await election.append(election.agreement(3));
    expect(under(standing(election.state, KNOWN))).toStrictEqual({ agreed: trustees(1, 2) });
    await election.append(election.agreement(1));
    await election.append(election.shares(1));
    expect(under(standing(election.state, KNOWN))).toStrictEqual({ decrypted: trustees(2, 3) });
  });

  test('to declare: the officer', async () => {
    expect(under(await steps('shares'))).toStrictEqual({ declared: { who: 'officer' } });
  });

  test('after the result: officers who have to answer, and then the clock', async () => {
    expect(under(await steps('result', { disputes: { until: 1400, open: 1 } }))).toStrictEqual({
      disputes: { who: 'officer' },
    });
    expect(under(await steps('result', { disputes: { until: 1600, open: 0 } }))).toStrictEqual({
      disputes: { who: 'clock', until: 1600 },
    });
    const over = await steps('result', { disputes: { until: 1500, open: 0 } });
    expect(over.every(({ state }) => state === 'done')).toBe(true);
    expect(nextStep(over)).toBeNull();
  });
});

test('where nothing is secret there are no steps of trustees', () => {
  const { state } = new TestElection('recorded');
  const names = standing(state, KNOWN).map(({ name }) => name);
  expect(names).not.toContain('key');
  expect(names).toHaveLength(9);
});

test('an abandoned election has its steps behind it, and none before', async () => {
  const election = await electionUntil('roll');
  await election.append(election.act({ kind: 'abandonment', reason: 'Withdrawn.' }));
  const all = standing(election.state, KNOWN);
  expect(all.filter(({ state }) => state === 'done').map(({ name }) => name)).toStrictEqual([
    'published',
    'roll',
    'tokens',
    'notice',
  ]);
  expect(all.filter(({ state }) => state === 'now' || state === 'later')).toStrictEqual([]);
  expect(nextStep(all)).toBeNull();
});

test('what waits for the officer comes first', async () => {
  expect(nextStep(await steps('joins', { tokens: 'none' }))?.name).toBe('roll');
  const { state } = await electionUntil('joins');
  const body = { i: 1, attempt: 1, against: 2, identity: 'x', ciphertext: 'x' };
  state.ceremony.complaint = { index: 4, leaf: '', body };
  expect(nextStep(standing(state, KNOWN))?.name).toBe('key');
});
