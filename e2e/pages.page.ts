import { expect, type Locator, type Page } from '@playwright/test';

/** What stands around every page: the navigation and what runs. */
export class PagesPage {
  readonly page: Page;
  readonly running: Locator;
  private readonly nav: Locator;

  constructor(page: Page) {
    this.page = page;
    this.running = page.locator('[data-running]');
    this.nav = page.getByRole('navigation', { name: 'Pages' });
  }

  async goTo(name: string): Promise<void> {
    await this.nav.getByRole('link', { name }).click();
    await expect(this.page).toHaveTitle(`${name} · Inferometer`);
    await expect(this.page.getByRole('heading', { level: 1 })).toBeVisible();
  }

  link(name: string): Locator {
    return this.nav.getByRole('link', { name });
  }
}
