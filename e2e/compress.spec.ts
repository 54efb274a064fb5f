import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { toBinary } from '@bufbuild/protobuf';
import { floats, modelOf, node, value } from '../src/core/onnx/build.ts';
import { ModelProtoSchema, TensorProto_DataType as T } from '../src/core/onnx/onnx_pb.ts';
import { expect, test } from './fixtures.ts';

test('static int8 of the digits is made by the real runtime, downloaded as files, and raced on the bench', async ({
  compress,
  bench,
  page,
}) => {
  await compress.open();
  await compress.choose('static-int8');
  await compress.makeIt();
  const row = compress.made;
  await expect(row).toHaveCount(1);
  expect(Number(await row.getAttribute('data-bytes'))).toBeLessThan(130_000);
  expect(Number(await row.getAttribute('data-speedup'))).toBeGreaterThan(0);
  expect(Number(await row.getAttribute('data-agreement'))).toBeGreaterThan(0.98);
  await expect(compress.headline).toContainText(
    /[34]\.\d+ times smaller .* with the same answer on .* of 1,000 inputs/,
  );
  await expect(page.getByText(/convolutions and matrix products ran in integers/)).toBeVisible();
  await expect(page.getByText(/of 1,000 labelled digits .* True accuracy/)).toBeVisible();
  await expect(page.getByRole('img', { name: /^Every variant, time against/ })).toBeVisible();
  await expect(compress.layers.filter({ hasText: /^Conv/ })).toHaveCount(5);
  await expect(compress.layers.first()).toContainText('changed');
  await expect(compress.layers.getByText(/ dB as it runs/).first()).toBeVisible();

  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download .onnx' }).click(),
  ]);
  expect(file.suggestedFilename()).toBe('Digits-Static-int8.onnx');
  const [recipe] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download recipe' }).click(),
  ]);
  const { steps } = JSON.parse(readFileSync(await recipe.path(), 'utf8'));
  expect(steps).toMatchObject([{ technique: 'static-int8', options: { perChannel: true } }]);

  await page.getByRole('button', { name: 'Race it on the Bench' }).click();
  await bench.raceFor('for 30 rounds');
  await bench.race();
  await expect(bench.lanes).toHaveCount(2);
  await expect(bench.lane('made1-wasm')).toHaveAttribute('data-right', 'true');
});

test('a model of one’s own without inputs is calibrated on noise, says so, and its recipe makes the same bytes in a script', async ({
  compress,
  page,
}, testInfo) => {
  const wave = Array.from({ length: 256 }, (_, i) => Math.sin(i * 1.7));
  const weights = floats('w', [16, 16], wave);
  const bytes = toBinary(
    ModelProtoSchema,
    modelOf({
      input: [value('x', T.FLOAT, 1, 16)],
      initializer: [weights],
      node: [node('MatMul', ['x', 'w'], ['h']), node('Relu', ['h'], ['y'])],
      output: [value('y', T.FLOAT, 1, 16)],
    }),
  );
  await compress.open();
  await compress.pick('Model files', { name: 'mine.onnx', bytes });
  await expect(page.getByLabel('Model to compress')).toHaveValue(/custom/);
  await expect(page.locator('[data-noise-warning]')).toBeVisible();
  await compress.choose('static-int8');
  await compress.makeIt();
  await expect(compress.made).toHaveCount(1);
  await expect(
    page.getByText('Noise cannot show how it answers real inputs').first(),
  ).toBeVisible();

  const saved = async (button: string) => {
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: button }).click(),
    ]);
    return file.path();
  };
  const [made, recipe] = [await saved('Download .onnx'), await saved('Download recipe')];
  expect(JSON.parse(readFileSync(recipe, 'utf8')).calibration).toEqual({
    ...{ kind: 'noise', count: 8, seed: 11, sizes: {} },
  });
  const [model, again] = ['mine.onnx', 'again.onnx'].map((name) => testInfo.outputPath(name)) as [
    string,
    string,
  ];
  writeFileSync(model, bytes);
  execFileSync(process.execPath, ['scripts/compress.mjs', model, recipe, again]);
  expect(readFileSync(again).equals(readFileSync(made))).toBe(true);
});

test('Auto measures each layer here and proves what it chose', async ({ compress, page }) => {
  await compress.open();
  await compress.makeAuto();
  // What wins is a matter of time, and no test's: a variant, or the original where none is faster.
  await expect(page.locator('[data-auto]')).toContainText(
    /times as fast as fp32|^Keep fp32: |^Unclear: /,
  );
  await expect(page.getByRole('row', { name: /^int8, static throughout/ })).toBeVisible();
  for (const row of await page.locator('tr[data-chosen]').filter({ hasText: /^int8/ }).all()) {
    await expect(row.locator('[data-interval]')).toHaveText(/[\d.]+–[\d.]+|too few|too correlated/);
    await expect(row.getByRole('button', { name: 'Download .onnx' })).toBeEnabled();
  }
  const kept = page.locator('tr[data-chosen="true"]').filter({ hasText: 'fp32, unchanged' });
  await expect(compress.made).toHaveCount((await kept.count()) === 1 ? 0 : 1);
  for (const made of await compress.made.all()) {
    expect(Number(await made.getAttribute('data-agreement'))).toBeGreaterThan(0.98);
    await expect(compress.layers.first()).toContainText(/ ms float/);
  }
});

test('a model of files calibrates on its own samples, and is proved on others', async ({
  compress,
  bench,
  page,
}) => {
  await bench.open();
  await bench.chooseModel('Files');
  await compress.open();
  await expect(page.getByLabel('Calibrate on')).toContainText('the page’s sample files');
  await expect(page.getByText('There are only 23 in all, too few')).toBeVisible();
  await compress.choose('static-int8');
  await compress.makeIt();
  // Two of the 23 are too short for the model, ten calibrate, five are Auto's.
  await expect(page.getByText(/^\d of 6 sample files have another answer/)).toBeVisible();
  await expect(page.locator('[data-noise-warning]')).toHaveCount(0);
});
