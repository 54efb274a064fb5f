import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type BlockFormat, quantizeBlocks, type Runs } from './blocks.ts';
import { packMatrix } from './nbits.ts';

const formats: fc.Arbitrary<BlockFormat> = fc.record({
  bits: fc.constantFrom(4 as const, 8 as const),
  block: fc.constantFrom(16, 32, 64),
  symmetric: fc.boolean(),
});

const shapes = fc.record({
  outer: fc.integer({ min: 1, max: 3 }),
  length: fc.integer({ min: 1, max: 70 }),
  inner: fc.integer({ min: 1, max: 4 }),
});

const sizeOf = ({ outer, length, inner }: Runs) => outer * length * inner;

const numbers = (count: number) =>
  fc.float32Array({
    minLength: count,
    maxLength: count,
    noNaN: true,
    min: -(2 ** 60),
    max: 2 ** 60,
  });

const cases = fc
  .tuple(shapes, formats)
  .chain(([runs, format]) =>
    fc.tuple(fc.constant(runs), fc.constant(format), numbers(sizeOf(runs))),
  );

/** Place of the scale of each element. */
function scaleAt({ length, inner }: Runs, count: number, block: number, i: number): number {
  const run = Math.floor(i / (length * inner));
  const k = Math.floor(i / inner) % length;
  return (run * count + Math.floor(k / block)) * inner + (i % inner);
}

describe('blocks', () => {
  it('err by half a step, or by a whole one at the end that has a code less', () => {
    fc.assert(
      fc.property(cases, ([runs, format, data]) => {
        const { codes, scales, zeroPoints, count } = quantizeBlocks(data, runs, format) ?? never();
        expect(scales.length).toBe(runs.outer * runs.inner * Math.ceil(runs.length / format.block));
        data.forEach((x, i) => {
          const at = scaleAt(runs, count, format.block, i);
          const scale = scales[at] as number;
          const back = ((codes[i] as number) - (zeroPoints[at] as number)) * scale;
          // Zero points are rounded too, and codes below the smallest scale cannot be told from 0.
          const most = Math.abs(scale) * 1.001 + 2 ** -119;
          expect(Math.abs(x - back)).toBeLessThanOrEqual(most);
        });
      }),
    );
  });

  it('give 0 back as it was', () => {
    fc.assert(
      fc.property(cases, ([runs, format, data]) => {
        data[0] = 0;
        const { codes, zeroPoints } = quantizeBlocks(data, runs, format) ?? never();
        expect(codes[0]).toBe(zeroPoints[0]);
      }),
    );
  });

  it('do not depend on which way round a matrix is stored', () => {
    fc.assert(
      fc.property(cases, ([{ length, inner }, format, data]) => {
        const turned = new Float32Array(length * inner);
        for (let k = 0; k < length; k++) {
          for (let n = 0; n < inner; n++) turned[n * length + k] = data[k * inner + n] as number;
        }
        const packed = (numbers: Float32Array, runs: Runs) =>
          packMatrix(quantizeBlocks(numbers, runs, format) ?? never(), runs, format);
        const one = packed(data.slice(0, length * inner), { outer: 1, length, inner });
        expect(packed(turned, { outer: inner, length, inner: 1 })).toEqual(one);
      }),
    );
  });

  it('hold nothing that is not finite', () => {
    const runs = { outer: 1, length: 2, inner: 1 };
    const format = { bits: 4, block: 16, symmetric: true } as const;
    for (const bad of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
      expect(quantizeBlocks(Float32Array.of(1, bad), runs, format)).toBeNull();
    }
  });

  it('give the number furthest from 0 the lowest code, whatever its sign', () => {
    const runs = { outer: 1, length: 3, inner: 1 };
    const format = { bits: 4, block: 16, symmetric: true } as const;
    const { codes, scales } = quantizeBlocks(Float32Array.of(4, -2, 0.5), runs, format) ?? never();
    expect([...codes]).toEqual([0, 12, 7]);
    expect([...scales]).toEqual([-0.5]);
  });

  it('round halves away from zero', () => {
    const runs = { outer: 1, length: 4, inner: 1 };
    const format = { bits: 4, block: 16, symmetric: true } as const;
    const data = Float32Array.of(-8, 0.5, 1.5, 2.5);
    expect([...(quantizeBlocks(data, runs, format)?.codes ?? [])]).toEqual([0, 9, 10, 11]);
  });
});

describe('packed matrices', () => {
  it('have columns one after another, padded to whole blocks, the first code in the low half', () => {
    const runs = { outer: 1, length: 3, inner: 2 };
    const format = { bits: 4, block: 16, symmetric: false } as const;
    const data = Float32Array.of(0, 15, 1, 14, 15, 0);
    const packed = packMatrix(quantizeBlocks(data, runs, format) ?? never(), runs, format);
    // Column 0 is 0, 1, 15; column 1 is 15, 14, 0. The half after the last code repeats the second.
    expect([...packed.codes.subarray(0, 2)]).toEqual([0x10, 0x1f]);
    expect([...packed.codes.subarray(8, 10)]).toEqual([0xef, 0xe0]);
    expect([...packed.scales]).toEqual([1, 1]);
    // One block to a column: the other half is the middle code.
    expect([...packed.zeroPoints]).toEqual([0x80, 0x80]);
  });
});

function never(): never {
  throw new Error('These numbers are finite.');
}
