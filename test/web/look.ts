/** Looking at a page as it is now, at the width of a telephone and of a desk. */
import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';

/** Where pictures go: `npm run screenshots` sets it. */
const folder = process.env['SCREENSHOTS'];

/**
 * No violation of WCAG 2.2 AA that can be found by machine, and nothing wider than the window, down to 320 pixels: what a
 * window of 1280 has at a zoom of 400 % (WCAG 1.4.10).
 */
export async function lookAt(page: Page, state: string): Promise<void> {
  for (const width of [1200, 320]) {
    await page.setViewportSize({ width, height: 900 });
    if (folder !== undefined)
      await page.screenshot({ path: `${folder}/${state}-${width}.png`, fullPage: true });
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(overflow, `${state}: wider than ${width} pixels`).toBe(0);
  }
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axe.source);
  const violations = await page.evaluate(async () => {
    const { axe: checker } = globalThis as unknown as { axe: typeof axe };
    const found = await checker.run(document, { resultTypes: ['violations'] });
    return found.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`);
  });
  expect(violations, state).toEqual([]);
}
