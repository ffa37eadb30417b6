/** A trustee at a browser: types, clicks, reads what the page says. */
import type { BrowserContext, Page } from 'playwright-core';
import { expect } from 'vitest';
import { fromBase64 } from '../../src/crypto/bytes.ts';
import { type KeyFile, loadKeyFile } from '../../src/trustee/key-file.ts';
import { lookAt } from './look.ts';

const PATIENCE = 60_000;

export class TrusteeBrowser {
  readonly page: Page;
  readonly name: string;
  readonly passphrase: string;
  /** The states that were looked at. */
  readonly seen: string[] = [];

  private constructor(page: Page, name: string, passphrase: string) {
    this.page = page;
    this.name = name;
    this.passphrase = passphrase;
    page.setDefaultTimeout(PATIENCE);
  }

  static async open(context: BrowserContext, name: string, passphrase: string): Promise<TrusteeBrowser> {
    return new TrusteeBrowser(await context.newPage(), name, passphrase);
  }

  /** Goes to a page. @returns its policy. */
  async visit(url: string): Promise<string> {
    const response = await this.page.goto(url);
    await this.page.locator('.task h2').waitFor();
    return response?.headers()['content-security-policy'] ?? '';
  }

  async makeKey(): Promise<string> {
    const { page } = this;
    await page.getByLabel('Passphrase', { exact: true }).fill(this.passphrase);
    await page.getByLabel('The same passphrase again', { exact: true }).fill(this.passphrase);
    await page.getByRole('button', { name: 'Make my key' }).click();
    await page.getByRole('heading', { name: 'Your public key' }).waitFor();
    return await page.locator('.key code').innerText();
  }

  async unlock(passphrase = this.passphrase): Promise<void> {
    await this.page.getByLabel('Passphrase', { exact: true }).fill(passphrase);
    await this.page.getByRole('button', { name: 'Open', exact: true }).click();
  }

  async restore(file: string): Promise<void> {
    await this.page.getByLabel('Backup file').setInputFiles(file);
    await this.page.getByLabel('Passphrase of the backup', { exact: true }).fill(this.passphrase);
    await this.page.getByRole('button', { name: 'Restore' }).click();
  }

  /** Waits until the page says this. */
  async hears(text: string): Promise<void> {
    await this.page.locator('#trustee > [role=status]', { hasText: text }).waitFor();
  }

  /** Waits for a refusal that says this. */
  async isRefused(text: string): Promise<void> {
    await this.page.getByRole('alert').filter({ hasText: text }).first().waitFor();
  }

  async click(button: string): Promise<void> {
    await this.page.getByRole('button', { name: button, exact: true }).click();
  }

  /** Has the page look at the record, unless it has looked by itself before the button is found. */
  async looks(text: string): Promise<void> {
    const button = this.page.getByRole('button', { name: 'Look now', exact: true });
    await button.click({ timeout: 1000 }).catch(() => undefined);
    await this.hears(text);
  }

  async words(): Promise<string> {
    return (await this.page.locator('.task .words li').allTextContents()).join(' ');
  }

  async compare(words: string): Promise<void> {
    await this.page.getByLabel('The words, as another trustee reads them to you').fill(words);
    await this.click('Compare');
  }

  /** Saves what the page offers under this button. */
  async save(button: string, file: string): Promise<void> {
    const [download] = await Promise.all([this.page.waitForEvent('download'), this.click(button)]);
    expect(download.suggestedFilename()).toMatch(/^trustee-key-.{8}\.age$/);
    await download.saveAs(file);
  }

  async prove(file: string): Promise<void> {
    await this.page.getByLabel('Then choose the file that you saved').setInputFiles(file);
    await this.click('Check the backup, then confirm');
  }

  /** What the browser's store holds, opened. */
  async keyFile(key: string): Promise<KeyFile> {
    const stored = await this.page.evaluate(async (key) => {
      const opening = indexedDB.open('teller-trustee');
      await new Promise((resolve) => opening.addEventListener('success', resolve));
      const request = opening.result.transaction('key-files').objectStore('key-files').get(key);
      await new Promise((resolve) => request.addEventListener('success', resolve));
      opening.result.close();
      return btoa(String.fromCharCode(...(request.result as Uint8Array)));
    }, key);
    const bytes = fromBase64(stored);
    expect(Buffer.from(bytes).toString('latin1')).toMatch(/^age-encryption\.org\/v1\n-> scrypt /);
    const store = { read: () => Promise.resolve(bytes), write: () => Promise.reject(new Error('read only')) };
    return await loadKeyFile({ store, name: key, passphrase: this.passphrase });
  }

  /** @see lookAt */
  async look(state: string): Promise<void> {
    this.seen.push(state);
    await lookAt(this.page, `${this.name}-${state}`);
  }
}
