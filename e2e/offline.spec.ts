import type { Page } from '@playwright/test';
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
  await expect(page.locator('[data-offline="ready"]')).toContainText(/works offline/);

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
    /digits-int8w\.onnx could not be fetched: no answer from the server, and no copy is stored/,
  );
  await bench.chooseModel('Photos');
  await expect(bench.alert).toContainText(/photos-labels\.json could not be fetched/);
});

test('a newer version opens with the next visit, and an open page keeps its own parts', async ({
  page,
  context,
}) => {
  const ready = (of: Page) => of.locator('[data-offline="ready"]');
  const visit = async (of: Page, name: string) => {
    await of.getByRole('navigation').getByRole('link', { name }).click();
    await expect(of.getByRole('heading', { level: 1 })).toBeVisible();
  };
  /** How many versions are kept, and of how many workers. */
  const kept = (of: Page) =>
    of.evaluate(async () => {
      const registration = await navigator.serviceWorker.getRegistration();
      const names = await window.caches.keys();
      return [
        names.filter((name) => name.startsWith('inferometer-site-')).length,
        [registration?.installing, registration?.waiting, registration?.active].filter(Boolean)
          .length,
      ];
    });
  await page.goto(`${host.url}#/device`);
  await expect(ready(page)).toBeVisible();
  await host.update('Inferometer, next', 'InspectPage');
  // The first visit after an update still opens the older version, whole.
  await page.reload();
  await expect(page).toHaveTitle(/ · Inferometer$/);
  await expect.poll(() => kept(page)).toEqual([2, 1]);

  await host.fail();
  const next = await context.newPage();
  await next.goto(`${host.url}#/device`);
  await expect(next).toHaveTitle(/ · Inferometer, next$/);
  await expect(ready(next)).toBeVisible();
  // The newer version has no such part, and the host is gone.
  await visit(page, 'Inspect');
  await expect(page).toHaveTitle(/ · Inferometer$/);
  expect(await kept(page)).toEqual([2, 1]);

  await page.close();
  // A page that was shut a moment ago may still count as open; then a later visit tidies up.
  await expect(async () => {
    await next.reload();
    await expect(next).toHaveTitle(/ · Inferometer, next$/);
    await expect.poll(() => kept(next), { timeout: 8000 }).toEqual([1, 1]);
  }).toPass();
  await visit(next, 'Reports');
});
