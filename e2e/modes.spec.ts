import { expect, test } from './fixtures.ts';

test('a sustained run in a real worker tells its pace and the deadlines it missed, and is drawn and stored', async ({
  bench,
  modes,
  page,
}) => {
  await bench.open();
  await modes.choose('Sustained');
  await modes.type('How long', 's', '3');
  await expect(modes.alert).toContainText('A run cannot last 3 seconds: type 10 to 1,800.');
  await expect(modes.run).toBeDisabled();
  await modes.type('How long', 's', '10');
  await expect(modes.alert).toHaveCount(0);
  // No inference of this model is done by then, on any machine.
  await modes.type('Deadline', 'ms', '0.02');
  await expect(modes.run).toHaveText('Run for 10 seconds');
  await modes.run.click();
  await modes.finish();
  await expect(modes.headline).toContainText(/int8 on WASM.*took longer than 0.02 ms/);
  await expect(modes.figure('missed')).toContainText('100%');
  await expect(modes.figure('streak')).toContainText(/[\d,]+ in a row/);
  await expect(modes.figure('worst')).toContainText(/\d ?m?s/);
  const curve = page.getByRole('img', { name: /time per inference over 0:1\d minutes/ });
  await expect(curve).toBeVisible();
  const said = (await modes.headline.textContent()) ?? '';
  await modes.openReport();
  await expect(page.locator('[data-figure="missed"]')).toContainText('100%');
  await expect(modes.headline).toHaveText(said);
});

test('under load requests queue in a real worker: open and closed loads, drawn and listed', async ({
  bench,
  modes,
  page,
}) => {
  await bench.open();
  await modes.choose('Load');
  await page.getByLabel('How long').selectOption('6 loads, 2 seconds each');
  await modes.run.click();
  await modes.finish();
  await expect(page.locator('[data-load]')).toHaveCount(6);
  await expect(page.locator('[data-clients]')).toHaveCount(4);
  await expect(page.getByRole('img', { name: /^Latency against offered load/ })).toBeVisible();
  await expect(modes.headline).toContainText('int8 on WASM');
  await modes.openReport();
  await expect(page.locator('[data-load]')).toHaveCount(6);
});

test('batches of a real model are swept, drawn and stored', async ({ bench, modes, page }) => {
  await bench.open();
  await modes.choose('Batches');
  await page.getByLabel('Sizes 1 to 64').selectOption('for 6 seconds');
  await modes.run.click();
  await modes.finish();
  await expect(page.locator('[data-batch="1"]')).toBeVisible();
  await expect(page.locator('[data-batch="64"]')).toBeVisible();
  await expect(page.getByRole('img', { name: /^Inputs answered per second/ })).toBeVisible();
  await modes.openReport();
  await expect(page.locator('[data-batch="64"]')).toBeVisible();
});
