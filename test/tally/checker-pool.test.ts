/** Threads that check entries: in any order, as many as there are, and what becomes of one that fails. */
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { describe, expect, test } from 'vitest';
import { BallotError } from '../../src/ballot/errors.ts';
import { prepareBallot } from '../../src/ballot/prepare-ballot.ts';
import { encodeCanonical } from '../../src/codec/canonical-json.ts';
import { wasmKernel } from '../../src/crypto/kernel/wasm.ts';
import { type CheckedEntries, EntryCheck, packEntries } from '../../src/tally/ballots/check-entries.ts';
import { CheckerPool, type StartThread } from '../../src/tally/ballots/checker-pool.ts';
import { answerWith, type CheckRequest } from '../../src/tally/ballots/checker-thread.ts';
import { nodeThread } from '../../src/tally/workers/node-checkers.ts';
import { credential, election } from '../ballot/election.ts';

const { setting, context } = election();
const choices = { motion: ['option-1'], board: [] };
const ballots = Array.from(
  { length: 12 },
  () =>
    prepareBallot({
      context,
      college: 'members',
      weight: 1,
      credential: credential(context),
      prev: { kind: 'none' },
      choices,
    }).entry,
);
const entries = ballots.map((entry) => encodeCanonical(entry));
/** Two have the proof of another. */
const spoiled = ballots.map(({ body, ...rest }, i) => {
  const proof = i === 2 || i === 9 ? ballots[0]?.body.proof : undefined;
  return encodeCanonical({ ...rest, body: { ...body, proof: proof ?? body.proof } });
});
const chunks = [spoiled.slice(0, 3), spoiled.slice(3, 7), spoiled.slice(7, 8), spoiled.slice(8)];

const summary = ({ groups, others }: CheckedEntries) => ({
  groups: groups.map(({ places, faults, leaves }) => ({ places, faults, leaves })),
  others: others.map(({ place, problem }) => ({ place, problem })),
});
const here = new EntryCheck(setting, wasmKernel);
const expected = await Promise.all(
  chunks.map(async (chunk) => summary(await here.check(packEntries(chunk)))),
);

const askAll = async (pool: CheckerPool): Promise<CheckedEntries[]> =>
  await Promise.all(chunks.map((chunk) => pool.check(packEntries(chunk))));

/** Threads in this one, which answer when they are told to. */
function threads() {
  const waiting: (() => void)[] = [];
  const stopped: number[] = [];
  let started = 0;
  const start: StartThread = (onAnswer) => {
    const own = (started += 1);
    const answer = answerWith((message) => onAnswer(message), wasmKernel);
    return {
      post: (request: CheckRequest) => void waiting.push(() => void answer(request)),
      stop: () => void stopped.push(own),
    };
  };
  return { start, waiting, stopped };
}

test('bad ballots are named in threads of Node as in this one', async () => {
  expect(
    expected.flatMap(({ groups, others }) => [...groups.flatMap(({ faults }) => faults), ...others]),
  ).toHaveLength(2);
  const pool = new CheckerPool(nodeThread(), 2);
  pool.open(setting);
  try {
    const checked = await askAll(pool);
    expect(checked.map(summary)).toEqual(expected);
    // What was handed over comes back.
    expect(checked.map((one) => Buffer.from(one.entries.bytes))).toEqual(
      chunks.map((chunk) => Buffer.concat(chunk)),
    );
  } finally {
    await pool.stop();
  }
});

test('each answer is to its question, in whatever order they come', async () => {
  const { start, waiting, stopped } = threads();
  const pool = new CheckerPool(start, 2);
  pool.open(setting);
  expect(pool.width).toBe(6);
  const asked = askAll(pool);
  // The first request of each thread tells it what to check against.
  const [a, b, ...others] = waiting;
  for (const answer of [b, a, ...others.toReversed()]) answer?.();
  expect((await asked).map(summary)).toEqual(expected);
  await pool.stop();
  expect(stopped).toEqual([1, 2]);
});

test('this thread checks what the others have no room for', async () => {
  const { start, waiting } = threads();
  const pool = new CheckerPool(start, 1, wasmKernel);
  pool.open(setting);
  const asked = chunks.map((chunk) => pool.check(packEntries(chunk)));
  expect(waiting).toHaveLength(3);
  expect((await Promise.all(asked.slice(3))).map(summary)).toEqual(expected.slice(3));
  for (const answer of waiting) answer();
  expect((await Promise.all(asked)).map(summary)).toEqual(expected);
});

test.each([undefined, wasmKernel])('a setting that no ballot can be checked against is refused', (kernel) => {
  const pool = new CheckerPool(threads().start, 1, kernel);
  expect(() => pool.open({ ...setting, key: 'not a key' })).toThrow(BallotError);
});

describe('nothing is checked by a thread', () => {
  const script = (source: string): StartThread =>
    nodeThread(new URL(`data:text/javascript,${encodeURIComponent(source)}`));

  test.each<[string, StartThread, RegExp]>([
    ['that ends at once', script(''), /has ended/],
    ['that exits', script('process.exit(0)'), /has ended/],
    ['that throws', script('throw new Error("broken")'), /broken/],
    [
      'that ends when it is asked',
      script(
        'import { parentPort } from "node:worker_threads"; parentPort.on("message", () => process.exit(0));',
      ),
      /has ended/,
    ],
    [
      'that says it cannot',
      script(
        'import { parentPort } from "node:worker_threads"; parentPort.on("message", ({ id }) => parentPort.postMessage({ id, fault: "no kernel" }));',
      ),
      /no kernel/,
    ],
    ['whose script is not there', nodeThread(new URL('nowhere.ts', import.meta.url)), /nowhere/],
  ])('%s', async (_, start, why) => {
    const pool = new CheckerPool(start, 1);
    pool.open(setting);
    const asked = [pool.check(packEntries(entries)), pool.check(packEntries(entries))];
    for (const one of asked) await expect(one).rejects.toThrow(why);
    await expect(pool.check(packEntries(entries))).rejects.toThrow(why);
    await pool.stop();
  });

  test('that was stopped', async () => {
    const pool = new CheckerPool(threads().start, 1);
    pool.open(setting);
    const asked = pool.check(packEntries(entries));
    await pool.stop();
    await expect(asked).rejects.toThrow('stopped');
    await expect(pool.check(packEntries(entries))).rejects.toThrow('stopped');
  });

  test('that has nothing to check against', async () => {
    const faults: unknown[] = [];
    await answerWith(
      (answer) => faults.push('fault' in answer ? answer.fault : answer),
      wasmKernel,
    )({ id: 1, setting: undefined, work: { entries: packEntries(entries) } });
    expect(faults).toEqual([expect.stringContaining('nothing to check')]);
  });
});

test('a thread loads no schemas before it meets what has no known form', async () => {
  const { metafile } = await build({
    entryPoints: [fileURLToPath(new URL('../../src/tally/workers/entry-checker.ts', import.meta.url))],
    bundle: true,
    external: ['./other-votes.ts'],
    format: 'esm',
    platform: 'node',
    metafile: true,
    write: false,
  });
  const loaded = Object.keys(metafile.inputs);
  expect(loaded).toContain('src/ballot/regular-ballots.ts');
  expect(loaded.filter((path) => path.includes('/zod/'))).toEqual([]);
});
