import * as ort from 'onnxruntime-web/wasm';
import * as v from 'valibot';
import { expect, it } from 'vitest';
import { fp16 } from '../../core/compress/fp16/fp16.ts';
import { floats, type GraphInit, modelOf, node, value } from '../../core/onnx/build.ts';
import { halfToNumber, numberToHalf } from '../../core/onnx/minifloat.ts';
import { type ModelProto, TensorProto_DataType as T } from '../../core/onnx/onnx_pb.ts';
import { concat, modelParts } from '../../core/onnx/write.ts';
import { seededRandom } from '../../core/tensors/random.ts';

ort.env.wasm.numThreads = 1;

function weights(name: string, dims: readonly number[], seed: number) {
  const { unit } = seededRandom(seed);
  const count = dims.reduce((a, b) => a * b, 1);
  return floats(
    name,
    dims,
    Array.from({ length: count }, () => unit() - 0.5),
  );
}

const branch = (name: string, opType: string): GraphInit => ({
  name,
  output: [value(`${name}_y`, T.FLOAT, 1, 8)],
  node: [node(opType, ['n'], [`${name}_y`])],
});

/** Convolution, resizing, pooling, normalization by hand, a mask, a recurrent layer and a branch. */
const graph = (): GraphInit => ({
  input: [value('x', T.FLOAT, 1, 3, 8, 8), value('c', T.BOOL)],
  output: [value('y', T.FLOAT, 1, 8), value('s', T.FLOAT, 1, 8)],
  initializer: [
    weights('w', [8, 3, 3, 3], 1),
    weights('b', [8], 2),
    floats('scales', [4], [1, 1, 1.5, 1.5]),
    weights('v', [8, 8], 3),
    floats('two', [], [2]),
    floats('eps', [], [1e-12]),
    floats('mask', [8], [0, 0, 0, 0, 0, 0, -3.4e38, -3.4e38]),
    weights('lw', [1, 32, 1], 4),
    weights('lr', [1, 32, 8], 5),
  ],
  node: [
    node('Conv', ['x', 'w', 'b'], ['h'], { pads: [1, 1, 1, 1] }),
    node('Relu', ['h'], ['r']),
    node('Resize', ['r', '', 'scales'], ['z'], { mode: 'linear' }),
    node('GlobalAveragePool', ['z'], ['g']),
    node('Flatten', ['g'], ['f']),
    node('Gemm', ['f', 'v'], ['m']),
    node('ReduceMean', ['m'], ['mean'], { axes: [-1] }),
    node('Sub', ['m', 'mean'], ['d']),
    node('Pow', ['d', 'two'], ['p']),
    node('ReduceMean', ['p'], ['var'], { axes: [-1] }),
    node('Add', ['var', 'eps'], ['e']),
    node('Sqrt', ['e'], ['q']),
    node('Div', ['d', 'q'], ['n']),
    node('If', ['c'], ['i'], {
      then_branch: branch('then', 'Tanh'),
      else_branch: branch('else', 'Neg'),
    }),
    node('Add', ['i', 'mask'], ['a']),
    node('Softmax', ['a'], ['s']),
    node('Constant', [], ['shape'], {
      value: { dims: [3n], dataType: T.INT64, int64Data: [8n, 1n, 1n] },
    }),
    node('Reshape', ['i', 'shape'], ['seq']),
    node('LSTM', ['seq', 'lw', 'lr'], ['', 'last'], { hidden_size: 8 }),
    node('Squeeze', ['last', 'axis'], ['y']),
    node('Constant', [], ['axis'], { value: { dims: [1n], dataType: T.INT64, int64Data: [0n] } }),
  ],
});

const X = Float32Array.from({ length: 3 * 8 * 8 }, seededRandom(9).unit);

async function run(model: ModelProto): Promise<Record<string, number[]>> {
  const session = await ort.InferenceSession.create(concat(modelParts(model)), {
    executionProviders: ['wasm'],
  });
  const half = session.inputMetadata.some((each) => each.isTensor && each.type === 'float16');
  const dims = [1, 3, 8, 8];
  const results = await session.run({
    x: half
      ? new ort.Tensor('float16', Uint16Array.from(X, numberToHalf), dims)
      : new ort.Tensor('float32', X, dims),
    c: new ort.Tensor('bool', [true], []),
  });
  const outputs = Object.entries(results).map(([name, { type, data }]) => {
    const numbers = Array.from(data as Float32Array | Uint16Array);
    return [name, type === 'float16' ? numbers.map(halfToNumber) : numbers] as const;
  });
  await session.release();
  return Object.fromEntries(outputs);
}

/** Signal by error, in dB. */
function sqnr(exact: readonly number[], close: readonly number[]): number {
  const power = exact.reduce((sum, x) => sum + x * x, 0);
  const noise = exact.reduce((sum, x, i) => sum + (x - (close[i] as number)) ** 2, 0);
  return 10 * Math.log10(power / noise);
}

it.each([
  ['with the original types at both ends', {}, 45],
  ['with float16 at both ends', { io: 'float16' }, 45],
  ['with nothing held back', { careful: false, keepOverflow: false }, 45],
  ['for storage only', { arithmetic: 'float32' }, 60],
])(
  'a float16 model runs and answers as float32 does, %s',
  async (_, options, least) => {
    // Files put nodes in order; so does the technique, but the original runs as it is.
    const given = graph();
    given.node = [...(given.node ?? [])].sort(
      (a, b) => Number(b.opType === 'Constant') - Number(a.opType === 'Constant'),
    );
    const exact = await run(modelOf(given));
    const model = modelOf(graph());
    await fp16.apply(model, v.parse(fp16.schema, options), {
      runner: null,
      progress: () => undefined,
      signal: new AbortController().signal,
    });
    const close = await run(model);
    for (const name of ['y', 's']) {
      expect(sqnr(exact[name] as number[], close[name] as number[])).toBeGreaterThan(least);
    }
    // What the mask hides stays hidden.
    expect(close['s']?.slice(6)).toEqual([0, 0]);
  },
  30_000,
);
