import { modelBytes } from './bench.page.ts';
import { expect, test } from './fixtures.ts';

test('a custom fp32 and int8 pair is raced and compared', async ({ bench, page }) => {
  await bench.open();
  await bench.drop('mine-fp32.onnx', modelBytes('digits-fp32.onnx'));
  await expect(page.getByLabel('Model')).toHaveValue(/custom/);
  await expect(page.getByText(/Your file: image float32\[batch,1,28,28\]/)).toBeVisible();
  await expect(page.getByLabel('Size of batch')).toHaveValue('1');
  await bench.drop('mine-int8.onnx', modelBytes('digits-int8.onnx'));
  await expect(page.getByRole('checkbox', { name: 'int8, WASM', exact: true })).toBeChecked();
  await page.getByLabel('Size of batch').fill('3');
  await bench.raceFor('for 30 rounds');
  await bench.race();
  await expect(bench.lanes).toHaveCount(2);
  for (const state of await bench.lanes.all()) {
    await expect(state).toHaveAttribute('data-lane-state', 'finished');
    await expect(state).toHaveAttribute('data-right', 'true');
  }
  await expect(bench.headline).toContainText('int8 on WASM');
});

test('files that are no models are refused in a sentence, and the page stays usable', async ({
  bench,
}) => {
  await bench.open();
  await bench.pick({ name: 'photo.png', bytes: Buffer.from('not a model') });
  await expect(bench.alert).toContainText('photo.png is not an .onnx file.');
  await bench.pick({ name: 'page.onnx', bytes: Buffer.from('<!doctype html><html></html>') });
  await expect(bench.alert).toContainText('page.onnx is not a complete ONNX file');
  const whole = modelBytes('digits-fp32.onnx');
  await bench.pick({ name: 'half.onnx', bytes: whole.subarray(0, whole.length >> 1) });
  await expect(bench.alert).toContainText('half.onnx is not a complete ONNX file');
  await bench.page.getByRole('button', { name: 'Dismiss' }).click();
  await expect(bench.alert).toHaveCount(0);
  await bench.raceFor('for 30 rounds');
  await bench.race();
});
