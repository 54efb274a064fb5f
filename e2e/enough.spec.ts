import { expect, test } from './fixtures.ts';

test('a race says what it goes on for, ends by itself, and gives its figures with intervals', async ({
  bench,
  page,
}) => {
  await bench.open();
  await expect(page.getByLabel('How long')).toHaveValue('enough-30');
  await bench.run.click();
  await expect(page.getByText(/needs more rounds|is known to ± .* wanted ± 2.0%/)).toBeVisible();
  await bench.finish();
  const lane = bench.lane('int8-wasm');
  await expect(lane.locator('[data-figure="median"]')).toContainText(/\d to \d.* ms/);
  await expect(lane).toContainText(/\d× ?\d\S* to \d/);
  await expect(page.getByText(/95% interval .* interleaved rounds/)).toBeVisible();
});
