import type { Page } from '@playwright/test';
import { TAKE_OVER } from '../src/core/offline.ts';
import { BenchPage } from './bench.page.ts';
import { expect, test } from './fixtures.ts';
import { Host } from './site.ts';

let host: Host;
test.beforeEach(async () => {
  host = await Host.start();
});
test.afterEach(() => host.end());

test('after one visit the page opens, and races what it raced, without a network', async ({
  page,
}) => {
  const bench = new BenchPage(page);
  await bench.open(host.url);
  await bench.raceFor('for 30 rounds');
  await bench.race();
  await page.getByRole('navigation').getByRole('link', { name: 'Device' }).click();
  await expect(page.locator('[data-offline="ready"]')).toContainText(/opens without a network/);

  await host.fail();
  const answered = await page.evaluate(() =>
    fetch('robots.txt').then(
      () => true,
      () => false,
    ),
  );
  expect(answered).toBe(false);
  await bench.open(host.url);
  await page.reload();
  await bench.raceFor('for 30 rounds');
  await bench.race();
  for (const id of ['fp32-wasm', 'int8-wasm']) {
    await expect(bench.lane(id)).toHaveAttribute('data-lane-state', 'finished');
    await expect(bench.lane(id)).toHaveAttribute('data-right', 'true');
  }
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  // Parts that this browser never showed before.
  for (const name of ['Inspect', 'Compress', 'Reports']) {
    await page.getByRole('navigation').getByRole('link', { name }).click();
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  }

  // A model that nobody asked for is not here, and the page says so.
  await page.getByRole('navigation').getByRole('link', { name: 'Bench' }).click();
  await bench.chooseLane(/^int8 weights, WASM$/);
  await bench.race();
  await expect(bench.lane('int8w-wasm')).toContainText(
    /digits-int8w\.onnx could not be fetched: no answer from the server, and no copy is kept/,
  );
  await bench.chooseModel('Photos');
  await expect(bench.alert).toContainText(/photos-labels\.json could not be fetched/);
});

test.describe('a newer version', () => {
  const waits = (page: Page) =>
    page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.waiting != null);
  const kept = (page: Page) =>
    page.evaluate(async () => {
      const names = await window.caches.keys();
      return names.filter((name) => name.startsWith('inferometer-site-')).length;
    });

  test.beforeEach(async ({ page }) => {
    await page.goto(`${host.url}#/device`);
    await expect(page.locator('[data-offline="ready"]')).toBeVisible();
    await host.update('Inferometer, next');
    // The first visit after an update still opens the older version, whole.
    await page.reload();
    await expect(page).toHaveTitle('Inferometer');
    await expect.poll(() => waits(page)).toBe(true);
  });

  test('waits for the older one’s pages, and never mixes with it', async ({ page, context }) => {
    // With a second page open, a reload leaves both on it.
    const other = await context.newPage();
    await other.goto(`${host.url}#/device`);
    await page.reload();
    await expect(page.locator('[data-offline="ready"]')).toBeVisible();
    await expect(page).toHaveTitle('Inferometer');
    await page.getByRole('navigation').getByRole('link', { name: 'Inspect' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    expect(await waits(page)).toBe(true);

    // Alone, it gives way to the newer one, which opens without a network at once.
    await other.close();
    await host.fail();
    // A page that was shut a moment ago may still count as open; then a later visit gets it.
    await expect(async () => {
      await page.reload();
      await expect(page).toHaveTitle('Inferometer, next', { timeout: 5000 });
    }).toPass();
    await page.getByRole('navigation').getByRole('link', { name: 'Device' }).click();
    await expect(page.locator('[data-offline="ready"]')).toBeVisible();
    await expect.poll(() => kept(page)).toBe(1);
  });

  test('that comes late leaves an open page its own parts, and does not reload it', async ({
    page,
  }) => {
    await host.fail();
    await page.evaluate(
      (takeOver) =>
        new Promise<void>((resolve) => {
          const { serviceWorker } = navigator;
          serviceWorker.addEventListener('controllerchange', () => resolve());
          void serviceWorker
            .getRegistration()
            .then((registration) => registration?.waiting?.postMessage(takeOver));
        }),
      TAKE_OVER,
    );
    for (const name of ['Inspect', 'Compress']) {
      await page.getByRole('navigation').getByRole('link', { name }).click();
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    }
    await expect(page).toHaveTitle('Inferometer');
    await page.reload();
    await expect(page).toHaveTitle('Inferometer, next');
    await expect.poll(() => kept(page)).toBe(1);
  });
});
