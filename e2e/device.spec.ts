import { BARE_SITE } from '../playwright.config.ts';
import { BenchPage } from './bench.page.ts';
import { expect, test } from './fixtures.ts';
import { Verdicts } from './verdicts.page.ts';

test('without WebGPU its lanes are off and the page says why', async ({ bench, page }) => {
  await page.addInitScript(() => {
    Object.defineProperty(Navigator.prototype, 'gpu', { get: () => undefined });
  });
  await bench.open();
  await expect(page.getByText(/WebGPU: no\. This browser does not support WebGPU/)).toBeVisible();
  await page.getByRole('button', { name: /more lanes/ }).click();
  await expect(page.getByRole('checkbox', { name: 'fp32, WebGPU' })).toBeDisabled();
  await page.goto('./#/device');
  await expect(page.getByText('Cross-origin isolation')).toBeVisible();
  await expect(page.getByText(/Without it there are no GPU lanes/)).toBeVisible();
});

test.describe('a host that sends no isolation headers', () => {
  test('is isolated by the service worker, under a sub-path', async ({ page }) => {
    const bench = new BenchPage(page);
    await bench.open(BARE_SITE);
    await expect.poll(() => page.evaluate(() => crossOriginIsolated).catch(() => false)).toBe(true);
    await expect(bench.run).toBeEnabled();
    await bench.raceFor('for 30 rounds');
    await bench.race();
    await expect(bench.lane('int8-wasm')).toHaveAttribute('data-lane-state', 'finished');
  });

  test('where no service worker may run, threads are off, memory is not counted, and both are said', async ({
    browser,
  }) => {
    const context = await browser.newContext({ serviceWorkers: 'block' });
    const bench = new BenchPage(await context.newPage());
    await bench.open(BARE_SITE);
    await expect(bench.page.getByText(/Threads are off/)).toBeVisible();
    await bench.raceFor('for 30 rounds');
    await bench.race();
    await expect(bench.lane('fp32-wasm')).toContainText('WASM, 1 thread');
    await expect(bench.lane('int8-wasm')).toHaveAttribute('data-lane-state', 'finished');
    await new Verdicts(bench.page).say('not-isolated', 'one thread of');
    const note = bench.page.locator('[data-page-memory]');
    await expect(note).toContainText('Only a cross-origin isolated page may ask for its memory');
    await expect(note).toContainText('how much the browser then frees cannot be seen here');
    await context.close();
  });
});
