import type { Locator, Page } from '@playwright/test';
import { expect } from './fixtures.ts';

/** The page on which energy is calibrated, as a person handles it. */
export class EnergyPage {
  readonly page: Page;
  readonly headline: Locator;
  readonly keep: Locator;
  readonly kept: Locator;

  constructor(page: Page) {
    this.page = page;
    this.headline = page.locator('[data-headline="energy"]');
    this.keep = page.getByRole('button', { name: 'Use these readings' });
    this.kept = page.locator('[data-calibration]');
  }

  async open(): Promise<void> {
    await this.page.goto('./#/device/energy');
    await expect(this.headline).toBeVisible();
  }

  async short(): Promise<void> {
    await this.page.getByLabel('Each step lasts').selectOption({ value: '5' });
  }

  reading(title: string | RegExp): Locator {
    return this.page.locator('[data-reading]').filter({ hasText: title });
  }

  watts(title: string): Locator {
    return this.page.getByLabel(`Watts read: ${title}`);
  }

  /** Types the watts of a stretch without running it. */
  async type(title: string | RegExp, watts: string): Promise<void> {
    await this.reading(title).getByRole('textbox').fill(watts);
  }

  /** Runs a load to its end and types what the meter showed. */
  async read(title: string | RegExp, watts: string): Promise<void> {
    const reading = this.reading(title);
    await reading.getByRole('button', { name: 'Run' }).click();
    await expect(reading.getByText(/read the watts now/)).toBeVisible();
    await expect(reading.getByRole('button', { name: 'Run again' })).toBeVisible();
    await this.type(title, watts);
    await expect(reading).toHaveAttribute('data-done', 'true');
  }
}
