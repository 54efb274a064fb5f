import * as ort from 'onnxruntime-web/wasm';
import { expect, it } from 'vitest';
import { guardKept } from '../../core/compress/static/guard.ts';
import {
  floats,
  modelOf,
  type NodeInit,
  node,
  stored,
  type TensorInit,
  value,
} from '../../core/onnx/build.ts';
import { type ModelProto, TensorProto_DataType as T } from '../../core/onnx/onnx_pb.ts';
import { concat, modelParts } from '../../core/onnx/write.ts';
import { seededRandom } from '../../core/tensors/random.ts';

ort.env.wasm.numThreads = 1;

function random(count: number, seed: number): number[] {
  const { unit } = seededRandom(seed);
  return Array.from({ length: count }, () => unit() - 0.5);
}

/** Of channels so different in size that one scale for all of them would leave nothing of the small ones. */
const uneven = (count: number, channels: number, isColumn: boolean) =>
  random(count, 3).map((x, i) => {
    const channel = isColumn ? i % channels : Math.floor(i / (count / channels));
    return x * 10 ** -channel;
  });

const scale = (name: string, code: number): TensorInit[] => [
  floats(`${name}_s`, [], [name === 'y' ? 1e-4 : 1 / 255]),
  stored(`${name}_z`, T.UINT8, [], Uint8Array.of(code).buffer),
];

/** Float nodes where onnxruntime quantizes weights by itself: between codes. */
const between = (dims: readonly number[], inside: NodeInit[], weights: TensorInit[]): ModelProto =>
  modelOf({
    input: [value('x', T.FLOAT, ...dims)],
    output: [value('z', T.FLOAT, ...dims.map((_, axis) => `n${axis}`))],
    initializer: [...scale('x', 128), ...scale('y', 128), ...weights],
    node: [
      node('QuantizeLinear', ['x', 'x_s', 'x_z'], ['q']),
      node('DequantizeLinear', ['q', 'x_s', 'x_z'], ['d']),
      ...inside,
      node('QuantizeLinear', ['y', 'y_s', 'y_z'], ['r']),
      node('DequantizeLinear', ['r', 'y_s', 'y_z'], ['z']),
    ],
  });

async function run(
  model: ModelProto,
  dims: readonly number[],
  graphOptimizationLevel: 'all' | 'disabled',
): Promise<Float32Array> {
  const session = await ort.InferenceSession.create(concat(modelParts(model)), {
    graphOptimizationLevel,
    logSeverityLevel: 3,
  });
  const data = Float32Array.from(
    random(
      dims.reduce((a, b) => a * b, 1),
      5,
    ),
  );
  const { z } = await session.run({ x: new ort.Tensor('float32', data, [...dims]) });
  await session.release();
  return z?.data as Float32Array;
}

/** Share of numbers that are as the file says, and not as if its weights had been rounded. */
async function exact(model: ModelProto, dims: readonly number[]): Promise<number> {
  const meant = await run(model, dims, 'disabled');
  const given = await run(model, dims, 'all');
  return given.filter((x, i) => Math.abs(x - (meant[i] ?? 0)) < 1e-6).length / given.length;
}

const IMAGE = [1, 3, 8, 8];
const ROWS = [1, 6, 8];

it.each<[string, readonly number[], () => [NodeInit[], TensorInit[]]]>([
  [
    'a convolution',
    IMAGE,
    () => [
      [node('Conv', ['d', 'w', 'b'], ['y'])],
      [floats('w', [4, 3, 1, 1], uneven(12, 4, false)), floats('b', [4])],
    ],
  ],
  [
    'a depthwise convolution with a Relu, without bias',
    IMAGE,
    () => [
      [node('Conv', ['d', 'w'], ['c'], { group: 3 }), node('Relu', ['c'], ['y'])],
      [floats('w', [3, 1, 3, 3], uneven(27, 3, false))],
    ],
  ],
  [
    'a Gemm',
    [6, 8],
    () => [
      [node('Gemm', ['d', 'w', 'b'], ['y'])],
      [floats('w', [8, 4], uneven(32, 4, true)), floats('b', [4])],
    ],
  ],
  [
    'a Gemm without bias',
    [6, 8],
    () => [[node('Gemm', ['d', 'w'], ['y'])], [floats('w', [8, 4], uneven(32, 4, true))]],
  ],
  [
    'a MatMul with an Add',
    ROWS,
    () => [
      [node('MatMul', ['d', 'w'], ['m']), node('Add', ['m', 'b'], ['y'])],
      [floats('w', [8, 4], uneven(32, 4, true)), floats('b', [4])],
    ],
  ],
])('%s between codes stays float only with its guard', async (_, dims, make) => {
  expect(await exact(between(dims, ...make()), dims)).toBeLessThan(0.9);
  const model = between(dims, ...make());
  expect(guardKept(model)).toHaveLength(1);
  expect(await exact(model, dims)).toBeGreaterThan(0.99);
});
