// The built site and a browser on it, for benches.

import { chromium as playwright } from '@playwright/test';
import { preview } from 'vite';
import { QUIET } from '../scripts/browser.mjs';
import { root } from '../scripts/setup.mjs';

/**
 * Serves dist on a free port while `use` runs.
 * @template T
 * @param {(site: { url: string, server: import('vite').PreviewServer }) => Promise<T>} use
 * @returns {Promise<T>}
 */
export async function withSite(use) {
  const server = await preview({
    root,
    logLevel: 'warn',
    preview: { host: '127.0.0.1', port: 0, open: false },
  });
  try {
    const { port } = /** @type {import('node:net').AddressInfo} */ (server.httpServer.address());
    return await use({ url: `http://127.0.0.1:${port}/`, server });
  } finally {
    await server.close();
  }
}

/**
 * A fresh browser profile, with nothing in its cache, while `use` runs.
 * @template T
 * @param {string} executablePath
 * @param {(page: import('@playwright/test').Page) => Promise<T>} use
 * @param {string[]} [flags] further flags for the browser
 * @returns {Promise<T>}
 */
export async function withPage(executablePath, use, flags = []) {
  const browser = await playwright.launch({ executablePath, args: [...QUIET, ...flags] });
  try {
    return await use(await browser.newPage({ viewport: { width: 1280, height: 900 } }));
  } finally {
    await browser.close();
  }
}

/** Starts the race as a person does. @param {import('@playwright/test').Page} page */
export async function pressRun(page) {
  await page.getByRole('button', { name: 'Run the race' }).click();
}

/** @param {import('@playwright/test').Page} page */
export async function raceEnds(page) {
  await page.locator('[data-race-state="done"]').waitFor({ timeout: 180_000 });
}
