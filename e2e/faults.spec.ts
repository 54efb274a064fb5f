import { modelBytes } from './bench.page.ts';
import { expect, test } from './fixtures.ts';
import { Host, halts, wrongAtFirst } from './site.ts';

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

test('what could not be fetched is said where a reader looks for it: beside its lane, and in its figure', async ({
  bench,
  page,
}) => {
  await page.route('**/digits-test-2000.bin*', (route) => route.fulfill({ status: 404, body: '' }));
  await page.route('**/digits-int8.onnx*', (route) => route.fulfill({ status: 404, body: '' }));
  await bench.open();
  await bench.raceFor('for 30 rounds');
  await bench.race();
  await expect(bench.lane('int8-wasm')).toHaveAttribute('data-lane-state', 'died');
  await expect(bench.lane('int8-wasm')).toContainText('digits-int8.onnx could not be fetched');
  const accuracy = bench.lane('fp32-wasm').locator('[data-figure="accuracy"]');
  await expect(accuracy).toContainText('not measured');
  await accuracy.getByRole('button').hover();
  await expect(page.getByRole('tooltip')).toContainText(
    'digits-test-2000.bin could not be fetched: the server said 404',
  );
});

test.describe('on a host that halts in mid-file', () => {
  let host: Host;
  test.beforeEach(async () => {
    host = await Host.start(halts('digits-fp32.onnx'));
  });
  test.afterEach(() => host.end());

  test('a cancelled download goes on by a real range request, and lies in real storage, to be freed', async ({
    bench,
    page,
  }) => {
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

    await page.getByRole('navigation').getByRole('link', { name: 'Device' }).click();
    const kept = page.locator('[data-stored-file="digits-fp32.onnx"]');
    await expect(kept).toContainText('391 KB');
    await page.getByRole('button', { name: 'Delete digits-fp32.onnx' }).click();
    await expect(kept).toHaveCount(0);
    await expect(page.locator('[data-stored-file="digits-int8.onnx"]')).toBeVisible();
    await page.getByRole('button', { name: 'Delete all' }).click();
    await expect(page.locator('[data-stored-file]')).toHaveCount(0);
  });
});
