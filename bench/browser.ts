/** A whole recount in Chromium, as the page for observers does it: without hints, over HTTP. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { folderSource } from '../src/cli/sources.ts';
import { findChromium, launch } from '../test/web/chromium.ts';
import { recountInBrowser } from './browser-recount.ts';
import { simulateRecord } from './child.ts';
import type { Effort } from './effort.ts';
import { type Finding, figureOf } from './figure.ts';

export async function* browser({ browser: { ballots, runs } }: Effort): AsyncGenerator<Finding> {
  const name = `browser.recount.${ballots}x3`;
  const executable = findChromium();
  if (executable === undefined) {
    yield { name, skipped: 'there is no Chromium' };
    return;
  }
  const folder = await mkdtemp(join(tmpdir(), 'teller-bench-'));
  const chromium = await launch(executable);
  try {
    const { directory, election } = await simulateRecord(ballots, 3, join(folder, 'record'));
    for (const [cores, suffix] of [
      [undefined, ''],
      [1, '.1core'],
    ] as const) {
      const seconds: number[] = [];
      for (let run = 0; run < runs; run += 1) {
        const asked = { cores, anchor: { manifest: election } };
        const found = await recountInBrowser(chromium, folderSource(directory), asked);
        if (!found.report.ok) throw new Error(`${name} does not pass`);
        seconds.push(found.seconds);
      }
      yield figureOf(`${name}${suffix}.seconds`, 's', seconds);
    }
  } finally {
    await chromium.close();
    await rm(folder, { recursive: true, force: true });
  }
}
