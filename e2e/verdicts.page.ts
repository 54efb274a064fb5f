import { expect, type Locator, type Page } from '@playwright/test';
import { LONG_MS } from './limits.ts';

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

  /** Waits for what a verdict says; a busy machine adds others, and some wait behind a button. */
  async say(rule: string, ...texts: readonly (string | RegExp)[]): Promise<void> {
    const more = this.page.getByRole('button', { name: /^\d+ more$/ });
    for (const text of texts) {
      const said = this.of(rule).filter({ hasText: text });
      await expect(said.or(more).first()).toBeVisible();
      if (!(await said.first().isVisible())) await more.click();
      await expect(said.first()).toBeVisible();
    }
  }

  async lookInside(lane?: string): Promise<void> {
    if (lane !== undefined) await this.lane.selectOption(lane);
    await this.look.click();
    await expect(this.page.getByRole('button', { name: 'Look again' })).toBeVisible({
      timeout: LONG_MS,
    });
  }
}
