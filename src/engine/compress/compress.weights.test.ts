import { parse } from 'valibot';
import { expect, it } from 'vitest';
import { quantizeWeights, WeightsOptions } from '../../core/compress/weights/weights.ts';
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

const gemm: NodeInit = node('Gemm', ['m', 'g', 'gb'], ['z'], { transB: 1 });
gemm.attribute = [
  ...(gemm.attribute ?? []),
  { name: 'alpha', type: A.FLOAT, f: -0.5 },
  { name: 'beta', type: A.FLOAT, f: 3 },
];

/** Convolutions of both kinds, products with an odd inner size and a stack of matrices. */
const CNN: GraphInit = {
  input: [value('x', T.FLOAT, 1, 4, 8, 8)],
  output: [value('z', T.FLOAT, 1, 6), value('s', T.FLOAT, 3, 1, 4)],
  initializer: [
    weights('w', [8, 4, 3, 3], 1),
    weights('b', [8], 2),
    weights('d', [8, 1, 3, 3], 3),
    weights('u', [8, 6, 2, 2], 4),
    weights('p', [1536, 45], 5),
    weights('g', [6, 45], 6),
    weights('gb', [1, 6], 7),
    weights('stack', [3, 45, 4], 8),
    integers('flat', [1, -1]),
  ],
  node: [
    node('Conv', ['x', 'w', 'b'], ['c'], { pads: [1, 1, 1, 1] }),
    node('Relu', ['c'], ['r']),
    node('Conv', ['r', 'd'], ['e'], { pads: [1, 1, 1, 1], group: 8 }),
    node('ConvTranspose', ['e', 'u'], ['o'], { strides: [2, 2] }),
    node('Reshape', ['o', 'flat'], ['f']),
    node('MatMul', ['f', 'p'], ['m']),
    node('MatMul', ['m', 'stack'], ['s']),
    gemm,
  ],
};

/** A table of words that is also the last product's weights, the other way round. */
const tied = (width: number): GraphInit => ({
  input: [value('ids', T.INT64, 2, 7)],
  output: [value('y', T.FLOAT, 2, 7, 30), value('words', T.FLOAT, 2, 7, width)],
  initializer: [weights('table', [30, width], 1), weights('q', [width, width], 2)],
  node: [
    node('Gather', ['table', 'ids'], ['words']),
    node('MatMul', ['words', 'q'], ['a']),
    node('Transpose', ['table'], ['turned'], { perm: [1, 0] }),
    node('MatMul', ['a', 'turned'], ['y']),
  ],
});

type Options = Partial<WeightsOptions>;

async function compare(graph: GraphInit, options: Options, version = 17) {
  const model = modelOf(graph, { opsetImport: [{ domain: '', version: BigInt(version) }] });
  const before = await runOnce(model);
  quantizeWeights(model, parse(WeightsOptions, options));
  const least = worstSqnr(before, await runOnce(model));
  const operators = model.graph?.node.map(({ opType }) => opType) ?? [];
  const bytes = model.graph?.initializer.reduce((sum, { rawData }) => sum + rawData.length, 0) ?? 0;
  return { least, operators, bytes, names: model.graph?.initializer.map(({ name }) => name) ?? [] };
}

const FORMS: [string, Options][] = [
  ['MatMulNBits', { form: 'fused' }],
  ['MatMulNBits with zero points', { form: 'fused', symmetric: false, block: 16 }],
  ['MatMulNBits in large blocks', { form: 'fused', block: 256 }],
  ['one scale for each output', { block: 0 }],
  ['DequantizeLinear', { form: 'standard' }],
  ['DequantizeLinear with zero points', { form: 'standard', symmetric: false, block: 16 }],
];

it.each(FORMS)('a convolutional model in %s gives nearly what it gave', async (_, options) => {
  const fine = await compare(CNN, options);
  expect(fine.least).toBeGreaterThan(36);
  const coarse = await compare(CNN, { ...options, bits: 4 });
  expect(coarse.least).toBeGreaterThan(12);
  expect(coarse.bytes).toBeLessThan(0.75 * fine.bytes);
});

it.each(FORMS)(
  'a model with tied embeddings in %s gives nearly what it gave',
  async (_, options) => {
    for (const width of [64, 40, 45]) {
      expect((await compare(tied(width), options)).least).toBeGreaterThan(34);
      expect((await compare(tied(width), { ...options, bits: 4 })).least).toBeGreaterThan(9);
    }
  },
);

it('a tied table is stored once', async () => {
  for (const bits of [4, 8] as const) {
    // 3 blocks to a row, and 4: zero points of 4 bits share bytes.
    for (const [symmetric, width] of [
      [true, 64],
      [false, 64],
      [false, 48],
    ] as const) {
      const { operators, names, least } = await compare(tied(width), {
        bits,
        symmetric,
        block: 16,
      });
      expect(operators.filter((each) => each === 'MatMulNBits')).toHaveLength(2);
      expect(operators).toContain('GatherBlockQuantized');
      expect(operators).not.toContain('Transpose');
      expect(names.filter((name) => /^table_Q\d$/.test(name))).toHaveLength(1);
      expect(least).toBeGreaterThan(bits === 4 ? 9 : 34);
    }
  }
  const { names } = await compare(tied(45), { form: 'standard' });
  expect(names.filter((name) => /^table_DQ_Q/.test(name))).toHaveLength(1);
});

it('old operator sets are raised where that is needed', async () => {
  const { least } = await compare(CNN, { form: 'standard', bits: 8 }, 11);
  expect(least).toBeGreaterThan(36);
});
