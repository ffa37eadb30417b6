/**
 * Whole recounts of simulated records, each in a process of its own, so that time and memory are nobody else's.
 * What is timed begins after the program has been loaded.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BenchRecord, bindingToOne, type RecountTimes, recountRecord, simulateRecord } from './child.ts';
import type { Effort, RecountSize, RecountWay } from './effort.ts';
import { type Figure, type Finding, figureOf, orWhy } from './figure.ts';

/** The second run would find hints; and the twin is slow. */
const ONCE: ReadonlySet<RecountWay> = new Set(['making.2cores', 'bigint.1core']);

async function* ofWay(
  record: BenchRecord,
  name: string,
  way: RecountWay,
  runs: number,
): AsyncGenerator<Finding> {
  const { directory, election, ballots } = record;
  const by = way.endsWith('.1cpu') ? await bindingToOne() : [];
  if (by === undefined) return yield { name, skipped: 'nothing here binds a process to one processor' };
  const times: RecountTimes[] = [];
  for (let run = 0; run < runs; run += 1) times.push(await recountRecord({ directory, election, way }, by));
  const figure = (suffix: string, unit: Figure['unit'], of: (one: RecountTimes) => number): Figure =>
    figureOf(`${name}${suffix}`, unit, times.map(of));
  yield figure('', 'µs', (one) => (1e6 * one.ballots) / ballots);
  yield figure('.work', 'µs', (one) => (1e6 * one.work) / ballots);
  yield figure('.count_tree', 'µs', (one) => (1e6 * one.countTree) / ballots);
  yield figure('.decryption_ms', 'ms', (one) => 1000 * one.decryption);
  yield figure('.seconds', 's', (one) => one.ballots + one.countTree + one.decryption);
  yield figure('.rss_mb', 'MB', (one) => one.megabytes);
}

async function* ofSize(size: RecountSize, folder: string): AsyncGenerator<Finding> {
  const { ballots, options, of, runs, bigintBallots = ballots } = size;
  const name = `${ballots}x${options}`;
  const started = performance.now();
  const record = await simulateRecord(ballots, options, join(folder, 'record'));
  yield figureOf(`simulate.${name}`, 'µs', [(1000 * (performance.now() - started)) / ballots]);
  const fewer =
    bigintBallots === ballots ? record : await simulateRecord(bigintBallots, options, join(folder, 'fewer'));
  for (const way of of) {
    const isSlow = way === 'bigint.1core';
    yield* ofWay(isSlow ? fewer : record, `recount.${name}.${way}`, way, ONCE.has(way) ? 1 : runs);
  }
}

/** As one would recount it for the first time: the whole, and its memory. */
const FIRST = /^(recount\.[0-9x]+)\.nohints\.2cores(\.seconds|\.rss_mb)$/;

export async function* recounts(effort: Effort): AsyncGenerator<Finding> {
  for (const size of effort.recounts) {
    const folder = await mkdtemp(join(tmpdir(), 'teller-bench-'));
    try {
      for await (const finding of orWhy(`recount.${size.ballots}x${size.options}`, ofSize(size, folder))) {
        yield finding;
        const [, record, suffix] = FIRST.exec(finding.name) ?? [];
        if (record !== undefined) yield { ...finding, name: `${record}${suffix}` };
      }
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }
}
