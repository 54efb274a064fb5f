import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  affineParams,
  INT8,
  INT16,
  quantizeOne,
  SYMMETRIC_INT8,
  symmetricParams,
  UINT8,
  UINT16,
} from './formulas.ts';

const finite = fc.float({ noNaN: true, min: -(2 ** 100), max: 2 ** 100 });
const types = fc.constantFrom(UINT8, INT8, UINT16, INT16);

describe('affine parameters', () => {
  it('equal what onnxruntime computes', () => {
    // compute_scale_zp(rmin, rmax, 0, 255) of onnxruntime 1.30.
    expect(affineParams(0, 6, UINT8)).toEqual({ scale: Math.fround(6 / 255), zeroPoint: 0 });
    expect(affineParams(-1, 1, UINT8)).toEqual({ scale: Math.fround(2 / 255), zeroPoint: 128 });
    expect(affineParams(-1, 1, INT8)).toEqual({ scale: Math.fround(2 / 255), zeroPoint: 0 });
  });

  it('extend a range to hold 0', () => {
    expect(affineParams(2, 4, UINT8)).toEqual(affineParams(0, 4, UINT8));
    expect(affineParams(-4, -2, UINT8)).toEqual({ scale: Math.fround(4 / 255), zeroPoint: 255 });
  });

  it('are 1 and 0 where there is nothing to tell apart', () => {
    expect(affineParams(0, 0, UINT8)).toEqual({ scale: 1, zeroPoint: 0 });
    expect(affineParams(-1e-45, 1e-45, INT8)).toEqual({ scale: 1, zeroPoint: 0 });
    expect(symmetricParams(0, UINT8)).toEqual({ scale: 1, zeroPoint: 0 });
    expect(symmetricParams(1e-38, INT8)).toEqual({ scale: 1, zeroPoint: 0 });
  });

  it('take the middle code for both signs alike', () => {
    expect(symmetricParams(1, UINT8).zeroPoint).toBe(128);
    expect(symmetricParams(1, UINT16).zeroPoint).toBe(32_768);
    expect(symmetricParams(127, SYMMETRIC_INT8)).toEqual({ scale: (2 * 127) / 254, zeroPoint: 0 });
  });

  it('err by half a step at most inside the range, and give 0 back as it was', () => {
    fc.assert(
      fc.property(
        finite,
        finite,
        fc.double({ min: 0, max: 1, noNaN: true }),
        types,
        (a, b, t, codes) => {
          const [low, high] = [Math.min(a, b), Math.max(a, b)];
          const params = affineParams(low, high, codes);
          const back = (x: number) =>
            (quantizeOne(x, params, codes) - params.zeroPoint) * params.scale;
          const x = Math.fround(low + t * (high - low));
          // At the ends the rounding of scale and zero point adds to that of the code.
          const [first, last] = [codes.min, codes.max].map(
            (q) => (q - params.zeroPoint) * params.scale,
          );
          const inside = Math.min(Math.max(x, first as number), last as number);
          // Scale and quotient are float32: each is off by a 2^24th at most, in steps of as many codes.
          const float32 = (codes.max - codes.min + 1) * 2 ** -24;
          const off = (steps: number) => params.scale * (steps + 2 * float32);
          expect(Math.abs(inside - back(x))).toBeLessThanOrEqual(off(0.5));
          expect(Math.abs(x - back(x))).toBeLessThanOrEqual(off(1));
          expect(back(0)).toBe(0);
        },
      ),
    );
  });

  it('give a code back what it stands for', () => {
    fc.assert(
      fc.property(
        finite,
        finite,
        types,
        fc.double({ min: 0, max: 1, noNaN: true }),
        (a, b, codes, t) => {
          const params = affineParams(Math.min(a, b), Math.max(a, b), codes);
          const code = Math.floor(codes.min + t * (codes.max - codes.min));
          const x = Math.fround((code - params.zeroPoint) * params.scale);
          expect(quantizeOne(x, params, codes)).toBe(code);
        },
      ),
    );
  });
});
