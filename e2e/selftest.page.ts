import { expect, type Locator, type Page } from '@playwright/test';
import { LONG_MS } from './limits.ts';

/** The page on which the instrument tests itself, as a person handles it. */
export class SelfTestPage {
  readonly page: Page;
  readonly run: Locator;
  readonly stop: Locator;
  readonly headline: Locator;
  readonly checks: Locator;

  constructor(page: Page) {
    this.page = page;
    this.run = page.getByRole('button', { name: /Run the self-test|Test again/ });
    this.stop = page.getByRole('button', { name: 'Stop' });
    this.headline = page.locator('[data-self-test]');
    this.checks = page.locator('[data-check]');
  }

  async open(): Promise<void> {
    await this.page.goto('./#/device/self-test');
    await expect(this.run).toBeEnabled();
  }

  check(id: string): Locator {
    return this.page.locator(`[data-check="${id}"]`);
  }

  async finish(): Promise<void> {
    await expect(this.headline).toHaveAttribute('data-self-test', 'idle', { timeout: LONG_MS });
  }
}
