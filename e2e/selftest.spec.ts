import { expect, test } from './fixtures.ts';
import { SelfTestPage } from './selftest.page.ts';

test('the instrument tests itself against a real baseline loop: four checks with figures, kept for this device', async ({
  page,
}) => {
  test.slow();
  const selfTest = new SelfTestPage(page);
  await selfTest.open();
  await expect(selfTest.headline).toHaveText(/Can the figures .* be trusted/);
  await selfTest.run.click();
  await expect(page.getByRole('progressbar')).toBeVisible();
  await selfTest.finish();

  await expect(selfTest.headline).toHaveText(/^The instrument (passes|fails) \d of 4 checks/);
  await expect(selfTest.checks).toHaveCount(4);
  await expect(selfTest.check('timer')).toHaveAttribute('data-check-passed', 'true');
  await expect(selfTest.check('timer')).toContainText(/Resolution in a worker\s*[\d.]+ (µs|ms)/);
  for (const id of ['null-race', 'overhead']) {
    await expect(selfTest.check(id)).toContainText(/Race \d\s*[\d.]+×/);
  }
  await expect(selfTest.check('known-cost')).toContainText(/Ratio\s*[\d.]+×/);

  const found = await selfTest.headline.textContent();
  await page.reload();
  await expect(selfTest.headline).toHaveText(found ?? '');
  await page.getByRole('navigation', { name: 'Pages' }).getByText('Device').click();
  await expect(page.getByText(found ?? '')).toBeVisible();
  await page.getByRole('link', { name: 'See the self-test' }).click();
  await expect(selfTest.checks).toHaveCount(4);
});
