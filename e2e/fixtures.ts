import { test as base, expect } from '@playwright/test';
import { BenchPage } from './bench.page.ts';
import { CompressPage } from './compress.page.ts';
import { InspectPage } from './inspect.page.ts';
import { ModesPage } from './modes.page.ts';
import { PagesPage } from './pages.page.ts';
import { ReportsPage } from './reports.page.ts';

export interface Fixtures {
  readonly bench: BenchPage;
  readonly inspect: InspectPage;
  readonly compress: CompressPage;
  readonly modes: ModesPage;
  readonly pages: PagesPage;
  readonly reports: ReportsPage;
  /** Errors that nobody caught, policy violations and requests to other origins: none allowed. */
  readonly clean: string[];
}

/** The journeys' test: every page is watched for what must never happen. */
export const test = base.extend<Fixtures>({
  bench: async ({ page }, use) => use(new BenchPage(page)),
  inspect: async ({ page }, use) => use(new InspectPage(page)),
  compress: async ({ page }, use) => use(new CompressPage(page)),
  modes: async ({ page }, use) => use(new ModesPage(page)),
  pages: async ({ page }, use) => use(new PagesPage(page)),
  reports: async ({ page }, use) => use(new ReportsPage(page)),
  clean: [
    async ({ page, baseURL }, use) => {
      const seen: string[] = [];
      page.on('pageerror', (error) => seen.push(`uncaught: ${error.message}`));
      page.on('console', (message) => {
        if (/Content Security Policy/.test(message.text())) seen.push(message.text());
      });
      page.on('request', (request) => {
        const { protocol, hostname } = new URL(request.url());
        const own = new URL(baseURL ?? '').hostname;
        if (protocol.startsWith('http') && hostname !== own) seen.push(`left: ${request.url()}`);
      });
      await use(seen);
      expect(seen).toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };
