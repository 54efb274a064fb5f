import { expect, type Locator, type Page } from '@playwright/test';
import type { BenchPage } from './bench.page.ts';

/** A model of speech on the bench. */
export class SpeechPage {
  readonly page: Page;
  readonly bench: BenchPage;
  readonly sound: Locator;

  constructor(page: Page, bench: BenchPage) {
    this.page = page;
    this.bench = bench;
    this.sound = page.locator('[data-sound]');
  }

  async open(): Promise<void> {
    await this.bench.open();
    await this.bench.chooseModel('Speech');
    await this.hears('Pauses');
    await this.bench.raceFor('for 30 rounds');
  }

  async hears(title: string): Promise<void> {
    await expect(this.sound).toHaveAttribute('data-sound', title);
    await expect(this.bench.run).toBeEnabled();
  }

  async chooseClip(title: string): Promise<void> {
    await this.page.getByRole('combobox', { name: 'Sound' }).selectOption(title);
    await this.hears(title);
  }

  async pick(name: string, mimeType: string, buffer: Buffer): Promise<void> {
    await this.page.getByLabel('Sound file').setInputFiles({ name, mimeType, buffer });
  }

  /** What a lane heard, after a race. */
  hearing(lane: string): Locator {
    return this.page.locator(`[data-hearing="${lane}"]`);
  }
}
