/** An officer at the desk: signs in, opens a key, clicks, reads what the page says, and counts what it takes. */
import type { BrowserContext, Page } from 'playwright-core';
import { lookAt } from './look.ts';

const PATIENCE = 90_000;

export class DeskBrowser {
  readonly page: Page;
  readonly url: string;
  readonly passphrase = 'apricot ladder monsoon';
  /** Presses of buttons and links so far. */
  clicks = 0;

  private constructor(page: Page, url: string) {
    this.page = page;
    this.url = url;
    page.setDefaultTimeout(PATIENCE);
  }

  static async open(context: BrowserContext, url: string): Promise<DeskBrowser> {
    return new DeskBrowser(await context.newPage(), url);
  }

  async signIn(key: string): Promise<void> {
    await this.page.goto(`${this.url}/desk`);
    await this.page.getByLabel('Officer’s key').fill(key);
    await this.press('Sign in with the key');
    await this.page.getByRole('heading', { name: 'Your account' }).waitFor();
  }

  /** @returns the public key. */
  async makeKey(): Promise<string> {
    await this.fill('New passphrase', this.passphrase);
    await this.fill('The same passphrase again', this.passphrase);
    await this.press('Make my key');
    return await this.openedKey();
  }

  async unlock(): Promise<string> {
    await this.fill('Passphrase', this.passphrase);
    await this.press('Open');
    return await this.openedKey();
  }

  private async openedKey(): Promise<string> {
    await this.page.getByText('Your signing key is open.').waitFor();
    return (await this.page.locator('[data-name=officer-key]').textContent()) ?? '';
  }

  async fill(label: string, value: string): Promise<void> {
    await this.page.getByLabel(label, { exact: true }).fill(value);
  }

  async press(button: string): Promise<void> {
    this.clicks += 1;
    await this.page.getByRole('button', { name: button, exact: true }).click();
  }

  async follow(link: string): Promise<void> {
    this.clicks += 1;
    await this.page.getByRole('link', { name: link, exact: true }).click();
  }

  /** Saves what the page offers under this button. @returns the name that it has. */
  async save(button: string, file: string): Promise<string> {
    const [download] = await Promise.all([this.page.waitForEvent('download'), this.press(button)]);
    await download.saveAs(file);
    return download.suggestedFilename();
  }

  /** @see lookAt */
  async look(state: string): Promise<void> {
    await lookAt(this.page, `desk-${state}`);
  }
}
