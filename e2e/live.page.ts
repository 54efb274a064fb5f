import { expect, type Locator, type Page } from '@playwright/test';
import { LONG_MS } from './limits.ts';
import { chooseMode } from './modes.page.ts';

/** Live sessions, as a person handles them on the bench. */
export class LivePage {
  readonly page: Page;
  readonly start: Locator;
  readonly stop: Locator;
  readonly results: Locator;
  readonly headline: Locator;
  /** What both lanes together say: the same, or not. */
  readonly verdict: Locator;

  constructor(page: Page) {
    this.page = page;
    this.start = page.getByRole('button', { name: 'Start', exact: true });
    this.stop = page.getByRole('button', { name: 'Stop' });
    this.results = page.locator('[data-live-state]');
    this.headline = page.locator('[data-headline]');
    this.verdict = page.locator('[data-same]');
  }

  async choose(): Promise<void> {
    await chooseMode(this.page, 'Live');
    await this.state('idle');
  }

  async from(title: string): Promise<void> {
    await this.page.getByRole('combobox', { name: 'From' }).selectOption(title);
  }

  async state(state: string): Promise<void> {
    await expect(this.results).toHaveAttribute('data-live-state', state, { timeout: LONG_MS });
  }

  /** The first thing that a lane says of the present frame. */
  says(lane: string): Locator {
    return this.page.locator(`[data-live-lane="${lane}"]`).getByRole('listitem').first();
  }

  figure(lane: string, id: string): Locator {
    return this.page.locator(`[data-live-figures="${lane}"] [data-figure="${id}"]`);
  }
}
