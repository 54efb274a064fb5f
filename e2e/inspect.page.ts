import { expect, type Locator, type Page } from '@playwright/test';
import { LONG_MS } from './limits.ts';

export interface NamedFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** The page that inspects models, as a person handles it. */
export class InspectPage {
  readonly page: Page;
  readonly summary: Locator;
  readonly alert: Locator;
  readonly comparison: Locator;
  readonly profile: Locator;
  readonly roofline: Locator;
  readonly nodes: Locator;

  constructor(page: Page) {
    this.page = page;
    this.summary = page.locator('[data-summary]');
    this.alert = page.getByRole('alert');
    this.comparison = page.locator('[data-comparison]');
    this.profile = page.locator('[data-profile]');
    this.roofline = page.locator('[data-roofline]');
    this.nodes = page.locator('[data-profile-nodes] tbody tr');
  }

  async open(): Promise<void> {
    await this.page.goto('./#/inspect');
    await this.ready();
  }

  async ready(): Promise<void> {
    await expect(this.summary).toBeVisible();
  }

  async choose(title: string): Promise<void> {
    await this.page.getByLabel('Model', { exact: true }).selectOption(title);
    await this.ready();
  }

  async compareWith(title: string): Promise<void> {
    await this.page.getByLabel('Compared with').selectOption(title);
    await expect(this.comparison).toBeVisible();
  }

  /** Hands files to the page as its file dialog would. */
  async pick(...files: readonly NamedFile[]): Promise<void> {
    await this.page.getByLabel('Model files').setInputFiles(
      files.map(({ name, bytes }) => ({
        name,
        mimeType: 'application/octet-stream',
        buffer: Buffer.from(bytes),
      })),
    );
  }

  async profileRun(): Promise<void> {
    await this.page.getByRole('button', { name: 'Profile a run' }).click();
    await expect(this.profile).toBeVisible({ timeout: LONG_MS });
  }

  async byNode(): Promise<void> {
    await this.page.getByRole('radiogroup', { name: 'Times by' }).getByText('By node').click();
  }

  async measureCeilings(): Promise<void> {
    await this.page.getByRole('button', { name: 'Measure this device’s ceilings' }).click();
    await expect(this.roofline).toHaveAttribute('data-roofline', 'measured', {
      timeout: LONG_MS,
    });
  }
}
