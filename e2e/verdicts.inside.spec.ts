import type { ModelProto } from '../src/core/onnx/onnx_pb.ts';
import { concat, modelParts } from '../src/core/onnx/write.ts';
import { halfFused, manyTiny } from '../src/core/verdict/testing.ts';
import { expect, test } from './fixtures.ts';
import { Verdicts } from './verdicts.page.ts';

const fileOf = (name: string, model: ModelProto) => ({
  name,
  bytes: Buffer.from(concat(modelParts(model) as Uint8Array[])),
});

test('a look inside names the quantized convolution that could not be fused', async ({
  bench,
  page,
}) => {
  const verdicts = new Verdicts(page);
  await bench.open();
  await bench.pick(fileOf('half-fused.onnx', halfFused()));
  await bench.raceFor('for 30 rounds');
  await bench.race();
  await expect(verdicts.of('not-fused')).toHaveCount(0);
  await verdicts.lookInside('int8, WASM');
  await verdicts.say(
    'not-fused',
    /1 of 2 quantized convolutions .* ran in float: .* go to Sigmoid instead of straight/,
  );
});

test('a chain of tiny nodes is dispatch-bound, and a look can be cancelled', async ({
  bench,
  page,
}) => {
  const verdicts = new Verdicts(page);
  await bench.open();
  await bench.pick(fileOf('tiny.onnx', manyTiny()));
  await bench.raceFor('for 30 rounds');
  await bench.race();
  await verdicts.look.click();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(verdicts.look).toBeEnabled();
  await expect(bench.run).toBeEnabled();
  await verdicts.lookInside();
  await verdicts.say('dispatch-bound', /starts 200 nodes in each run/, 'GFLOP/s');
  // Kept for the next race's lanes, but what was seen belongs to the race that it was seen in.
  await bench.race();
  await expect(verdicts.of('dispatch-bound')).toHaveCount(0);
});
