/** Somebody who has a keyboard and nothing else: goes from field to field, and has to see where they are. */
import type { Page } from 'playwright-core';
import { expect } from 'vitest';

/** What has the focus: its name, and whether its looks and place show it; null where nothing has it. */
interface Focused {
  readonly name: string;
  readonly isSeen: boolean;
}

type Way = 'Tab' | 'Shift+Tab';

const fits = (name: string, wanted: string | RegExp): boolean =>
  typeof wanted === 'string' ? name === wanted : wanted.test(name);

/** More than any page here has. */
const MOST_STEPS = 120;

export class Keyboard {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
    // The driver takes a while to begin catching choosers: it does from now on.
    page.on('filechooser', () => undefined);
  }

  private async focused(): Promise<Focused | null> {
    return await this.page.evaluate(() => {
      const { activeElement: one, documentElement: root } = document;
      if (one === null || one === document.body) return null;
      const label = (one instanceof HTMLInputElement ? one : null)?.labels?.[0];
      const named = label ?? document.querySelector(`label[for="${CSS.escape(one.id)}"]`) ?? one;
      // A box to tick is drawn by its label.
      const looks = [getComputedStyle(one), ...(label ? [getComputedStyle(label, '::before')] : [])];
      const isDrawn = looks.some(
        ({ outlineStyle, outlineWidth, boxShadow }) =>
          boxShadow !== 'none' || (outlineStyle !== 'none' && outlineWidth !== '0px'),
      );
      const { top, bottom } = one.getBoundingClientRect();
      const isInside = bottom > 0 && top < root.clientHeight;
      return { name: (named.textContent ?? '').trim(), isSeen: isDrawn && isInside };
    });
  }

  /** Tab, or Shift+Tab, until this has the focus, if it has not. Nothing on the way may hide it or drop it. */
  async reach(name: string | RegExp, way: Way = 'Tab'): Promise<void> {
    const passed: string[] = [];
    if (fits((await this.focused())?.name ?? '', name)) return;
    for (let steps = 0; steps < MOST_STEPS; steps += 1) {
      await this.page.keyboard.press(way);
      const focused = await this.focused();
      expect(
        focused,
        `the focus is lost on the way to ${String(name)}, after ${passed.join(', ')}`,
      ).not.toBeNull();
      expect(focused, `no one sees the focus, on the way to ${String(name)}`).toMatchObject({ isSeen: true });
      if (focused !== null && fits(focused.name, name)) return;
      passed.push(focused?.name ?? '');
    }
    throw new Error(`the keyboard does not reach ${String(name)}, but ${passed.join(', ')}`);
  }

  /** Fills in a field further on, in place of what it holds. */
  async fill(name: string, value: string, way?: Way): Promise<void> {
    await this.reach(name, way);
    await this.page.keyboard.press('Control+A');
    await this.page.keyboard.insertText(value);
  }

  /** Chooses a file in a field further on. */
  async choose(name: string, file: string): Promise<void> {
    await this.reach(name);
    const [chooser] = await Promise.all([
      this.page.waitForEvent('filechooser'),
      this.page.keyboard.press('Enter'),
    ]);
    await chooser.setFiles(file);
  }

  /** Saves what a button further on offers. @returns where it is. */
  async save(name: string, file: string): Promise<void> {
    await this.reach(name);
    const [download] = await Promise.all([
      this.page.waitForEvent('download'),
      this.page.keyboard.press('Enter'),
    ]);
    await download.saveAs(file);
  }

  /** Presses what is further on, and waits for what comes of it, which has to leave the focus somewhere. */
  async press(name: string | RegExp, comes: string | RegExp, way?: Way): Promise<void> {
    await this.reach(name, way);
    await this.page.keyboard.press('Enter');
    await this.page.getByText(comes, { exact: true }).first().waitFor();
    await this.keeps(name);
  }

  /** After something was pressed, the focus has to be somewhere. */
  async keeps(pressed: string | RegExp): Promise<void> {
    await expect
      .poll(() => this.focused(), { message: `${String(pressed)} loses the focus`, timeout: 60_000 })
      .not.toBeNull();
  }

  /** Follows a link to another page, which starts without a focus. */
  async follow(name: string, heading: string): Promise<void> {
    await this.reach(name);
    await this.page.keyboard.press('Enter');
    await this.page.getByRole('heading', { name: heading, exact: true, level: 1 }).waitFor();
  }
}
