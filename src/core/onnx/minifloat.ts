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

const FLOAT = new Float32Array(1);
const FLOAT_BITS = new Uint32Array(FLOAT.buffer);

/**
 * The binary16 nearest to a float32, ties to even, both as their bits; subnormals as IEEE 754 has
 * them, and infinity from 65520 on. NaN loses its payload.
 */
export function floatBitsToHalf(bits: number): number {
  const sign = (bits >>> 16) & 0x8000;
  const magnitude = bits & 0x7fff_ffff;
  if (magnitude > 0x7f80_0000) return sign | 0x7e00;
  if (magnitude >= 0x477f_f000) return sign | 0x7c00;
  if (magnitude >= 0x3880_0000) {
    // The exponents' biases differ by 112; 13 bits of the fraction fall away.
    const rebased = magnitude - 0x3800_0000;
    return sign | ((rebased + 0xfff + ((rebased >>> 13) & 1)) >>> 13);
  }
  if (magnitude <= 0x3300_0000) return sign;
  // Below 2^-14 a binary16 counts in steps of 2^-24.
  const shift = 126 - (magnitude >>> 23);
  const significand = (magnitude & 0x7f_ffff) | 0x80_0000;
  const steps = significand >>> shift;
  const rest = significand & ((1 << shift) - 1);
  const tie = 1 << (shift - 1);
  return sign | (rest > tie || (rest === tie && steps & 1) ? steps + 1 : steps);
}

/** The bits of the binary16 nearest to a number, ties to even; as `floatBitsToHalf`. */
export function numberToHalf(x: number): number {
  FLOAT[0] = x;
  const nearest = FLOAT[0] as number;
  let bits = FLOAT_BITS[0] as number;
  // Rounded twice, a number could land on the wrong side of a tie: so first toward zero, with the
  // last bit set for what was cut off ("round to odd", Boldo and Melquiond 2005).
  if (nearest !== x && !Number.isNaN(x)) {
    bits = (Math.abs(nearest) > Math.abs(x) ? bits - 1 : bits) | 1;
  }
  return floatBitsToHalf(bits);
}
