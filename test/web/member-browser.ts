/** A member at a browser: types, clicks, reads what the page says, and counts what it takes. */
import type { BrowserContext, Page } from 'playwright-core';
import { expect } from 'vitest';
import { lookAt } from './look.ts';

const PATIENCE = 60_000;

export class MemberBrowser {
  readonly page: Page;
  /** Presses of buttons, boxes and links so far. */
  clicks = 0;
  /** Headings, in the order in which they came. */
  readonly screens: string[] = [];

  private constructor(page: Page) {
    this.page = page;
    page.setDefaultTimeout(PATIENCE);
  }

  static async open(context: BrowserContext): Promise<MemberBrowser> {
    return new MemberBrowser(await context.newPage());
  }

  /** Goes to a page, anew even if only the part behind the `#` is another. */
  async visit(url: string): Promise<this> {
    await this.page.goto('about:blank');
    await this.page.goto(url);
    return this;
  }

  /** Waits for the screen with this heading. */
  async sees(heading: string | RegExp): Promise<void> {
    const title = this.page.getByRole('heading', { level: 1, name: heading });
    await title.waitFor();
    this.screens.push(await title.innerText());
  }

  /** Waits until the page says this. */
  async reads(text: string | RegExp): Promise<void> {
    await this.page.getByText(text).first().waitFor();
  }

  async press(button: string): Promise<void> {
    this.clicks += 1;
    await this.page.getByRole('button', { name: button, exact: true }).click();
  }

  async pick(...labels: string[]): Promise<void> {
    for (const label of labels) {
      this.clicks += 1;
      await this.page.getByLabel(label, { exact: true }).check();
    }
  }

  async look(state: string): Promise<void> {
    await lookAt(this.page, state);
  }

  /** From the link to the review, with For and these candidates. */
  async reachReview(link: string, ...candidates: string[]): Promise<this> {
    await this.visit(link);
    await this.sees('Spring conference');
    await this.press('Start');
    await this.pick('For', ...candidates);
    await this.press('Look it over');
    await this.sees('Is this what you want?');
    return this;
  }

  async cast(): Promise<string> {
    await this.press('Cast my vote');
    await this.sees('Your vote is recorded');
    return await this.code('receipt');
  }

  /** A code in groups, put together. */
  async code(name: 'receipt' | 'fingerprint'): Promise<string> {
    const text = await this.page.locator(`code[data-name=${name}]`).textContent();
    expect(text).toMatch(/^[A-Za-z0-9_-]{43}$/);
    return text ?? '';
  }

  async entry(): Promise<number> {
    const text = await this.page.locator('.receipt dd').nth(1).innerText();
    return Number(text);
  }
}
