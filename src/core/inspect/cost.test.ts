import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TensorProto_DataType as T } from '../onnx/onnx_pb.ts';
import { type Cost, type CostView, costOf, intensity } from './cost.ts';

type Attributes = Readonly<Record<string, number | readonly number[] | string>>;

/** A view of shapes; all of float32 unless a type stands before the sizes. */
function view(inputs: number[][], outputs: number[][], attributes: Attributes = {}): CostView {
  const sized = (shape: number[]) => ({ elem: T.FLOAT, shape });
  const read =
    <K>(test: (found: unknown) => found is K) =>
    (name: string) => {
      const found = attributes[name];
      return test(found) ? found : null;
    };
  return {
    inputs: inputs.map(sized),
    outputs: outputs.map(sized),
    int: read((found): found is number => typeof found === 'number'),
    ints: read((found): found is readonly number[] => Array.isArray(found)),
    text: read((found): found is string => typeof found === 'string'),
  };
}

const macs = (operator: string, ...given: Parameters<typeof view>) =>
  costOf(operator, view(...given))?.macs;

describe('MACs', () => {
  it.each<[string, string, number[][], number[][], Attributes, number]>([
    // |Y| * (Cin/g) * kernel
    [
      'a convolution',
      'Conv',
      [
        [1, 3, 8, 8],
        [16, 3, 3, 3],
      ],
      [[1, 16, 8, 8]],
      {},
      1024 * 27,
    ],
    [
      'a depthwise one',
      'Conv',
      [
        [1, 16, 8, 8],
        [16, 1, 3, 3],
      ],
      [[1, 16, 8, 8]],
      {},
      1024 * 9,
    ],
    // The weight of a quantized one stands after its input's scale and zero point.
    [
      'a quantized one',
      'QLinearConv',
      [[1, 3, 8, 8], [], [], [16, 3, 3, 3]],
      [[1, 16, 8, 8]],
      {},
      1024 * 27,
    ],
    // |X| * (Cout/g) * kernel
    [
      'a transposed one',
      'ConvTranspose',
      [
        [1, 4, 5, 5],
        [4, 8, 2, 2],
      ],
      [[1, 8, 10, 10]],
      {},
      100 * 32,
    ],
    [
      'a product of batches',
      'MatMul',
      [
        [2, 5, 7],
        [7, 3],
      ],
      [[2, 5, 3]],
      {},
      2 * 5 * 3 * 7,
    ],
    ['a product of vectors', 'MatMul', [[7], [7]], [[]], {}, 7],
    ['a Gemm', 'Gemm', [[5, 7], [7, 3], [3]], [[5, 3]], {}, 105],
    [
      'a Gemm of a transposed matrix',
      'Gemm',
      [
        [7, 5],
        [7, 3],
      ],
      [[5, 3]],
      { transA: 1 },
      105,
    ],
    // steps * batch * directions * 4H * (I + H)
    [
      'an LSTM',
      'LSTM',
      [
        [9, 2, 5],
        [1, 12, 5],
        [1, 12, 3],
      ],
      [[9, 1, 2, 3]],
      {},
      9 * 2 * 12 * 8,
    ],
    [
      'a sum of products by letters',
      'Einsum',
      [
        [2, 3],
        [3, 4],
      ],
      [[2, 4]],
      { equation: 'ij,jk->ik' },
      24,
    ],
    [
      'attention of heads',
      'Attention',
      [
        [1, 2, 5, 8],
        [1, 2, 7, 8],
        [1, 2, 7, 8],
      ],
      [[1, 2, 5, 8]],
      {},
      2 * 80 * 7,
    ],
    ['additions', 'Add', [[4], [4]], [[4]], {}, 0],
  ])('of %s', (_, operator, inputs, outputs, attributes, expected) => {
    expect(macs(operator, inputs, outputs, attributes)).toBe(expected);
  });
});

describe('operations', () => {
  it.each<[string, number[][], number[][], Attributes, number]>([
    [
      'Conv',
      [
        [1, 1, 2, 2],
        [1, 1, 1, 1],
      ],
      [[1, 1, 2, 2]],
      {},
      8,
    ],
    ['Gemm', [[5, 7], [7, 3], [3]], [[5, 3]], {}, 2 * 105 + 15],
    ['Relu', [[6]], [[6]], {}, 6],
    ['Sigmoid', [[6]], [[6]], {}, 60],
    ['MaxPool', [[1, 1, 4, 4]], [[1, 1, 2, 2]], { kernel_shape: [2, 2] }, 16],
    ['LayerNormalization', [[6]], [[6]], {}, 48],
    ['Transpose', [[6]], [[6]], {}, 0],
    ['Resize', [[1, 1, 2, 2]], [[1, 1, 4, 4]], { mode: 'linear' }, 16 * 7],
    ['Sum', [[6], [6], [6]], [[6]], {}, 12],
  ])('of %s', (operator, inputs, outputs, attributes, expected) => {
    expect(costOf(operator, view(inputs, outputs, attributes))?.flops).toBe(expected);
  });
});

describe('bytes', () => {
  it('are each input and output once', () => {
    expect(costOf('Add', view([[6], [6]], [[6]]))).toMatchObject({ read: 48, written: 24 });
  });

  it('of rows of a table are those of the rows', () => {
    const { read, written } = costOf('Gather', view([[1000, 8], [2]], [[2, 8]])) as Cost;
    expect([read, written]).toEqual([64 + 8, 64]);
  });

  it('of views are none', () => {
    expect(costOf('Reshape', view([[6]], [[2, 3]]))).toMatchObject({ read: 0, written: 0 });
  });

  it('give the intensity with the operations', () => {
    expect(intensity(costOf('Relu', view([[6]], [[6]])) as Cost)).toBe(6 / 48);
  });
});

it('an operator without a formula has no cost', () => {
  expect(costOf('Mystery', view([[6]], [[6]]))).toBeNull();
});

it('grows with the batch, and as fast', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 64 }), (batch) => {
      const one = costOf(
        'Conv',
        view(
          [
            [1, 3, 8, 8],
            [16, 3, 3, 3],
          ],
          [[1, 16, 8, 8]],
        ),
      ) as Cost;
      const all = costOf(
        'Conv',
        view(
          [
            [batch, 3, 8, 8],
            [16, 3, 3, 3],
          ],
          [[batch, 16, 8, 8]],
        ),
      ) as Cost;
      expect(all.macs).toBe(batch * one.macs);
      expect(all.written).toBe(batch * one.written);
    }),
  );
});
