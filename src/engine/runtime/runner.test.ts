import { readFileSync } from 'node:fs';
import * as ort from 'onnxruntime-web/wasm';
import { describe, expect, it } from 'vitest';
import { compress } from '../../core/compress/compress.ts';
import { readRecipe } from '../../core/compress/recipe.ts';
import { summarise } from '../../core/models/summary.ts';
import { floats, modelOf, node, value } from '../../core/onnx/build.ts';
import { TensorProto_DataType as T } from '../../core/onnx/onnx_pb.ts';
import { readModel } from '../../core/onnx/read.ts';
import { concat, modelParts } from '../../core/onnx/write.ts';
import { randomFeeds } from '../../core/race/inputs.ts';
import type { FeedSet } from '../../core/tensors/tensors.ts';
import { sessionRunner } from './runner.ts';

ort.env.wasm.numThreads = 1;

const GOES_ON = { throwIfAborted: () => {} };

/** y = relu(x + 1), with a tensor of 40 MB beside it. */
const model = () =>
  modelOf({
    input: [value('x', T.FLOAT, 'n', 2)],
    output: [value('y', T.FLOAT, 'n', 2)],
    initializer: [floats('one', [1], [1]), floats('zeros', [5_000_000, 1])],
    node: [
      node('Add', ['x', 'one'], ['sum']),
      node('Relu', ['sum'], ['y']),
      node('Add', ['zeros', 'y'], ['wide']),
      node('Add', ['zeros', 'sum'], ['broad']),
    ],
  });

const feeds: FeedSet = {
  count: 2,
  inputs: [{ name: 'x', type: 'float32', dims: [1, 2], data: Float32Array.of(-3, 1, 5, -2) }],
};

async function seen(tensors: readonly string[], signal = GOES_ON) {
  const taken: [string, number, number[]][] = [];
  const runner = sessionRunner(ort, feeds, false, signal);
  await runner.observe(model(), tensors, ({ name, data }, input) => {
    taken.push([name, input, [...data.subarray(0, 2)]]);
  });
  return taken;
}

describe('sessionRunner', () => {
  it('hands over inputs and inner tensors, once for each input, input by input', async () => {
    expect(await seen(['sum', 'x', 'y'])).toEqual([
      ['x', 0, [-3, 1]],
      ['sum', 0, [-2, 2]],
      ['y', 0, [0, 2]],
      ['x', 1, [5, -2]],
      ['sum', 1, [6, -1]],
      ['y', 1, [6, 0]],
    ]);
  });

  it('hands over more than fits into one run', async () => {
    const taken = await seen(['wide', 'broad', 'y']);
    expect(taken.map(([name, input]) => `${name} ${input}`).sort()).toEqual([
      'broad 0',
      'broad 1',
      'wide 0',
      'wide 1',
      'y 0',
      'y 1',
    ]);
  });

  it('says what the runtime said, once', async () => {
    const broken = modelOf({
      input: [value('x', T.FLOAT, 'n', 2)],
      output: [value('y', T.FLOAT, 'n', 2)],
      node: [node('Relu', ['x'], ['y']), node('NoSuchOperator', ['x'], ['z'])],
    });
    const runner = sessionRunner(ort, feeds, false, GOES_ON);
    const failing = runner.observe(broken, ['y'], () => {});
    await expect(failing).rejects.toThrow(/^The model: the runtime said: (?!.*runtime said)/);
    await expect(failing).rejects.toHaveProperty('name', 'OperatorError');
  });

  it('tells in plain words of memory that ran out', async () => {
    const short = {
      ...ort,
      InferenceSession: { create: () => Promise.reject(new Error('std::bad_alloc')) },
    } as unknown as typeof ort;
    const failing = sessionRunner(short, feeds, false, GOES_ON).observe(model(), ['y'], () => {});
    await expect(failing).rejects.toThrow(
      'Memory ran out while the model was running on the inputs',
    );
    await expect(failing).rejects.toHaveProperty('name', 'OutOfMemoryError');
  });

  it('lets what goes wrong in the taker through as it is', async () => {
    const runner = sessionRunner(ort, feeds, false, GOES_ON);
    const failing = runner.observe(model(), ['y'], () => {
      throw new RangeError('not mine');
    });
    await expect(failing).rejects.toThrow(/^not mine$/);
  });

  it('stops between runs', async () => {
    const stopped = {
      throwIfAborted: () => {
        throw new Error('enough');
      },
    };
    await expect(seen(['y'], stopped)).rejects.toThrow('enough');
  });
});

describe('compress', () => {
  const recipe = readRecipe({ version: 1, title: 'int8', steps: [{ technique: 'static-int8' }] });
  const file = new Uint8Array(readFileSync('public/models/digits-fp32.onnx'));

  async function made() {
    const digits = readModel(file, 'digits');
    const noise = randomFeeds(summarise(digits).inputs, {}, 1, 4);
    const runner = sessionRunner(ort, noise, true, GOES_ON);
    const doing: string[] = [];
    const progress = (what: string, done: number, of: number) => {
      doing.push(`${what} ${done} of ${of}`);
    };
    const reports = await compress(digits, recipe, { runner, progress, signal: GOES_ON }, () => 0);
    return { bytes: concat(modelParts(digits)), doing, reports };
  }

  it('gives the same bytes twice, and tells what it does', async () => {
    const [a, b] = [await made(), await made()];
    expect(Buffer.compare(a.bytes, b.bytes)).toBe(0);
    expect(a.bytes.length).toBeLessThan(file.length / 3);
    expect(a.doing).toContain('Calibrating 2 of 4');
    expect(a.doing.at(-1)).toBe('Calibrating 4 of 4');
    const [report] = a.reports;
    const convolutions = report?.decisions.filter(({ operator }) => operator === 'Conv') ?? [];
    expect(convolutions.map(({ outcome }) => outcome)).toEqual(Array(5).fill('changed'));
  });

  it('says what is missing without inputs', async () => {
    const context = { runner: null, progress: () => {}, signal: GOES_ON };
    const pending = compress(readModel(file, 'digits'), recipe, context, () => 0);
    await expect(pending).rejects.toThrow('Static int8 needs inputs');
  });
});
