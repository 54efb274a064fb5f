import { BARE_SITE } from '../playwright.config.ts';
import { modelBytes } from './bench.page.ts';
import { expect, test } from './fixtures.ts';
import { Verdicts } from './verdicts.page.ts';

test('weights that are unpacked before they are used are named as slow', async ({
  bench,
  page,
}) => {
  await bench.open();
  await bench.chooseLane(/int8 weights, WASM$/);
  await bench.race();
  await expect(bench.headline).toContainText('On this device');
  await expect(page.getByText(/95% interval/).first()).toBeVisible();
  await new Verdicts(page).say('weights-only', 'a smaller download, not a faster run');
});

test('turns measured around a hidden tab are left out, and it is said', async ({ bench, page }) => {
  await bench.open();
  await bench.raceFor('for 20 seconds');
  await bench.run.click();
  await expect(bench.lane('fp32-wasm').locator('[data-figure="median"]')).toHaveText(/\d ?ms/);
  await bench.hide(true);
  await expect(page.getByText(/Paused while this tab is hidden/)).toBeVisible();
  await bench.hide(false);
  await bench.finish();
  await new Verdicts(page).say('left-out', /in no figure: \d+ while this tab was hidden/);
});

test('a damaged copy of a model is called wrong and cannot win', async ({ bench, page }) => {
  const bytes = modelBytes('digits-fp32.onnx');
  // The middle of the file lies in the largest layer's weights.
  const damaged = Buffer.from(bytes).fill(0x3f, bytes.length >> 1, (bytes.length >> 1) + 4000);
  await bench.open();
  await bench.pick({ name: 'whole.onnx', bytes }, { name: 'damaged.onnx', bytes: damaged });
  await bench.raceFor('for 4 seconds');
  await bench.race();
  await new Verdicts(page).say(
    'wrong',
    /is wrong, however fast: outputs differ by .*% of their size/,
  );
  await expect(page.locator('[data-lane][data-correctness="wrong"]')).toHaveAttribute(
    'data-right',
    'false',
  );
  await expect(bench.headline).not.toContainText('times as fast');
});

test('a page without isolation headers says that it runs on one thread', async ({ browser }) => {
  const context = await browser.newContext({ serviceWorkers: 'block' });
  const page = await context.newPage();
  const { BenchPage } = await import('./bench.page.ts');
  const bare = new BenchPage(page);
  await bare.open(BARE_SITE);
  await bare.raceFor('for 4 seconds');
  await bare.race();
  await new Verdicts(page).say('not-isolated', 'one thread of');
  await context.close();
});
