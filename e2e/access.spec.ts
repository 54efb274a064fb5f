import { expectAccessible, expectNoSidewaysScroll } from './access.ts';
import { expect, test } from './fixtures.ts';

test('a phone of 360 px: nothing scrolls sideways, rows open', async ({ bench, page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await bench.open();
  await expect(bench.run).toBeInViewport();
  await bench.raceFor('for 30 rounds');
  await bench.race();
  await expectNoSidewaysScroll(page);
  const lane = bench.lane('int8-wasm');
  await expect(lane.getByText('First run')).toBeHidden();
  await lane.getByRole('button', { name: /int8, WASM/ }).click();
  await expect(lane.locator('td[data-title="First run"]')).toBeVisible();
});

test('a phone of 360 px: the inspector does not scroll sideways either', async ({
  inspect,
  page,
}) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await inspect.open();
  await inspect.compareWith('Digits, int8');
  await inspect.profileRun();
  await inspect.byNode();
  await expectNoSidewaysScroll(page);
});

test('a phone of 360 px: nor does the page that compresses', async ({ compress, page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await compress.open();
  await compress.choose('fp16');
  await compress
    .technique('fp16')
    .getByRole('button', { name: /options/ })
    .click();
  await compress.makeIt();
  await compress.made.getByRole('button', { name: 'fp16' }).click();
  await expect(page.getByRole('button', { name: 'Download .onnx' })).toBeVisible();
  await expectNoSidewaysScroll(page);
});

test('by keyboard alone: choose, run, read', async ({ bench, page }) => {
  await bench.open();
  // What a race is is the same when it is short.
  await bench.raceFor('for 30 rounds');
  const tabTo = async (target: typeof bench.run) => {
    for (let i = 0; i < 40; i++) {
      if (await target.evaluate((element) => element === document.activeElement)) return;
      await page.keyboard.press('Tab');
    }
    throw new Error('Not reached with 40 presses of Tab.');
  };
  await tabTo(page.getByRole('button', { name: 'Another' }));
  await page.keyboard.press('Enter');
  await tabTo(bench.run);
  await page.keyboard.press('Enter');
  await bench.finish();
  await tabTo(page.getByRole('button', { name: 'Median' }));
  // The one before may still be fading.
  await expect(
    page.getByRole('tooltip').filter({ hasText: 'Half of the steady inferences' }),
  ).toBeVisible();
});

test.describe('axe finds nothing, light and dark', () => {
  test('on the bench, before and after a race', async ({ bench, page }) => {
    await bench.open();
    await page.getByRole('button', { name: /more lanes/ }).click();
    await expectAccessible(page);
    await bench.raceFor('for 30 rounds');
    await bench.race();
    await page.getByText(/How these figures were obtained/).click();
    await expectAccessible(page);
  });

  test('on the Device page and a card', async ({ page }) => {
    await page.goto('./#/device');
    await expect(page.getByText('Cross-origin isolation')).toBeVisible();
    await expectAccessible(page);
    await page.goto('./#/models/speech');
    await expect(page.getByRole('heading', { name: 'Speech' })).toBeVisible();
    await expectAccessible(page);
  });

  test('in the inspector, with a profile', async ({ inspect, page }) => {
    await inspect.open();
    await inspect.compareWith('Digits, int8');
    await inspect.profileRun();
    await inspect.byNode();
    await expectAccessible(page);
  });

  test('on the page that compresses, with a variant', async ({ compress, page }) => {
    await compress.open();
    const options = compress.technique('static-int8').getByRole('button', { name: /options/ });
    await options.click();
    await compress.makeIt();
    await expectAccessible(page);
  });
});
