import { expect, type Locator, type Page } from '@playwright/test';

/** A profile runs a model some ninety times, and the ceilings take 8 s; on two slow cores. */
const LOOK_MS = 90_000;

/** What the bench says against the figures of a race, as a person reads it. */
export class Verdicts {
  readonly page: Page;
  readonly look: Locator;
  readonly lane: Locator;

  constructor(page: Page) {
    this.page = page;
    this.look = page.getByRole('button', { name: /^Look (inside|again)$/ }).last();
    this.lane = page.getByLabel('Lane to look into');
  }

  of(rule: string): Locator {
    return this.page.locator(`[data-verdict="${rule}"]`);
  }

  /** All of them, where some wait behind a button. */
  async all(): Promise<void> {
    const more = this.page.getByRole('button', { name: /^\d+ more$/ });
    if (await more.isVisible()) await more.click();
  }

  async lookInside(lane: string): Promise<void> {
    await this.lane.selectOption(lane);
    await this.look.click();
    await expect(this.page.getByRole('button', { name: 'Look again' })).toBeVisible({
      timeout: LOOK_MS,
    });
  }
}
