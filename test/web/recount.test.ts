/** Recounts in a real browser, in module workers: what Node says of a record, Chromium says. */

import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { recountInBrowser } from '../../bench/browser-recount.ts';
import { verifyRecord } from '../../src/tally/verify/verify-record.ts';
import { electionOf, STANDARD } from '../elections/plans.ts';
import { publishedFiles, sourceOf } from '../elections/publish.ts';
import { chromiumFor, launch } from './chromium.ts';

const chromium = chromiumFor('test/web/recount.test.ts');

describe.skipIf(chromium === undefined)('a recount in Chromium', () => {
  let browser: Browser;
  beforeAll(async () => {
    if (chromium === undefined) throw new Error('there is no Chromium');
    browser = await launch(chromium);
  });
  afterAll(async () => {
    await browser.close();
  });

  test('says what Node says', async () => {
    const { record, election } = await electionOf(STANDARD);
    const source = sourceOf(await publishedFiles(record));
    const anchor = { manifest: election };
    const { tally: _, ...report } = await verifyRecord(source, { anchor });
    expect(report.ok).toBe(true);
    const alone = await recountInBrowser(browser, source, { anchor });
    expect(alone).toMatchObject({ report, workers: 1 });
    const together = await recountInBrowser(browser, source, { anchor, cores: 2 });
    expect(together).toMatchObject({ report, workers: 2 });
  });
});
