import { Fault } from '../../errors.ts';
import type { TensorProto } from '../../onnx/onnx_pb.ts';
import { tensorBytes } from '../../onnx/tensors.ts';
import { roundHalfEven } from '../../rounding.ts';
import { affineParams, INT32, symmetricParams } from '../formulas.ts';
import { type ChannelLayout, channelRanges, layoutOf, quantizeChannels } from './channels.ts';
import type { ConstantMark } from './marks.ts';
import { type CodeType, WEIGHT_TYPE } from './types.ts';

/** float32 elements, times a factor; a view of the file where that will do. Not to be written to. */
export function floatsOf(tensor: TensorProto, factor: number): Float32Array {
  const bytes = tensorBytes(tensor);
  const aligned = bytes.byteOffset % 4 === 0 ? bytes : new Uint8Array(bytes);
  const floats = new Float32Array(aligned.buffer, aligned.byteOffset, aligned.byteLength / 4);
  return factor === 1 ? floats : floats.map((x) => x * factor);
}

/** A constant with the parameters of its codes, before they are written. */
export interface Quantizer {
  readonly mark: ConstantMark;
  readonly type: CodeType;
  readonly layout: ChannelLayout;
  /** One for each channel; a bias may raise them. */
  readonly scales: Float32Array;
  readonly zeroPoints: Int32Array;
}

/**
 * Scales and zero points of a constant.
 * @param activations the type of constants that are no weights
 * @throws Fault CompressError for NaN and infinite numbers
 */
export function quantizerOf(
  mark: ConstantMark,
  activations: CodeType,
  symmetric: boolean,
): Quantizer {
  const { tensor, name, role, axis, factor } = mark;
  const type = role === 'weight' ? WEIGHT_TYPE : activations;
  const layout = layoutOf(tensor.dims.map(Number), axis);
  const { low, high } = channelRanges(floatsOf(tensor, factor), layout);
  const scales = new Float32Array(layout.channels);
  const zeroPoints = new Int32Array(layout.channels);
  for (let c = 0; c < layout.channels; c++) {
    const from = low[c] as number;
    const to = high[c] as number;
    if (Number.isNaN(from)) {
      throw new Fault(
        'CompressError',
        `The weights "${name}" hold numbers that are not finite (NaN or infinity), which have no codes.`,
      );
    }
    const params =
      role === 'weight' || symmetric
        ? symmetricParams(Math.max(-from, to), type.symmetric)
        : affineParams(from, to, type.codes);
    scales[c] = params.scale;
    zeroPoints[c] = params.zeroPoint;
  }
  return { mark, type, layout, scales, zeroPoints };
}

/** The codes of a constant. */
export const codesOf = ({ mark, type, layout, scales, zeroPoints }: Quantizer) => {
  const data = floatsOf(mark.tensor, mark.factor);
  return quantizeChannels(data, layout, scales, zeroPoints, type.codes, type.array(data.length));
};

/** int32 has this many steps, and the edge is kept clear by a hair. */
const STEPS = 2 ** 32 - 2;
const CLEARANCE = 1.0001;

/** The smallest scale at which a bias fits into int32; float32 or float64 as NumPy 2 computes it. */
const roomFor = {
  channel: (bias: number) => Math.fround(Math.fround(CLEARANCE) * (2 * Math.abs(bias))) / STEPS,
  tensor: (peak: number) => (CLEARANCE * (2 * peak)) / STEPS,
};

/**
 * Raises the scales of weights so far that a bias, whose scale is their product with the input's,
 * fits into int32 (`_adjust_weight_scale_for_int32_bias` in onnxruntime's qdq_quantizer.py).
 */
export function makeRoomForBias(
  scales: Float32Array,
  bias: Float32Array,
  input: number,
  perChannel: boolean,
): void {
  let peak = 0;
  for (const b of bias) peak = Math.max(peak, Math.abs(b));
  scales.forEach((scale, c) => {
    const needed = perChannel ? roomFor.channel(bias[c] ?? 0) : roomFor.tensor(peak);
    const given = input * scale;
    if (given < needed && given > 0) scales[c] = scale * (needed / given);
  });
}

/** A bias as int32, with the scales that its codes have. */
export function quantizeBias(
  bias: Float32Array,
  input: number,
  weights: Float32Array,
): { codes: Int32Array; scales: Float32Array } {
  const scales = weights.map((weight) => Math.fround(input * weight));
  const codes = new Int32Array(bias.length);
  for (let i = 0; i < bias.length; i++) {
    const scale = (scales.length === 1 ? scales[0] : scales[i]) as number;
    const code = roundHalfEven((bias[i] as number) / scale);
    codes[i] = Math.min(INT32.max, Math.max(INT32.min, code));
  }
  return { codes, scales };
}
