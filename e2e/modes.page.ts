import { expect, type Locator, type Page } from '@playwright/test';
import { LONG_MS } from './limits.ts';

/** Chooses what to measure. */
export async function chooseMode(page: Page, mode: string): Promise<void> {
  const modes = page.getByRole('radiogroup', { name: 'What to measure' });
  // The input of a model that was just chosen may arrive meanwhile, and push it from the pointer.
  await expect(async () => {
    await modes.getByText(mode).click();
    await expect(modes.getByRole('radio', { name: mode })).toBeChecked({ timeout: 2000 });
  }).toPass();
}

/** Ways to measure one lane, as a person handles them on the bench. */
export class ModesPage {
  readonly page: Page;
  readonly run: Locator;
  readonly results: Locator;
  readonly headline: Locator;
  readonly alert: Locator;

  constructor(page: Page) {
    this.page = page;
    this.run = page.getByRole('button', { name: /^Run (for|without)/ });
    this.results = page.locator('[data-mode-state]');
    this.headline = page.locator('[data-headline]');
    this.alert = page.getByRole('alert');
  }

  async choose(mode: 'Sustained' | 'Load' | 'Batches'): Promise<void> {
    await chooseMode(this.page, mode);
    await expect(this.results).toHaveAttribute('data-mode-state', 'idle');
  }

  /** A number that is not among the usual ones. */
  async type(label: 'How long' | 'Deadline', unit: 's' | 'ms', value: string): Promise<void> {
    const field = this.page.getByRole('textbox', { name: `${label}, ${unit}` });
    if (!(await field.isVisible())) {
      await this.page.getByRole('combobox', { name: label }).selectOption('other');
    }
    await field.fill(value);
  }

  figure(id: string): Locator {
    return this.results.locator(`[data-figure="${id}"]`);
  }

  async finish(state: 'done' | 'stopped' = 'done'): Promise<void> {
    await expect(this.results).toHaveAttribute('data-mode-state', state, { timeout: LONG_MS });
  }

  async openReport(): Promise<void> {
    await this.page.getByRole('link', { name: 'Open report' }).click();
    await expect(this.page.locator('[data-report-open]')).toBeVisible();
  }
}
