import { expect, test } from './fixtures.ts';

const NAMES = ['Bench', 'Inspect', 'Compress', 'Reports', 'Device'];

test('every page is a press away and says its name in the tab, on a phone within reach', async ({
  bench,
  pages,
  page,
}) => {
  await bench.open();
  for (const name of [...NAMES].reverse()) await pages.goTo(name);
  await page.setViewportSize({ width: 360, height: 640 });
  for (const name of NAMES.slice(0, 3)) {
    const box = await pages.link(name).boundingBox();
    expect(box?.y, name).toBeGreaterThan(560);
    await pages.goTo(name);
  }
});

test('an address that leads nowhere says so', async ({ bench, page }) => {
  await page.goto('./#/nowhere?model=digits');
  await expect(page).toHaveTitle('No such page · Inferometer');
  await expect(page.getByText('There is no page at “#/nowhere”.')).toBeVisible();
  await page.getByRole('main').getByRole('link', { name: 'Bench' }).click();
  await expect(bench.run).toBeEnabled();
});

test('a race is seen from other pages, and found again from there', async ({ bench, pages }) => {
  await bench.open();
  await bench.raceFor('for a minute');
  await bench.run.click();
  await pages.goTo('Reports');
  await expect(pages.running).toContainText(/Race runs \d+%/);
  await pages.running.click();
  await bench.stop.click();
  await bench.finish('stopped');
  await pages.goTo('Reports');
  await expect(pages.running).toBeHidden();
});
