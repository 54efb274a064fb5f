import { TensorProto_DataType as T } from './onnx_pb.ts';

/** A small binary floating-point format, as ONNX stores it. */
interface Format {
  readonly exponent: number;
  readonly fraction: number;
  readonly bias: number;
  /** What the patterns at the top of the range mean. */
  readonly top: 'ieee' | 'nan-only' | 'finite' | 'nan-at-minus-zero';
}

/**
 * IEEE 754 binary16 and bfloat16; float8 after Micikevicius et al., "FP8 Formats for Deep Learning"
 * (2209.05433) and, for the UZ forms, Noune et al. (2206.02915); float4 and float6 after the OCP
 * microscaling formats, v1.0. All as listed in the ONNX documentation, "Float stored in 8 bits".
 */
const FORMATS: ReadonlyMap<number, Format> = new Map<number, Format>([
  [T.FLOAT16, { exponent: 5, fraction: 10, bias: 15, top: 'ieee' }],
  [T.BFLOAT16, { exponent: 8, fraction: 7, bias: 127, top: 'ieee' }],
  [T.FLOAT8E4M3FN, { exponent: 4, fraction: 3, bias: 7, top: 'nan-only' }],
  [T.FLOAT8E4M3FNUZ, { exponent: 4, fraction: 3, bias: 8, top: 'nan-at-minus-zero' }],
  [T.FLOAT8E5M2, { exponent: 5, fraction: 2, bias: 15, top: 'ieee' }],
  [T.FLOAT8E5M2FNUZ, { exponent: 5, fraction: 2, bias: 16, top: 'nan-at-minus-zero' }],
  [T.FLOAT6E2M3, { exponent: 2, fraction: 3, bias: 1, top: 'finite' }],
  [T.FLOAT6E3M2, { exponent: 3, fraction: 2, bias: 3, top: 'finite' }],
  [T.FLOAT4E2M1, { exponent: 2, fraction: 1, bias: 1, top: 'finite' }],
]);

function decode(bits: number, { exponent, fraction, bias, top }: Format): number {
  const sign = bits >> (exponent + fraction) ? -1 : 1;
  const e = (bits >> fraction) & ((1 << exponent) - 1);
  const f = bits & ((1 << fraction) - 1);
  const last = (1 << exponent) - 1;
  if (top === 'ieee' && e === last) return f === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  if (top === 'nan-only' && e === last && f === (1 << fraction) - 1) return Number.NaN;
  if (top === 'nan-at-minus-zero' && sign === -1 && e === 0 && f === 0) return Number.NaN;
  const scale = 2 ** -fraction;
  return e === 0 ? sign * f * scale * 2 ** (1 - bias) : sign * (1 + f * scale) * 2 ** (e - bias);
}

/** A decoder from bit patterns to numbers, or null when the type is none of these formats. */
export function minifloatDecoder(code: number): ((bits: number) => number) | null {
  // Eight exponent bits and nothing else: a power of two, for scales; all ones is NaN.
  if (code === T.FLOAT8E8M0) return (bits) => (bits === 255 ? Number.NaN : 2 ** (bits - 127));
  const format = FORMATS.get(code);
  return format ? (bits) => decode(bits, format) : null;
}

const HALF = FORMATS.get(T.FLOAT16) as Format;
/** IEEE 754 binary16 from its bits; for browsers without Float16Array. */
export const halfToNumber = (bits: number): number => decode(bits, HALF);
