import { create } from '@bufbuild/protobuf';
import { floatBitsToHalf } from '../../onnx/minifloat.ts';
import {
  TensorProto_DataType as T,
  type TensorProto,
  TensorProtoSchema,
} from '../../onnx/onnx_pb.ts';
import { tensorBytes } from '../../onnx/tensors.ts';

/** The largest finite float16, as a number and as its bits. */
export const MAX_HALF = 65_504;
const MAX_HALF_BITS = 0x7bff;
/** From here on a number rounds to infinity: half a step past the largest. */
const OVERFLOW_BITS = 0x477f_f000;
const INFINITY_BITS = 0x7f80_0000;

export interface HalfTensor {
  readonly tensor: TensorProto;
  /** Finite numbers past ±65504, which became ±65504. */
  readonly clamped: number;
}

/** Float32 raw data as bit patterns, copied only where it is not aligned. */
function bitsOf(tensor: TensorProto): Uint32Array {
  const bytes = tensorBytes(tensor);
  const aligned = bytes.byteOffset % 4 === 0 ? bytes : bytes.slice();
  return new Uint32Array(aligned.buffer, aligned.byteOffset, aligned.length / 4);
}

/** Finite numbers of a float32 tensor that float16 cannot hold. */
export function overflowing(tensor: TensorProto): number {
  let found = 0;
  const bits = bitsOf(tensor);
  // An iterator would take seven times as long.
  for (let i = 0; i < bits.length; i++) {
    const magnitude = (bits[i] as number) & 0x7fff_ffff;
    if (magnitude >= OVERFLOW_BITS && magnitude < INFINITY_BITS) found += 1;
  }
  return found;
}

/**
 * A float32 tensor in float16: each number to the nearest, ties to even. Finite numbers stay
 * finite: past ±65504 they become that, as masks of -3.4e38 must, of which two are added where
 * -inf minus -inf would be NaN. Infinities and NaN stay what they are. A tensor of one number
 * that is not zero does not become zero: it is the epsilon of a division.
 * @throws Fault as `tensorBytes`
 */
export function halfTensor(tensor: TensorProto, name = tensor.name): HalfTensor {
  const bits = bitsOf(tensor);
  const halves = new Uint16Array(bits.length);
  let clamped = 0;
  for (let i = 0; i < bits.length; i++) {
    const from = bits[i] as number;
    let half = floatBitsToHalf(from);
    if ((half & 0x7fff) === 0x7c00 && (from & 0x7fff_ffff) !== INFINITY_BITS) {
      half = (half & 0x8000) | MAX_HALF_BITS;
      clamped += 1;
    }
    halves[i] = half;
  }
  const [only] = bits;
  if (halves.length === 1 && (only as number) << 1 !== 0 && (halves[0] as number) << 17 === 0) {
    halves[0] = (halves[0] as number) | 1;
  }
  const { dims, docString, metadataProps } = tensor;
  const made = create(TensorProtoSchema, {
    name,
    dims,
    docString,
    dataType: T.FLOAT16,
    rawData: new Uint8Array(halves.buffer),
  });
  made.metadataProps = metadataProps;
  return { tensor: made, clamped };
}
