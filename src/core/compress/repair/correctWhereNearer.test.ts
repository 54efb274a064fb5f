import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { floats, modelOf, node, stored, value } from '../../onnx/build.ts';
import { type ModelProto, TensorProto_DataType as T } from '../../onnx/onnx_pb.ts';
import { tensorNumbers } from '../../onnx/tensors.ts';
import type { Context } from '../technique.ts';
import { certainShift } from './biasCorrection.ts';
import { correctWhereNearer } from './correctWhereNearer.ts';

const pixel = (name: string) => value(name, T.FLOAT, 1, 1, 1, 1);

const float = () =>
  modelOf({
    input: [pixel('x')],
    output: [pixel('y')],
    initializer: [floats('w', [1, 1, 1, 1], [1]), floats('b', [1], [10])],
    node: [
      node('Conv', ['x', 'w', 'b'], ['c']),
      node('Relu', ['c'], ['r']),
      node('Neg', ['r'], ['y']),
    ],
  });

/** Only the bias is quantized, in steps of 0.5, and the convolution has taken its Relu in. */
const quantized = () =>
  modelOf({
    input: [pixel('x')],
    output: [pixel('y')],
    initializer: [
      floats('w', [1, 1, 1, 1], [1]),
      stored('b_quantized', T.INT32, [1], Int32Array.of(20).buffer),
      floats('b_quantized_scale', [1], [0.5]),
    ],
    node: [
      node('DequantizeLinear', ['b_quantized', 'b_quantized_scale'], ['b']),
      node('Conv', ['x', 'w', 'b'], ['r']),
      node('Neg', ['r'], ['y']),
    ],
  });

const biasOf = ({ graph }: ModelProto): number => {
  const found = graph?.initializer.find(({ name }) => name === 'b_quantized');
  return found ? (tensorNumbers(found)[0] as number) : Number.NaN;
};

/**
 * What the convolution makes is 3 in the float model, and 2 more in the quantized one. The output
 * is -8 in the float model.
 * @param outputs of the quantized model, by the code of its bias
 */
const contextWith = (outputs: Readonly<Record<number, number>>): Context => ({
  runner: {
    count: 2,
    noise: false,
    observe: async (model, tensors, take) => {
      const code = biasOf(model);
      const isFloat = Number.isNaN(code);
      for (const input of [0, 1]) {
        for (const name of tensors) {
          const inner = isFloat ? 3 : 3 + 2 + (code - 20) / 2;
          const found = name === 'y' ? (isFloat ? -8 : (outputs[code] ?? 0)) : inner;
          take({ name, dims: [1, 1, 1, 1], data: Float32Array.of(found) }, input);
        }
      }
    },
  },
  progress: () => {},
  signal: { throwIfAborted: () => {} } as Context['signal'],
});

describe('correctWhereNearer', () => {
  it('keeps corrections that bring the outputs nearer, told by the name in the float model', async () => {
    const model = quantized();
    const context = contextWith({ 20: -6, 16: -7 });
    const decisions = await correctWhereNearer(float(), model, context);
    expect(biasOf(model)).toBe(16);
    expect(decisions).toMatchObject([{ node: 'c', operator: 'Conv', outcome: 'changed' }]);
  });

  it('takes back those that lead the outputs away, and says so', async () => {
    const model = quantized();
    const context = contextWith({ 20: -7, 16: -6 });
    const [decision] = await correctWhereNearer(float(), model, context);
    expect(biasOf(model)).toBe(20);
    expect(decision?.outcome).toBe('kept');
    expect(decision?.reason).toBe(
      'bias not corrected: corrections change the outputs’ SQNR from 18.1 to 12.0 dB',
    );
  });
});

describe('certainShift', () => {
  const inputs = (...shifts: readonly number[]) => shifts.map((x) => Float64Array.of(x));
  const zeros = (like: readonly unknown[]) => like.map(() => new Float64Array(1));
  const shift = (...shifts: readonly number[]) => certainShift(inputs(...shifts), zeros(shifts))[0];

  it('is the mean where inputs agree, or there is but one', () => {
    expect(shift(2, 2, 2)).toBe(2);
    expect(shift(2)).toBe(2);
    expect([...certainShift(inputs(5, 6), inputs(3, 4))]).toEqual([2]);
  });

  it('is nothing where they do not', () => {
    expect(shift(-1, 1.1)).toBe(0);
    // Mean 2, variance of the mean 1: three quarters of it are certain.
    expect(shift(1, 3)).toBeCloseTo(1.5, 12);
  });

  it('never goes past the mean, nor to its other side', () => {
    const number = fc.double({ min: -1e3, max: 1e3, noNaN: true });
    fc.assert(
      fc.property(fc.array(number, { minLength: 1, maxLength: 9 }), (shifts) => {
        const mean = shifts.reduce((a, b) => a + b, 0) / shifts.length;
        const found = (shift(...shifts) as number) * Math.sign(mean);
        expect(found).toBeGreaterThanOrEqual(0);
        expect(found).toBeLessThanOrEqual(Math.abs(mean) * (1 + 1e-12));
      }),
    );
  });
});
