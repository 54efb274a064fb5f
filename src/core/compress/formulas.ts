/**
 * Affine quantization, q = clip(round(x / scale) + zero point), rounded as onnxruntime does it
 * (onnxruntime/python/tools/quantization/quant_utils.py): which steps are float32 and which
 * float64 decides the last bit.
 */

import { roundHalfEven } from '../rounding.ts';

/** Codes of an integer type. */
export interface CodeRange {
  readonly min: number;
  readonly max: number;
}

export const UINT8: CodeRange = { min: 0, max: 255 };
export const UINT16: CodeRange = { min: 0, max: 65_535 };
export const INT8: CodeRange = { min: -128, max: 127 };
/** Symmetric types leave the lowest code out, so that no number lacks its negative. */
export const SYMMETRIC_INT8: CodeRange = { min: -127, max: 127 };
export const INT16: CodeRange = { min: -32_768, max: 32_767 };
export const SYMMETRIC_INT16: CodeRange = { min: -32_767, max: 32_767 };
export const INT32: CodeRange = { min: -(2 ** 31), max: 2 ** 31 - 1 };

/** How numbers and codes correspond: x = (q - zeroPoint) * scale. */
export interface QuantParams {
  /** A float32. */
  readonly scale: number;
  readonly zeroPoint: number;
}

/** The smallest normal float32; smaller scales would divide by nothing. */
const SMALLEST_SCALE = 2 ** -126;

/** Scale and zero point for a range of float32 numbers, which is extended to hold 0. */
export function affineParams(low: number, high: number, codes: CodeRange): QuantParams {
  const from = Math.min(low, 0);
  const to = Math.max(high, 0);
  const scale = Math.fround(to - from) / (codes.max - codes.min);
  if (!(scale >= SMALLEST_SCALE)) return { scale: 1, zeroPoint: 0 };
  const zeroPoint = roundHalfEven(codes.min - from / scale);
  return { scale: Math.fround(scale), zeroPoint };
}

/** Scale for numbers of both signs up to `peak`; the zero point is the middle code, whatever the scale. */
export function symmetricParams(peak: number, codes: CodeRange): QuantParams {
  const scale = Math.fround(2 * peak) / (codes.max - codes.min);
  if (!(scale >= SMALLEST_SCALE)) return { scale: 1, zeroPoint: 0 };
  return {
    scale: Math.fround(scale),
    zeroPoint: roundHalfEven((codes.min + codes.max) / 2),
  };
}

/** The code of a number. Division is float32, as numpy's and the runtime's. */
export function quantizeOne(
  x: number,
  { scale, zeroPoint }: QuantParams,
  codes: CodeRange,
): number {
  const code = roundHalfEven(Math.fround(x / scale)) + zeroPoint;
  return Math.min(codes.max, Math.max(codes.min, code));
}
