import { Fault } from '../errors.ts';
import { elementBits, elementName, packedBytes } from './elements.ts';
import { type ExternalFiles, externalBytes, isExternal } from './external.ts';
import { minifloatDecoder } from './minifloat.ts';
import { TensorProto_DataType as T, type TensorProto } from './onnx_pb.ts';

const NO_FILES: ExternalFiles = new Map();

/**
 * Number of elements of a tensor.
 * @throws Fault DimensionError for a size that is negative or past what can be counted (2^53)
 */
export function tensorElements({ name, dims }: TensorProto): number {
  let elements = 1n;
  for (const dim of dims) {
    elements *= dim;
    if (dim < 0n || elements > BigInt(Number.MAX_SAFE_INTEGER)) {
      throw new Fault(
        'DimensionError',
        `The weights "${name}" declare an impossible shape: ${dims.join(' × ')}.`,
      );
    }
  }
  return Number(elements);
}

/** Little-endian bytes from the typed fields, of which int32_data holds several element types. */
function typedFieldBytes(tensor: TensorProto): Uint8Array {
  const { floatData, doubleData, int64Data, uint64Data, int32Data, dataType } = tensor;
  if (floatData.length > 0) return new Uint8Array(Float32Array.from(floatData).buffer);
  if (doubleData.length > 0) return new Uint8Array(Float64Array.from(doubleData).buffer);
  if (int64Data.length > 0) return new Uint8Array(BigInt64Array.from(int64Data).buffer);
  if (uint64Data.length > 0) {
    const wide = BigUint64Array.from(uint64Data);
    return dataType === T.UINT32
      ? new Uint8Array(Uint32Array.from(wide, Number).buffer)
      : new Uint8Array(wide.buffer);
  }
  switch (elementBits(dataType)) {
    case 32:
      return new Uint8Array(Int32Array.from(int32Data).buffer);
    case 16:
      return new Uint8Array(Uint16Array.from(int32Data).buffer);
    default:
      // Types of up to 8 bits: one int32 entry per packed byte.
      return Uint8Array.from(int32Data);
  }
}

/**
 * The tensor's elements as little-endian raw data: a view of the file where the file holds raw
 * data. Data in the typed fields (`float_data`, …) becomes raw data once, in the tensor itself,
 * because as JS numbers it takes several times the memory.
 * @throws Fault DimensionError when bytes and shape disagree, ExternalDataError
 */
export function tensorBytes(tensor: TensorProto, files: ExternalFiles = NO_FILES): Uint8Array {
  const { name, dataType, dims } = tensor;
  if (dataType === T.STRING) {
    throw new Fault('DimensionError', `The tensor "${name}" holds strings, which have no bytes.`);
  }
  const expected = packedBytes(dataType, tensorElements(tensor));
  const bytes = isExternal(tensor) ? externalBytes(tensor, files) : rawOf(tensor);
  if (bytes.length !== expected) {
    throw new Fault(
      'DimensionError',
      `The tensor "${name}" declares ${dims.join(' × ') || 'one'} of ${elementName(dataType)}, ${expected} bytes, and holds ${bytes.length}.`,
    );
  }
  return bytes;
}

function rawOf(tensor: TensorProto): Uint8Array {
  if (tensor.rawData.length > 0) return tensor.rawData;
  const converted = typedFieldBytes(tensor);
  if (converted.length === 0) return converted;
  tensor.rawData = converted;
  for (const field of ['floatData', 'doubleData', 'int64Data', 'uint64Data', 'int32Data'] as const)
    tensor[field] = [];
  return converted;
}

/** Entry `i` of a type of 2, 4 or 6 bits, whose first element stands in the lowest bits. */
function packedAt(bytes: Uint8Array, bits: number, i: number): number {
  const at = i * bits;
  const pair = (bytes[at >> 3] ?? 0) | ((bytes[(at >> 3) + 1] ?? 0) << 8);
  return (pair >> (at & 7)) & ((1 << bits) - 1);
}

const signed = (value: number, bits: number) => (value >> (bits - 1) ? value - (1 << bits) : value);

/** Reads one element of each type that has numbers; complex numbers have none. */
function reader(code: number, bytes: Uint8Array): ((i: number) => number) | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const small = minifloatDecoder(code);
  const bits = elementBits(code);
  if (small) {
    if (bits < 8) return (i) => small(packedAt(bytes, bits, i));
    return bits === 8 ? (i) => small(view.getUint8(i)) : (i) => small(view.getUint16(i * 2, true));
  }
  switch (code) {
    case T.FLOAT:
      return (i) => view.getFloat32(i * 4, true);
    case T.DOUBLE:
      return (i) => view.getFloat64(i * 8, true);
    case T.INT8:
      return (i) => view.getInt8(i);
    case T.UINT8:
    case T.BOOL:
      return (i) => view.getUint8(i);
    case T.INT16:
      return (i) => view.getInt16(i * 2, true);
    case T.UINT16:
      return (i) => view.getUint16(i * 2, true);
    case T.INT32:
      return (i) => view.getInt32(i * 4, true);
    case T.UINT32:
      return (i) => view.getUint32(i * 4, true);
    case T.INT64:
      return (i) => Number(view.getBigInt64(i * 8, true));
    case T.UINT64:
      return (i) => Number(view.getBigUint64(i * 8, true));
    case T.UINT4:
    case T.UINT2:
      return (i) => packedAt(bytes, bits, i);
    case T.INT4:
    case T.INT2:
      return (i) => signed(packedAt(bytes, bits, i), bits);
    default:
      return null;
  }
}

/**
 * All elements as JS numbers, in row-major order; 64-bit integers past 2^53 lose their last digits.
 * @throws Fault DimensionError for strings and complex numbers, or as `tensorBytes`
 */
export function tensorNumbers(tensor: TensorProto, files: ExternalFiles = NO_FILES): Float64Array {
  const bytes = tensorBytes(tensor, files);
  const at = reader(tensor.dataType, bytes);
  if (!at) {
    throw new Fault(
      'DimensionError',
      `The tensor "${tensor.name}" of ${elementName(tensor.dataType)} has no numbers to read.`,
    );
  }
  const numbers = new Float64Array(tensorElements(tensor));
  for (let i = 0; i < numbers.length; i++) numbers[i] = at(i);
  return numbers;
}
