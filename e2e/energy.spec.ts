import { expectAccessible } from './access.ts';
import { EnergyPage } from './energy.page.ts';
import { expect, test } from './fixtures.ts';

const FP32 = /^\W*Digits fp32, WASM(, \d+ threads)?Exercises/;
const STREAM = /^\W*Memory stream, WASM/;

/** The bench's tier and interval of a lane. */
const cell = '[data-figure="energy-tier"]';

test('typed watts change the tier and the interval everywhere', async ({ bench, page }) => {
  await bench.open();
  await bench.raceFor('for 30 rounds');
  await bench.race();
  await expect(bench.lane('fp32-wasm').locator(cell)).toHaveText('unknown class');
  await page.getByText('How these figures were obtained').click();
  await expect(page.getByText(/within a factor of 3 either way/).first()).toBeVisible();

  const energy = new EnergyPage(page);
  await energy.open();
  await expect(energy.headline).toContainText('guess, within a factor of 3');
  await energy.short();
  await energy.type('Idle', '6,1');
  await energy.read(FP32, '16.1');
  await expect(page.locator('[data-fit="wasm"]')).toContainText('±75%');
  await energy.read(STREAM, '16.4');
  // Before and after, for the lanes of the race that was run.
  const before = page.getByRole('row', { name: /fp32, WASM/ });
  await expect(before).toContainText('unknown class');
  await expect(before).toContainText('measured');
  await expect(page.getByRole('row', { name: /int8, WASM/ })).toContainText('calibrated');
  await expect(page.getByRole('img', { name: /^Watts above idle, read and fitted/ })).toBeVisible();
  await energy.keep.click();

  await expect(energy.headline).toContainText('is calibrated');
  await expect(energy.kept).toHaveAttribute('data-calibration', 'used');
  await page.getByRole('link', { name: 'Bench' }).click();
  await expect(bench.lane('fp32-wasm').locator(cell)).toHaveText('measured');
  await expect(bench.lane('int8-wasm').locator(cell)).toHaveText('calibrated');
  await expect(
    page.getByRole('img', { name: /^Estimated energy.*measured.*calibrated/ }),
  ).toBeVisible();
  await expect(page.locator('[data-figure="footprint"]')).toContainText(/1,000 inferences of .*Wh/);
  await expect(page.locator('[data-figure="energy-floor"]')).toContainText(/times less/);
  await page.getByText('How these figures were obtained').click();
  await expect(page.getByText(/Energy is time × power, version 2/)).toContainText(
    /fp32, WASM.*: Measured, ±\d+%.*int8, WASM.*: Calibrated, ±\d+%/,
  );
  await expect(page.getByText(/No meter was read/)).toHaveCount(0);
});

test('watts that cannot be are refused, each with its sentence', async ({ page }) => {
  const energy = new EnergyPage(page);
  await energy.open();
  for (const [typed, says] of [
    ['0', /0 W is impossible: a device that is on draws more than 0 W/],
    ['-5', /-5 W is impossible/],
    ['99999', /cannot be 99999 W; up to 1,500 W is possible/],
    ['six', /“six” is not a number/],
  ] as const) {
    await energy.type('Idle', typed);
    await expect(energy.reading('Idle').getByRole('alert')).toHaveText(says);
    await expect(energy.reading(FP32).getByRole('button')).toBeDisabled();
  }
  await energy.type('Idle', '12,5');
  await expect(energy.reading('Idle').getByRole('alert')).toHaveCount(0);
  await energy.type(FP32, '12.5');
  await expect(energy.reading(FP32).getByRole('alert')).toHaveText(
    /12.5 W is not above the 12.5 W of the idle device/,
  );
  await expect(energy.keep).toHaveCount(0);
});

test('grid, price and battery change what energy amounts to', async ({ page }) => {
  const energy = new EnergyPage(page);
  await energy.open();
  const hour = page.locator('[data-figure="hour"]');
  const before = await hour.textContent();
  await page.getByLabel('Electricity from').selectOption({ value: 'SE' });
  await expect(hour).not.toHaveText(before ?? '');
  await page.getByLabel('Price per kWh').fill('0,40');
  await expect(hour).toContainText('€');
  await page.getByLabel('Battery capacity, Wh').last().fill('50');
  await expect(hour).toContainText('of a 50 Wh battery');
  await page.getByLabel('Price per kWh').fill('-1');
  await expect(
    page.getByText('A price cannot be -1 per kWh; it must be more than 0.'),
  ).toBeVisible();
  await page.reload();
  await expect(hour).toContainText('of a 50 Wh battery');
});

test('axe finds nothing on the page of energy', async ({ page }) => {
  const energy = new EnergyPage(page);
  await energy.open();
  await energy.short();
  await energy.type('Idle', '6');
  await energy.read(STREAM, '14');
  await energy.type(FP32, '-1');
  await expect(page.getByRole('img', { name: /^Watts above idle/ })).toBeVisible();
  await expectAccessible(page);
});
