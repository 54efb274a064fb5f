import * as ort from 'onnxruntime-web/wasm';
import { expect, it } from 'vitest';
import type { QuantizeOptions } from '../../core/compress/static/decide.ts';
import { planStatic, quantizeStatic } from '../../core/compress/static/quantize.ts';
import { floats, type GraphInit, integers, modelOf, node, value } from '../../core/onnx/build.ts';
import { withOutputs } from '../../core/onnx/edit.ts';
import {
  AttributeProto_AttributeType as A,
  type ModelProto,
  TensorProto_DataType as T,
} from '../../core/onnx/onnx_pb.ts';
import { concat, modelParts } from '../../core/onnx/write.ts';
import { seededRandom } from '../../core/tensors/random.ts';

ort.env.wasm.numThreads = 1;

const DEFAULTS: QuantizeOptions = {
  activations: 'uint8',
  symmetric: false,
  perChannel: true,
  cover: 'fused',
  leaveOut: [],
  keep: [],
  sparing: true,
};

function random(count: number, seed: number): number[] {
  const { unit } = seededRandom(seed);
  return Array.from({ length: count }, () => unit() - 0.5);
}

const weights = (name: string, dims: readonly number[], seed: number) =>
  floats(
    name,
    dims,
    random(
      dims.reduce((a, b) => a * b, 1),
      seed,
    ),
  );

const INPUT = [1, 4, 8, 8];

/** A residual block with a depthwise convolution, pools, a branch, and Gemm with alpha and beta. */
function graph(): GraphInit {
  const branch = (name: string, opType: string): GraphInit => ({
    name,
    output: [value(`${name}_y`, T.FLOAT, 1, 8)],
    node: [node(opType, ['f'], [`${name}_y`])],
  });
  const gemm = node('Gemm', ['j', 'g', 'gb'], ['z'], { transB: 1 }) as { attribute: object[] };
  gemm.attribute.push(
    { name: 'alpha', type: A.FLOAT, f: -0.5 },
    { name: 'beta', type: A.FLOAT, f: 3 },
  );
  return {
    input: [value('x', T.FLOAT, ...INPUT)],
    output: [value('y', T.FLOAT, 1, 6), value('r', T.FLOAT, 1, 8, 8, 8)],
    initializer: [
      weights('w', [8, 4, 3, 3], 1),
      weights('b', [8], 2),
      weights('d', [8, 1, 3, 3], 3),
      weights('p', [8, 8, 1, 1], 4),
      weights('g', [6, 8], 5),
      weights('gb', [1, 6], 6),
      floats('zero', [], [0]),
      floats('six', [], [0.4]),
      integers('flat', [0, -1]),
    ],
    node: [
      node('Conv', ['x', 'w', 'b'], ['c'], { pads: [1, 1, 1, 1] }),
      node('Relu', ['c'], ['r']),
      node('Conv', ['r', 'd'], ['e'], { pads: [1, 1, 1, 1], group: 8 }),
      node('Clip', ['e', 'zero', 'six'], ['k']),
      node('Conv', ['k', 'p', 'b'], ['q']),
      node('Add', ['q', 'r'], ['s']),
      node('MaxPool', ['s'], ['m'], { kernel_shape: [2, 2], strides: [2, 2] }),
      node('GlobalAveragePool', ['m'], ['a']),
      node('Reshape', ['a', 'flat'], ['f']),
      node('Constant', [], ['yes'], {
        value: { dataType: T.BOOL, dims: [], rawData: Uint8Array.of(1) },
      }),
      node('If', ['yes'], ['i'], {
        then_branch: branch('then', 'Tanh'),
        else_branch: branch('else', 'Neg'),
      }),
      node('Add', ['i', 'f'], ['j']),
      gemm,
      node('Softmax', ['z'], ['y'], { axis: 1 }),
    ],
  };
}

async function run(model: ModelProto): Promise<ort.InferenceSession.OnnxValueMapType> {
  const session = await ort.InferenceSession.create(concat(modelParts(model)));
  try {
    const data = Float32Array.from(random(256, 7));
    return await session.run({ x: new ort.Tensor('float32', data, INPUT) });
  } finally {
    await session.release();
  }
}

const numbers = (tensor: ort.OnnxValue | undefined) => (tensor as ort.TypedTensor<'float32'>).data;

/** Ranges seen in one run. */
async function ranges(model: ModelProto, names: readonly string[]) {
  const seen = await run(withOutputs(model, names));
  return new Map(
    names.map((name) => {
      const data = name === 'x' ? random(256, 7) : [...numbers(seen[name])];
      return [name, { low: Math.min(...data), high: Math.max(...data) }];
    }),
  );
}

/** Signal to quantization noise, in decibels. */
function sqnr(exact: Float32Array, quantized: Float32Array): number {
  let signal = 0;
  let noise = 0;
  exact.forEach((x, i) => {
    signal += x * x;
    noise += (x - (quantized[i] as number)) ** 2;
  });
  return 10 * Math.log10(signal / noise);
}

const opset = (version: number) => ({ opsetImport: [{ domain: '', version: BigInt(version) }] });

it.each<[string, Partial<QuantizeOptions>, number, number]>([
  ['uint8', {}, 17, 28],
  ['one scale for all weights', { perChannel: false }, 17, 28],
  ['int8', { activations: 'int8' }, 17, 28],
  ['symmetric int8', { activations: 'int8', symmetric: true }, 17, 28],
  ['uint16', { activations: 'uint16' }, 17, 36],
  ['int16 at its own operator set', { activations: 'int16' }, 21, 36],
  ['everything', { cover: 'all', sparing: false }, 17, 28],
  ['an old operator set', {}, 11, 28],
])('a model quantized to %s gives nearly what it gave', async (_, options, version, least) => {
  const model = modelOf(graph(), opset(version));
  const all = { ...DEFAULTS, ...options };
  const before = await run(model);
  const known = await ranges(
    model,
    planStatic(model, all).filter((name) => name !== ''),
  );
  const decisions = quantizeStatic(model, known, all);
  expect(decisions.filter(({ outcome }) => outcome === 'changed').length).toBeGreaterThan(3);
  const after = await run(model);
  for (const name of ['y', 'r']) {
    expect(sqnr(numbers(before[name]), numbers(after[name]))).toBeGreaterThan(least);
  }
});
