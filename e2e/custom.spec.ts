import { modelBytes } from './bench.page.ts';
import { expect, test } from './fixtures.ts';

test('files that a mouse drops, fp32 and int8, are read, raced and compared by the real runtime', async ({
  bench,
  page,
}) => {
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
