/** Somebody who has a keyboard and nothing else: goes from field to field, and has to see where they are. */
import type { Page } from 'playwright-core';
import { expect } from 'vitest';

/** What has the focus: its name, and whether its looks and place show it; null where nothing has it. */
interface Focused {
  readonly name: string;
  readonly isSeen: boolean;
}

/** More than any page here has. */
const MOST_STEPS = 120;

export class Keyboard {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
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

  /** Tab, or Shift+Tab, until this has the focus. Nothing on the way may hide it or drop it. */
  async reach(name: string, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
    const passed: string[] = [];
    for (let steps = 0; steps < MOST_STEPS; steps += 1) {
      await this.page.keyboard.press(key);
      const focused = await this.focused();
      expect(focused, `the focus is lost on the way to ${name}, after ${passed.join(', ')}`).not.toBeNull();
      expect(focused, `no one sees the focus, on the way to ${name}`).toMatchObject({ isSeen: true });
      if (focused?.name === name) return;
      passed.push(focused?.name ?? '');
    }
    throw new Error(`the keyboard does not reach ${name}, but ${passed.join(', ')}`);
  }

  /** Fills in a field further on, in place of what it holds. */
  async fill(name: string, value: string, key?: 'Shift+Tab'): Promise<void> {
    await this.reach(name, key);
    await this.page.keyboard.press('Control+A');
    await this.page.keyboard.type(value);
  }

  /** Presses what is further on, and waits for what comes of it, which has to leave the focus somewhere. */
  async press(name: string, comes: string, key: 'Enter' | 'Space' = 'Enter'): Promise<void> {
    await this.reach(name);
    await this.page.keyboard.press(key);
    await this.page.getByText(comes, { exact: true }).first().waitFor();
    await this.keeps(name);
  }

  /** After something was pressed, the focus has to be somewhere. */
  async keeps(pressed: string): Promise<void> {
    await expect
      .poll(() => this.focused(), { message: `${pressed} loses the focus`, timeout: 60_000 })
      .not.toBeNull();
  }

  /** Follows a link to another page, which starts without a focus. */
  async follow(name: string, heading: string): Promise<void> {
    await this.reach(name);
    await this.page.keyboard.press('Enter');
    await this.page.getByRole('heading', { name: heading, exact: true, level: 1 }).waitFor();
  }
}
