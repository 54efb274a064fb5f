import { parse } from 'valibot';
import { expect, it } from 'vitest';
import { DynamicOptions, quantizeDynamic } from '../../core/compress/dynamic/dynamic.ts';
import {
  type GraphInit,
  integers,
  modelOf,
  type NodeInit,
  node,
  value,
} from '../../core/onnx/build.ts';
import {
  AttributeProto_AttributeType as A,
  TensorProto_DataType as T,
} from '../../core/onnx/onnx_pb.ts';
import { runOnce, weights, worstSqnr } from './compressed.testing.ts';

const gemm: NodeInit = {
  ...node('Gemm', ['m', 'g', 'gb'], ['z'], { transB: 1 }),
};
gemm.attribute = [
  ...(gemm.attribute ?? []),
  { name: 'alpha', type: A.FLOAT, f: -0.5 },
  { name: 'beta', type: A.FLOAT, f: 3 },
];

/** Convolutions, dense, grouped and with uneven padding; then products of an odd inner size. */
const CNN: GraphInit = {
  input: [value('x', T.FLOAT, 1, 4, 8, 8)],
  output: [value('z', T.FLOAT, 1, 6)],
  initializer: [
    weights('w', [8, 4, 3, 3], 1),
    weights('b', [8], 2),
    weights('d', [8, 1, 3, 3], 3),
    weights('p', [5, 512], 4),
    weights('g', [6, 5], 5),
    weights('gb', [1, 6], 6),
    integers('flat', [1, -1]),
  ],
  node: [
    node('Conv', ['x', 'w', 'b'], ['c'], { pads: [2, 0, 0, 2] }),
    node('Relu', ['c'], ['r']),
    node('Conv', ['r', 'd'], ['e'], { pads: [1, 1, 1, 1], group: 8 }),
    node('Reshape', ['e', 'flat'], ['f']),
    node('Transpose', ['p'], ['pt'], { perm: [1, 0] }),
    node('MatMul', ['f', 'pt'], ['m']),
    gemm,
  ],
};

/** A table of words, an LSTM in two directions, a product of three axes and one with a stack of matrices. */
const RECURRENT: GraphInit = {
  input: [value('ids', T.INT64, 1, 7)],
  output: [value('y', T.FLOAT, 3, 7, 5), value('h', T.FLOAT, 2, 1, 6)],
  initializer: [
    weights('table', [30, 10], 1),
    weights('q', [10, 12], 2),
    weights('W', [2, 24, 12], 3),
    weights('R', [2, 24, 6], 4),
    weights('B', [2, 48], 5),
    weights('stack', [3, 12, 5], 6),
    integers('shape', [1, 7, 12]),
  ],
  node: [
    node('Gather', ['table', 'ids'], ['words']),
    node('MatMul', ['words', 'q'], ['a']),
    node('Transpose', ['a'], ['t'], { perm: [1, 0, 2] }),
    node('LSTM', ['t', 'W', 'R', 'B'], ['l', 'h'], { hidden_size: 6, direction: 'bidirectional' }),
    node('Transpose', ['l'], ['lt'], { perm: [2, 0, 1, 3] }),
    node('Reshape', ['lt', 'shape'], ['s']),
    node('MatMul', ['s', 'stack'], ['y']),
  ],
};

async function compare(
  graph: GraphInit,
  options: Partial<DynamicOptions>,
  version = 17,
): Promise<{ least: number; operators: string[] }> {
  const model = modelOf(graph, { opsetImport: [{ domain: '', version: BigInt(version) }] });
  const before = await runOnce(model);
  quantizeDynamic(model, parse(DynamicOptions, options));
  const least = worstSqnr(before, await runOnce(model));
  const operators = model.graph?.node.map(({ opType }) => opType) ?? [];
  return { least, operators };
}

it.each<[string, Partial<DynamicOptions>, number]>([
  ['the default types', {}, 17],
  ['a scale for each column', { perChannel: true }, 17],
  ['uint8 weights', { weights: 'uint8' }, 17],
  ['int8 weights of convolutions', { convWeights: 'int8' }, 17],
  ['an old operator set', {}, 9],
])('a convolutional model with %s gives nearly what it gave', async (_, options, version) => {
  const { least, operators } = await compare(CNN, options, version);
  expect(operators.filter((each) => each === 'ConvInteger')).toHaveLength(2);
  expect(operators.filter((each) => each === 'MatMulInteger')).toHaveLength(2);
  expect(operators).not.toContain('Transpose');
  expect(least).toBeGreaterThan(30);
});

it.each<[string, Partial<DynamicOptions>]>([
  ['the default types', {}],
  ['a scale for each column', { perChannel: true }],
  ['uint8 weights', { weights: 'uint8' }],
])('a recurrent model with %s gives nearly what it gave', async (_, options) => {
  const { least, operators } = await compare(RECURRENT, options);
  expect(operators.filter((each) => each === 'MatMulInteger')).toHaveLength(2);
  expect(operators).toContain('DynamicQuantizeLSTM');
  // The product reads the codes of the table as they are.
  expect(operators).not.toContain('DequantizeLinear');
  expect(least).toBeGreaterThan(26);
});

it('runs what moves codes between two products', async () => {
  const graph: GraphInit = {
    input: [value('x', T.FLOAT, 1, 4, 8, 8)],
    output: [value('y', T.FLOAT, 1, 4, 8, 3), value('z', T.FLOAT, 1, 4, 8, 3)],
    initializer: [weights('a', [8, 3], 1), weights('b', [8, 3], 2)],
    node: [
      node('MatMul', ['x', 'a'], ['y']),
      node('Transpose', ['x'], ['t'], { perm: [0, 1, 3, 2] }),
      node('MatMul', ['t', 'b'], ['z']),
    ],
  };
  const { least, operators } = await compare(graph, {});
  expect(operators.filter((each) => each === 'DynamicQuantizeLinear')).toHaveLength(1);
  expect(least).toBeGreaterThan(30);
});

it('fused attention and its table of embeddings run in integers', async () => {
  const microsoft = <N extends object>(made: N): N => ({ ...made, domain: 'com.microsoft' });
  const graph: GraphInit = {
    input: [value('ids', T.INT32, 1, 7)],
    output: [value('y', T.FLOAT, 1, 7, 8)],
    initializer: [
      weights('words', [30, 8], 1),
      weights('places', [9, 8], 2),
      weights('gamma', [8], 3),
      weights('beta', [8], 4),
      weights('w', [8, 24], 5),
      weights('b', [24], 6),
    ],
    node: [
      microsoft(
        node(
          'EmbedLayerNormalization',
          ['ids', '', 'words', 'places', '', 'gamma', 'beta'],
          ['e', 'mask'],
        ),
      ),
      microsoft(node('Attention', ['e', 'w', 'b'], ['y'], { num_heads: 2 })),
    ],
  };
  const model = modelOf(graph, {
    opsetImport: [
      { domain: '', version: 17n },
      { domain: 'com.microsoft', version: 1n },
    ],
  });
  const before = await runOnce(model);
  quantizeDynamic(model, parse(DynamicOptions, { perChannel: true }));
  const operators = model.graph?.node.map(({ opType }) => opType) ?? [];
  expect(operators).toEqual(expect.arrayContaining(['QAttention', 'QEmbedLayerNormalization']));
  expect(worstSqnr(before, await runOnce(model))).toBeGreaterThan(26);
});
