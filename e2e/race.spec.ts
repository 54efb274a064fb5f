import { modelBytes } from './bench.page.ts';
import { expect, test } from './fixtures.ts';

interface ManifestVariant {
  readonly id: string;
  readonly accuracy: { readonly value: number };
}

/** A seven, as a person draws it. */
const SEVEN = [
  [
    [0.27, 0.26],
    [0.74, 0.26],
    [0.46, 0.82],
  ],
] as const;

test('the default race says what it goes on for, ends by itself on the real runtime, and draws what it found', async ({
  bench,
  page,
}) => {
  await bench.open();
  await expect(page.getByLabel('How long')).toHaveValue('enough-30');
  await bench.run.click();
  await expect(
    page.getByText(/needs more rounds|is known to ±.* the race ends at ±2.0%/),
  ).toBeVisible();
  await bench.finish();
  await expect(bench.lanes).toHaveCount(2);
  for (const id of ['fp32-wasm', 'int8-wasm']) {
    const lane = bench.lane(id);
    await expect(lane).toHaveAttribute('data-lane-state', 'finished');
    await expect(lane).toHaveAttribute('data-right', 'true');
    await expect(lane.locator('[data-figure="median"]')).toHaveText(/\d ?ms/);
    await expect(lane).toContainText('mJ');
    await expect(lane).toContainText('MB');
  }
  await expect(bench.headline).toContainText('On this device int8 on WASM');
  await expect(page.getByText(/95% interval .* interleaved rounds/)).toBeVisible();
  await expect(page.getByRole('img', { name: /^Latency per inference/ })).toBeVisible();
  await expect(page.getByRole('img', { name: /^Histograms/ })).toBeVisible();
  await expect(page.getByRole('img', { name: /^Estimated energy/ })).toBeVisible();
  await expect(page.getByRole('list', { name: 'Memory by lane and phase' })).toBeVisible();
  // Estimates say that they are.
  await page.getByText('How these figures were obtained').click();
  await expect(page.getByText(/No meter was read/).first()).toBeVisible();
});

test('a drawn digit is named while it is drawn, and by every lane of the race', async ({
  bench,
  page,
}) => {
  await bench.open();
  await bench.chooseInput(/Draw/);
  await expect(bench.run).toBeDisabled();
  await bench.draw(SEVEN);
  await expect(page.locator('[data-named]')).toHaveAttribute('data-named', '7');
  await bench.raceFor('for 30 rounds');
  await bench.race();
  await expect(bench.lane('fp32-wasm')).toHaveAttribute('data-answer', '7');
  await expect(bench.lane('int8-wasm')).toHaveAttribute('data-answer', '7');
  await expect(page.locator('[data-digit="7"]')).toBeInViewport({ ratio: 1 });
});

test('the labelled sweep gives the accuracy that the manifest states', async ({ bench }) => {
  await bench.open();
  await bench.chooseInput(/All 2,000/);
  await bench.race();
  const manifest = JSON.parse(modelBytes('manifest.json').toString()) as {
    models: [{ variants: readonly ManifestVariant[] }];
  };
  for (const id of ['fp32', 'int8']) {
    const stated = manifest.models[0].variants.find((variant) => variant.id === id);
    const text =
      (await bench.lane(`${id}-wasm`).locator('[data-figure="accuracy"]').textContent()) ?? '';
    const measured = Number.parseFloat(text) / 100;
    expect(Math.abs(measured - (stated?.accuracy.value ?? 0))).toBeLessThanOrEqual(0.005);
  }
  await expect(bench.lane('fp32-wasm').locator('[data-figure="accuracy"]')).toContainText(
    'of 2,000',
  );
});

test('a race stopped half-way ends its real workers at once, and keeps what was measured', async ({
  bench,
}) => {
  await bench.open();
  await bench.raceFor('for a minute');
  await bench.run.click();
  await expect(bench.headline).toContainText('On this device');
  await bench.stop.click();
  await bench.finish('stopped');
  await expect(bench.run).toBeEnabled();
  await expect(bench.headline).toContainText('On this device');
  await expect(bench.page.getByText('Why, and how far to trust it')).toBeVisible();
  // Terminated workers are gone at once, and with them their memory.
  await expect.poll(() => bench.page.workers().length).toBe(0);
});

test('a worker that ends from within, of which no event tells, is noticed; the race goes on', async ({
  bench,
  page,
}) => {
  await bench.open();
  await bench.raceFor('for a minute');
  await bench.run.click();
  await expect(bench.lane('int8-wasm').locator('[data-figure="median"]')).toHaveText(/\d ?ms/);
  // Not the runtime's own threads: they answer nobody while they wait for work.
  for (const worker of page.workers().filter((one) => one.url().includes('lane.worker'))) {
    // Ended from within, as a crash does: no event reaches the page.
    await worker
      .evaluate(() => {
        if (self.name === 'int8-wasm') self.close();
      })
      .catch(() => {});
  }
  await expect(bench.lane('int8-wasm')).toHaveAttribute('data-lane-state', 'died');
  await expect(bench.lane('int8-wasm')).toContainText('dropped out: Its worker ended');
  await bench.stop.click();
  await bench.finish('stopped');
  await expect(bench.lane('fp32-wasm').locator('[data-figure="median"]')).toHaveText(/\d ?ms/);
});

test('a race waits while its tab is hidden, and the page says so', async ({ bench, page }) => {
  await bench.open();
  await bench.raceFor('for a minute');
  await bench.run.click();
  await expect(bench.lane('fp32-wasm').locator('[data-figure="median"]')).toHaveText(/\d ?ms/);
  await bench.hide(true);
  const paused = page.getByText(/Paused while this tab is hidden/);
  await expect(paused).toBeVisible();
  await bench.hide(false);
  await expect(paused).toHaveCount(0);
  await bench.stop.click();
  await bench.finish('stopped');
});
