import { create } from '@bufbuild/protobuf';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { floats } from '../../onnx/build.ts';
import { type TensorProto, TensorProtoSchema } from '../../onnx/onnx_pb.ts';
import { tensorNumbers } from '../../onnx/tensors.ts';
import { halfTensor, MAX_HALF, overflowing } from './tensors.ts';

const tensor = (numbers: readonly number[], dims = [numbers.length]): TensorProto =>
  create(TensorProtoSchema, floats('w', dims, numbers));

const halves = (numbers: readonly number[]) => {
  const { tensor: made, clamped } = halfTensor(tensor(numbers));
  return { numbers: [...tensorNumbers(made)], clamped };
};

describe('halfTensor', () => {
  it('keeps finite numbers finite, and infinities and NaN as they are', () => {
    const given = [65_504, 65_519, 65_520, -3.4e38, Infinity, -Infinity, Number.NaN, 1];
    expect(halves(given)).toEqual({
      numbers: [MAX_HALF, MAX_HALF, MAX_HALF, -MAX_HALF, Infinity, -Infinity, Number.NaN, 1],
      clamped: 2,
    });
    expect(overflowing(tensor(given))).toBe(2);
  });

  it('never makes a lone epsilon zero, and zero nothing else', () => {
    expect(halves([1e-12]).numbers).toEqual([2 ** -24]);
    expect(halves([-1e-12]).numbers).toEqual([-(2 ** -24)]);
    expect(halves([0]).numbers).toEqual([0]);
  });

  it('rounds what is tiny in a longer tensor to zero', () => {
    expect(halves([1e-12, 2 ** -24, 1e-5]).numbers[0]).toBe(0);
  });

  it('reads weights at odd offsets of a file, and leaves them', () => {
    const file = new Uint8Array(9);
    file.set(new Uint8Array(Float32Array.of(1.5, -2).buffer), 1);
    const before = file.slice();
    const given = { ...tensor([0, 0]), rawData: file.subarray(1) };
    expect([...tensorNumbers(halfTensor(given).tensor)]).toEqual([1.5, -2]);
    expect(file).toEqual(before);
  });

  it('is within half a step of every number in range', () => {
    const inRange = fc.float({ noNaN: true, min: Math.fround(-65_504), max: Math.fround(65_504) });
    fc.assert(
      fc.property(fc.array(inRange, { minLength: 2, maxLength: 20 }), (given) => {
        halves(given).numbers.forEach((half, i) => {
          const x = given[i] as number;
          expect(Math.abs(half - x)).toBeLessThanOrEqual(
            Math.max(Math.abs(x) * 2 ** -11, 2 ** -25),
          );
        });
      }),
    );
  });
});
