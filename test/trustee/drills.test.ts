/**
 * Recovery drills from outside (T1, IACR 2025): trustees are processes that are killed and started again at every
 * step, and any n − t of them are lost after the ceremony; one who is lost during it means another attempt.
 */
import { afterEach, describe, expect, test } from 'vitest';
import { verifyRecord } from '../../src/tally/verify/verify-record.ts';
import { Drill, type DrillSetting } from './drill.ts';

let drill: Drill | undefined;
afterEach(async () => {
  await drill?.stop();
  drill = undefined;
});

async function begin(setting: DrillSetting): Promise<Drill> {
  drill = await Drill.start(setting);
  return drill;
}

const places = (count: number): number[] => Array.from({ length: count }, (_, at) => at + 1);
const CEREMONY = ['join', 'commit', 'reveal', 'dealt', 'confirm'];
const DECRYPTION = ['agreement', 'shares'];
const SLOW = process.env['SLOW'] === '1';
/** All that run under CI: others take a quarter of a minute each. */
const ALL = SLOW || process.env['CI'] === 'true';

/** Nothing failed, and the counts are those of the votes. */
async function expectCounted(drill: Drill): Promise<void> {
  const { checks, result } = await drill.declare();
  expect(checks.filter(({ status }) => status === 'fail')).toEqual([]);
  expect(result?.counts).toEqual([{ cell: 'motion/members/1', ballots: 3, counts: [2, 1] }]);
}

interface Case extends DrillSetting {
  /** Killed after each of these steps. */
  readonly killed: number[];
  readonly steps?: readonly string[];
  /** Gone for good from some point on. */
  readonly lost: number[];
  readonly from: 'confirmed' | 'closed' | 'agreed';
}

const CASES: Case[] = [
  {
    threshold: 1,
    count: 1,
    killed: [1],
    ...(SLOW ? {} : { steps: ['reveal', 'confirm', 'agreement'] }),
    lost: [],
    from: 'confirmed',
  },
  {
    threshold: 2,
    count: 3,
    killed: [1],
    ...(ALL ? {} : { steps: ['dealt', 'shares'] }),
    lost: [3],
    from: 'agreed',
  },
  ...(ALL ? [{ threshold: 3, count: 5, killed: [], lost: [1, 4], from: 'confirmed' as const }] : []),
  ...(SLOW
    ? [
        ...(['confirmed', 'closed', 'agreed'] as const).flatMap((from) =>
          [1, 2, 3].map((one) => ({ threshold: 2, count: 3, killed: [(one % 3) + 1], lost: [one], from })),
        ),
        ...(['confirmed', 'closed', 'agreed'] as const).map((from) => ({
          threshold: 3,
          count: 5,
          killed: [2, 3, 5],
          lost: [1, 4],
          from,
        })),
        { threshold: 5, count: 9, killed: [2, 9], lost: [1, 3, 5, 7], from: 'confirmed' as const },
        { threshold: 5, count: 9, killed: [1, 4], lost: [2, 6, 8, 9], from: 'agreed' as const },
      ]
    : []),
];

describe.each(CASES)('$threshold of $count', ({ threshold, count, killed, steps, lost, from }) => {
  const killedAfter = (some: readonly string[]) => some.filter((step) => steps?.includes(step) ?? true);

  test(`trustees ${killed.join(', ') || 'none'} killed at ${steps?.join(', ') ?? 'every step'}, ${lost.join(', ') || 'none'} lost once ${from}`, async () => {
    const drill = await begin({ threshold, count });
    const all = places(count);
    const steady = all.filter((i) => !killed.includes(i));
    const restarted = killed.map((i) => drill.runKilledAfter(i, killedAfter(CEREMONY)));
    await drill.runAll(steady);
    for (const { code, output } of await Promise.all(restarted)) {
      expect({ code, output }).toMatchObject({
        code: 0,
        output: expect.stringContaining('open the election'),
      });
    }
    const left = all.filter((i) => !lost.includes(i));
    const loseAt = async (moment: Case['from']): Promise<void> => {
      if (moment === from) for (const i of lost) await drill.lose(i);
    };
    await loseAt('confirmed');
    await drill.vote();
    await loseAt('closed');
    await drill.closeAndTally();
    if (from === 'agreed') {
      const agreeing = lost.map((i) => drill.run(i, ['--until', 'agreement']).ended);
      for (const { code } of await Promise.all(agreeing)) expect(code).toBe(0);
    }
    await loseAt('agreed');
    const again = killed
      .filter((i) => left.includes(i))
      .map((i) => drill.runKilledAfter(i, killedAfter(DECRYPTION)));
    await drill.runAll(left.filter((i) => !killed.includes(i)));
    for (const { code } of await Promise.all(again)) expect(code).toBe(0);
    await expectCounted(drill);
  });
});

test('a trustee who is gone during the ceremony: it is said plainly, and another attempt has them all', async () => {
  const drill = await begin({ threshold: 2, count: 3 });
  const present = [1, 2].map((i) => drill.run(i));
  const last = drill.run(3, ['--words-compared', '--until', 'commit']);
  expect((await last.ended).code).toBe(0);
  for (const trustee of present) await trustee.says('waiting for the other trustees to reveal: trustee 3');
  const { json } = await drill.election.send('GET', drill.election.path(''));
  expect(json['ceremony']).toMatchObject({ attempt: 1, step: 'reveal', awaited: [3] });
  await drill.voidAttempt(1, 'The machine of trustee 3 has failed.');
  for (const trustee of present) await trustee.says('The machine of trustee 3 has failed.');
  await drill.runAll([3]);
  for (const trustee of present) expect((await trustee.ended).code).toBe(0);
  await drill.vote();
  await drill.closeAndTally();
  await drill.runAll([2, 3]);
  await expectCounted(drill);
  const recount = await verifyRecord(drill.election.record, {
    anchor: { manifest: drill.election.election },
  });
  expect(recount.checks.find(({ id }) => id === 'ceremony')).toMatchObject({ status: 'pass' });
});

test('a trustee who deals wrong shares is named, and the next attempt makes the key', async () => {
  const drill = await begin({ threshold: 2, count: 3 });
  const honest = [1, 2].map((i) => drill.run(i));
  expect((await drill.run(3, ['--until', 'reveal']).ended).code).toBe(0);
  for (const trustee of honest) await trustee.says('sent: dealt');
  await drill.dealWrongly(3);
  const blame = 'Attempt 1 has ended in a complaint. Trustee 3 is to blame';
  for (const { code, output } of await Promise.all(honest.map(({ ended }) => ended))) {
    expect({ code, output }).toMatchObject({ code: 0, output: expect.stringContaining(blame) });
  }
  const { json } = await drill.election.send('GET', drill.election.path(''));
  expect(json['ceremony']).toMatchObject({ step: 'void', awaited: [], complaint: { against: 3 } });
  await drill.voidAttempt(1, 'A wrong share.');
  await drill.runAll([1, 2, 3]);
  const recount = await verifyRecord(drill.election.record);
  expect(recount.checks.find(({ id }) => id === 'ceremony')).toMatchObject({
    status: 'pass',
    notes: [{ why: expect.stringContaining('trustee 3 is to blame') }],
  });
  const where = ['--server', drill.server.url, '--election', drill.election.election];
  const status = await drill.spawn(2, ['status', ...where]).ended;
  expect(status.output).toMatch(/Attempt 1 was voided: A wrong share\.+ Trustee 3 is to blame/);
});

test('words, copies and the lock, as a scrutineer meets them', async () => {
  const drill = await begin({ threshold: 2, count: 2 });
  // Nobody answers for the first: it stops before it confirms.
  const first = drill.run(1, []);
  await first.says('waiting for the other trustees to join: trustee 2');
  const intruder = await drill.run(1).ended;
  expect(intruder).toMatchObject({ code: 2, output: expect.stringContaining('another process is at work') });
  const second = drill.run(2);
  const stopped = await first.ended;
  expect(stopped).toMatchObject({ code: 0, output: expect.stringContaining('waiting for the words') });
  const words = /at once[^\n]*\n((?: {4}[a-z ]+\n)+)/.exec(stopped.output)?.[1]?.trim().split(/\s+/) ?? [];
  expect(words).toHaveLength(12);
  const wrong = await drill.run(1, ['--words', words.toReversed().join(' ')]).ended;
  expect(wrong).toMatchObject({ code: 1, output: expect.stringContaining('the words differ') });
  const right = await drill.run(1, ['--words', words.join(' ').toUpperCase()]).ended;
  expect(right).toMatchObject({ code: 0, output: expect.stringContaining(words.slice(0, 4).join('  ')) });
  expect((await second.ended).code).toBe(0);

  const copy = drill.file('stick.age');
  const saved = await drill.spawn(1, ['backup', copy]).ended;
  expect(saved).toMatchObject({ code: 0, output: expect.stringContaining('read back and checked') });
  expect((await drill.spawn(1, ['restore', copy]).ended).code).toBe(2);
  await drill.lose(1);
  expect(await drill.spawn(1, ['restore', copy]).ended).toMatchObject({ code: 0 });
  const where = ['--server', drill.server.url, '--election', drill.election.election];
  expect(await drill.spawn(1, ['status', ...where]).ended).toMatchObject({
    code: 0,
    output: expect.stringMatching(/Attempt 1: every trustee has confirmed the key\.[^]*not open yet/),
  });
  await drill.vote();
  await drill.closeAndTally();
  await drill.runAll([1, 2]);
  await expectCounted(drill);
});

/** Kills the process of trustee 1 at any moment, again and again, until one comes to its end. */
async function runKilledAnywhere(drill: Drill): Promise<void> {
  for (let round = 0; round < 200; round += 1) {
    const victim = drill.run(1);
    const moment = new Promise((resolve) => setTimeout(resolve, 200 + Math.random() * 1500)).then(() => null);
    const ended = await Promise.race([victim.ended, moment]);
    if (ended !== null) return expect(ended.code).toBe(0);
    await victim.kill();
  }
  throw new Error('it never came to its end');
}

if (SLOW) {
  test('a trustee killed at any moment, again and again', async () => {
    const drill = await begin({ threshold: 2, count: 3 });
    await Promise.all([runKilledAnywhere(drill), drill.runAll([2, 3])]);
    await drill.vote();
    await drill.closeAndTally();
    await Promise.all([runKilledAnywhere(drill), drill.runAll([2])]);
    await expectCounted(drill);
  });
}
