import * as ort from 'onnxruntime-web/wasm';
import { expect, it } from 'vitest';
import { compress } from '../../core/compress/compress.ts';
import { readRecipe } from '../../core/compress/recipe.ts';
import { nearness, referenceOf } from '../../core/compress/repair/nearness.ts';
import { floats, modelOf, node, value } from '../../core/onnx/build.ts';
import { copyModel } from '../../core/onnx/copy.ts';
import { TensorProto_DataType as T } from '../../core/onnx/onnx_pb.ts';
import { seededRandom } from '../../core/tensors/random.ts';
import { sessionRunner } from '../runtime/runner.ts';

ort.env.wasm.numThreads = 1;

const GOES_ON = { throwIfAborted: () => {} };
const CHANNELS = 4;
const IMAGE = [1, CHANNELS, 6, 6];

const { unit } = seededRandom(5);
const noise = (count: number) => Array.from({ length: count }, () => unit() - 0.5);

/** Weights for 1 x 1 convolutions; what meets channel 0 is multiplied. */
const weights = (name: string, factor: number) =>
  floats(
    name,
    [CHANNELS, CHANNELS, 1, 1],
    noise(CHANNELS * CHANNELS).map((x, i) => (i % CHANNELS === 0 ? factor * (1 + x) : x)),
  );

/** In the second convolution huge weights meet a channel that is always 0, and coarsen all others. */
const model = modelOf({
  input: [value('x', T.FLOAT, ...IMAGE)],
  output: [value('y', T.FLOAT, ...IMAGE)],
  initializer: [
    weights('w1', 1),
    weights('w2', 1000),
    weights('w3', 1),
    floats('mask', [1, CHANNELS, 1, 1], [0, 1, 1, 1]),
  ],
  node: [
    node('Conv', ['x', 'w1'], ['a']),
    node('Relu', ['a'], ['r']),
    node('Mul', ['r', 'mask'], ['m']),
    node('Conv', ['m', 'w2'], ['b']),
    node('Relu', ['b'], ['s']),
    node('Conv', ['s', 'w3'], ['y']),
  ],
});

const feeds = {
  count: 4,
  inputs: [
    {
      name: 'x',
      type: 'float32' as const,
      dims: IMAGE,
      data: Float32Array.from(noise(4 * CHANNELS * 36)),
    },
  ],
};
const runner = sessionRunner(ort, feeds, false, GOES_ON);

async function made(leastSqnr: number) {
  const subject = copyModel(model);
  const recipe = readRecipe({
    version: 1,
    title: 'int8',
    steps: [{ technique: 'static-int8', options: { leastSqnr } }],
  });
  const context = { runner, progress: () => {}, signal: GOES_ON };
  const [report] = await compress(subject, recipe, context, () => 0);
  const outcomes = new Map(report?.decisions.map((each) => [each.node, each]));
  const reference = await referenceOf(model, runner);
  return { outcomes, ratio: await nearness(subject, reference, runner) };
}

it('leaves float what int8 would ruin, with what absorbs its Relu, and nothing else', async () => {
  const plain = await made(0);
  const careful = await made(15);
  expect(plain.ratio).toBeLessThan(15);
  expect(careful.ratio).toBeGreaterThan(plain.ratio + 10);
  expect(plain.outcomes.get('b')?.outcome).toBe('changed');
  expect(careful.outcomes.get('b')?.outcome).toBe('kept');
  expect(careful.outcomes.get('b')?.reason).toMatch(
    /^int8 would leave it an SQNR of only -?[\d.]+ dB/,
  );
  for (const other of ['a', 'y']) expect(careful.outcomes.get(other)?.outcome).toBe('changed');
});
