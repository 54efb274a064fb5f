import { readFile } from 'node:fs/promises';
import { expect, type Locator, type Page } from '@playwright/test';

export interface ReportFile {
  readonly name: string;
  readonly text: string;
}

/** The pages of reports as a person handles them. */
export class ReportsPage {
  readonly page: Page;
  readonly rows: Locator;
  readonly alert: Locator;
  readonly headline: Locator;

  constructor(page: Page) {
    this.page = page;
    this.rows = page.locator('[data-report]');
    this.alert = page.getByRole('alert');
    this.headline = page.locator('[data-headline]');
  }

  /** By the page's own link, so that nothing is loaded anew. */
  async history(): Promise<void> {
    await this.page.getByRole('navigation').getByRole('link', { name: 'Reports' }).click();
    await expect(this.page.locator('[data-history]')).not.toHaveText(/Reading/);
  }

  async goto(): Promise<void> {
    await this.page.goto('./#/reports');
    await expect(this.page.locator('[data-history]')).not.toHaveText(/Reading/);
  }

  async open(row: Locator): Promise<void> {
    await row.getByRole('link').click();
    await expect(this.page.locator('[data-report-open]')).toBeVisible();
  }

  async download(button: string): Promise<ReportFile> {
    const [download] = await Promise.all([
      this.page.waitForEvent('download'),
      this.page.getByRole('button', { name: button }).click(),
    ]);
    const name = download.suggestedFilename();
    return { name, text: await readFile(await download.path(), 'utf8') };
  }

  async import(...files: readonly ReportFile[]): Promise<void> {
    await this.page.getByLabel('Report files').setInputFiles(
      files.map(({ name, text }) => ({
        name,
        mimeType: 'application/json',
        buffer: Buffer.from(text),
      })),
    );
  }

  async compareFirstTwo(): Promise<void> {
    await this.rows.nth(0).getByRole('checkbox').check();
    await this.rows.nth(1).getByRole('checkbox').check();
    await this.page.getByRole('button', { name: 'Compare A and B' }).click();
    await expect(this.page.locator('[data-compared="yes"]')).toBeVisible();
  }
}
