import { BenchPage } from './bench.page.ts';
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

test('what is chosen stands in the address, over a reload, the way back and in a new tab', async ({
  bench,
  pages,
  page,
  context,
}) => {
  await bench.open();
  await bench.chooseModel('Files');
  await bench.raceFor('for 8 seconds');
  await expect(page).toHaveURL(/#\/\?model=files&length=seconds-8$/);
  await page.reload();
  await expect(bench.model).toHaveValue('files');
  await pages.goTo('Reports');
  await page.goBack();
  await expect(bench.model).toHaveValue('files');
  const other = new BenchPage(await context.newPage());
  await other.open(page.url());
  await expect(other.model).toHaveValue('files');
  await expect(other.page.getByLabel('How long')).toHaveValue('seconds-8');
  await other.open('./#/?model=nothing');
  await expect(other.alert).toContainText(
    'asks for the model “nothing”, which does not exist here',
  );
});
