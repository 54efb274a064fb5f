import { modelBytes } from './bench.page.ts';
import { expect, test } from './fixtures.ts';
import { Host, halts, wrongAtFirst } from './site.ts';

const INT8 = '**/models/digits-int8.onnx*';
const WHOLE = modelBytes('digits-int8.onnx');

test.describe('a file that arrives wrong', () => {
  const wrongs = [
    {
      name: 'a truncated model',
      body: WHOLE.subarray(0, 50_000),
      says: `digits-int8.onnx has 50,000 of the ${WHOLE.length.toLocaleString('en')} bytes`,
    },
    {
      name: 'a damaged model',
      body: Buffer.from(WHOLE.map((byte, i) => (i === 60_000 ? byte ^ 1 : byte))),
      says: /digits-int8\.onnx is not the published file: its SHA-256 starts with/,
    },
  ] as const;
  for (const { name, body, says } of wrongs) {
    test(name, async ({ bench, page }) => {
      await page.route(INT8, (route) => route.fulfill({ body }));
      await bench.open();
      await bench.raceFor('for 30 rounds');
      await bench.race();
      await expect(bench.lane('int8-wasm')).toHaveAttribute('data-lane-state', 'died');
      await expect(bench.lane('int8-wasm')).toContainText(says);
      await expect(bench.lane('fp32-wasm')).toHaveAttribute('data-lane-state', 'finished');
      // Mended, the same page races both.
      await page.unroute(INT8);
      await bench.race();
      await expect(bench.lane('int8-wasm')).toHaveAttribute('data-lane-state', 'finished');
    });
  }
});

test('a missing runtime is named, and the page stays usable', async ({ bench, page }) => {
  await page.route('**/*.wasm', (route) => route.fulfill({ status: 404, body: 'gone' }));
  await bench.open();
  await bench.race();
  await expect(bench.lane('fp32-wasm')).toContainText(
    /ort-wasm-simd-threaded-.*\.wasm could not be fetched: the server said 404/,
  );
  await page.unroute('**/*.wasm');
  await bench.raceFor('for 30 rounds');
  await bench.race();
  await expect(bench.lane('fp32-wasm')).toHaveAttribute('data-lane-state', 'finished');
});

test('a wrong runtime is refused, and not met again in the browser’s own cache', async ({
  bench,
  page,
}) => {
  const host = await Host.start(wrongAtFirst(/\.wasm$/, 'no WebAssembly'));
  await bench.open(host.url);
  await bench.raceFor('for 30 rounds');
  await bench.race();
  await expect(bench.lane('fp32-wasm')).toContainText(
    /ort-wasm-simd-threaded-.*\.wasm has 14 of the 14,\d{3},\d{3} bytes it should have/,
  );
  await page.reload();
  await bench.raceFor('for 30 rounds');
  await bench.race();
  await expect(bench.lane('fp32-wasm')).toHaveAttribute('data-lane-state', 'finished');
  await host.end();
});

test('missing labels leave the race as it is, and the accuracy says why', async ({
  bench,
  page,
}) => {
  await page.route('**/digits-test-2000.bin*', (route) => route.fulfill({ status: 404, body: '' }));
  await bench.open();
  await bench.raceFor('for 30 rounds');
  await bench.race();
  await expect(bench.lane('int8-wasm')).toHaveAttribute('data-lane-state', 'finished');
  const accuracy = bench.lane('int8-wasm').locator('[data-figure="accuracy"]');
  await expect(accuracy).toContainText('not measured');
  await accuracy.getByRole('button').hover();
  await expect(page.getByRole('tooltip')).toContainText(
    'digits-test-2000.bin could not be fetched: the server said 404',
  );
});

test('a missing manifest is said, and a file of one’s own still races', async ({ bench, page }) => {
  await page.route('**/manifest.json', (route) => route.fulfill({ status: 500, body: '' }));
  await page.goto('./');
  await expect(bench.alert).toContainText(
    'manifest.json could not be fetched: the server said 500',
  );
  await bench.pick({ name: 'mine.onnx', bytes: modelBytes('digits-fp32.onnx') });
  await bench.raceFor('for 30 rounds');
  await bench.race();
  await expect(bench.lanes).toHaveAttribute('data-lane-state', 'finished');
});

test('a download that broke off goes on where it ended, is listed and can be freed', async ({
  bench,
  page,
}) => {
  const file = '**/models/digits-fp32.onnx';
  const whole = modelBytes('digits-fp32.onnx');
  const half = Math.floor(whole.length / 2);
  await page.route(file, (route) => route.fulfill({ body: whole.subarray(0, half) }));
  await bench.open();
  await bench.raceFor('for 30 rounds');
  await bench.race();
  await expect(bench.lane('fp32-wasm')).toHaveAttribute('data-lane-state', 'died');
  await page.unroute(file);
  const rest = page.waitForRequest(file);
  await bench.race();
  expect((await rest).headers()['range']).toBe(`bytes=${half}-`);
  await expect(bench.lane('fp32-wasm')).toHaveAttribute('data-lane-state', 'finished');

  await page.getByRole('navigation').getByRole('link', { name: 'Device' }).click();
  const kept = page.locator('[data-stored-file="digits-fp32.onnx"]');
  await expect(kept).toContainText('391 KB');
  await page.getByRole('button', { name: 'Free digits-fp32.onnx' }).click();
  await expect(kept).toHaveCount(0);
  await expect(page.locator('[data-stored-file="digits-int8.onnx"]')).toBeVisible();
  await page.getByRole('button', { name: 'Free all' }).click();
  await expect(page.locator('[data-stored-file]')).toHaveCount(0);
});

test.describe('on a host that halts in mid-file', () => {
  let host: Host;
  test.beforeEach(async () => {
    host = await Host.start(halts('digits-fp32.onnx'));
  });
  test.afterEach(() => host.end());

  test('a download that is cancelled is gone on with later', async ({ bench, page }) => {
    await bench.open(host.url);
    await bench.raceFor('for 30 rounds');
    await bench.run.click();
    const progress = page.getByText(/digits-fp32\.onnx: 19\d KB of 391 KB/);
    await expect(progress).toBeVisible();
    await bench.stop.click();
    await bench.finish('stopped');
    await expect(progress).toHaveCount(0);
    const rest = page.waitForRequest('**/models/digits-fp32.onnx');
    await bench.race();
    const half = Math.floor(modelBytes('digits-fp32.onnx').length / 2);
    expect((await rest).headers()['range']).toBe(`bytes=${half}-`);
    await expect(bench.lane('fp32-wasm')).toHaveAttribute('data-lane-state', 'finished');
  });
});
