import { expect, type Locator, type Page } from '@playwright/test';
import type { NamedFile } from './inspect.page.ts';
import { LONG_MS } from './limits.ts';

/** The page that compresses models, as a person handles it. */
export class CompressPage {
  readonly page: Page;
  readonly main: Locator;
  readonly headline: Locator;
  readonly alert: Locator;
  readonly cancel: Locator;
  /** All that were made; the original is none of them. */
  readonly made: Locator;
  readonly layers: Locator;

  constructor(page: Page) {
    this.page = page;
    this.main = page.locator('[data-compress-state]');
    this.headline = page.locator('[data-compress-headline]');
    this.alert = page.getByRole('alert');
    this.cancel = page.getByRole('button', { name: 'Cancel' }).first();
    this.made = page.locator('tr[data-variant]:not([data-variant="original"])');
    this.layers = page.locator('[data-layer]');
  }

  async open(): Promise<void> {
    await this.page.goto('./#/compress');
    await expect(this.make).toBeEnabled();
  }

  get make(): Locator {
    return this.page.getByRole('button', { name: /^Make (?!it small)/ });
  }

  technique(id: string): Locator {
    return this.page.locator(`[data-technique="${id}"]`);
  }

  /** Chooses these techniques and no others. */
  async choose(...ids: readonly string[]): Promise<void> {
    for (const card of await this.page.locator('[data-technique]').all()) {
      const id = (await card.getAttribute('data-technique')) ?? '';
      const chosen = (await card.getAttribute('data-chosen')) === 'true';
      if (chosen !== ids.includes(id)) await card.getByRole('button').first().click();
    }
  }

  async finish(state: 'idle' | 'failed' = 'idle'): Promise<void> {
    await expect(this.main).toHaveAttribute('data-compress-state', state, { timeout: LONG_MS });
  }

  async makeAuto(): Promise<void> {
    await this.page.getByRole('button', { name: 'Make it small and fast' }).click();
    await expect(this.cancel).toBeVisible();
    // It makes, measures and races four models before it chooses one.
    await expect(this.page.locator('[data-auto]')).toBeVisible({ timeout: LONG_MS });
    await this.finish();
  }

  async makeIt(): Promise<void> {
    await this.make.click();
    await expect(this.made.last()).toBeVisible({ timeout: LONG_MS });
    await this.finish();
  }

  /** Hands files to the page as its file dialogs would. */
  async pick(label: 'Model files' | 'Recipe file' | 'Input files', ...files: readonly NamedFile[]) {
    await this.page.getByLabel(label, { exact: true }).setInputFiles(
      files.map(({ name, bytes }) => ({
        name,
        mimeType: 'application/octet-stream',
        buffer: Buffer.from(bytes),
      })),
    );
  }
}
