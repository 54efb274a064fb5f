import { create } from '@bufbuild/protobuf';
import {
  TensorProto_DataType as T,
  type TensorProto,
  TensorProtoSchema,
} from '../../../onnx/onnx_pb.ts';
import { tensorBytes } from '../../../onnx/tensors.ts';
import { elementCount, type TensorArray } from '../../../tensors/tensors.ts';

/** A tensor whose content is known, in row-major order. */
export interface Constant {
  readonly type: T;
  readonly dims: readonly number[];
  readonly data: TensorArray;
}

type Make = (buffer: ArrayBuffer) => TensorArray;

/** float16 and bfloat16 as their bits, booleans as bytes. */
const ARRAYS: ReadonlyMap<T, readonly [bytes: number, make: Make]> = new Map<
  T,
  readonly [number, Make]
>([
  [T.FLOAT, [4, (buffer) => new Float32Array(buffer)]],
  [T.DOUBLE, [8, (buffer) => new Float64Array(buffer)]],
  [T.INT64, [8, (buffer) => new BigInt64Array(buffer)]],
  [T.UINT64, [8, (buffer) => new BigUint64Array(buffer)]],
  [T.INT32, [4, (buffer) => new Int32Array(buffer)]],
  [T.UINT32, [4, (buffer) => new Uint32Array(buffer)]],
  [T.INT16, [2, (buffer) => new Int16Array(buffer)]],
  [T.UINT16, [2, (buffer) => new Uint16Array(buffer)]],
  [T.FLOAT16, [2, (buffer) => new Uint16Array(buffer)]],
  [T.BFLOAT16, [2, (buffer) => new Uint16Array(buffer)]],
  [T.INT8, [1, (buffer) => new Int8Array(buffer)]],
  [T.UINT8, [1, (buffer) => new Uint8Array(buffer)]],
  [T.BOOL, [1, (buffer) => new Uint8Array(buffer)]],
]);

/** Zeros; null for types whose elements are no whole bytes, and texts. */
export function zeros(type: T, elements: number): TensorArray | null {
  const array = ARRAYS.get(type);
  return array ? array[1](new ArrayBuffer(elements * array[0])) : null;
}

/** @throws Fault as `tensorBytes` */
export function constantOf(tensor: TensorProto): Constant | null {
  const array = ARRAYS.get(tensor.dataType);
  if (!array) return null;
  // A copy: aligned, and nobody's view of the file.
  const data = array[1](tensorBytes(tensor).slice().buffer);
  return { type: tensor.dataType, dims: tensor.dims.map(Number), data };
}

export function tensorOf(name: string, { type, dims, data }: Constant): TensorProto {
  return create(TensorProtoSchema, {
    name,
    dataType: type,
    dims: dims.map(BigInt),
    rawData: new Uint8Array(data.buffer, data.byteOffset, data.byteLength),
  });
}

/** Distances between neighbours along each axis of a tensor in row-major order. */
export function stridesOf(dims: readonly number[]): number[] {
  const strides = new Array<number>(dims.length);
  let stride = 1;
  for (let axis = dims.length - 1; axis >= 0; axis--) {
    strides[axis] = stride;
    stride *= dims[axis] as number;
  }
  return strides;
}

/**
 * Places of the elements of a tensor of sizes `dims` in data through which each axis walks with
 * its own stride: 0 repeats, negative ones go backwards.
 */
export function* places(
  dims: readonly number[],
  strides: readonly number[],
  offset: number,
): Generator<number> {
  const at = new Array<number>(dims.length).fill(0);
  let place = offset;
  for (let i = elementCount(dims); i > 0; i--) {
    yield place;
    for (let axis = dims.length - 1; axis >= 0; axis--) {
      const stride = strides[axis] as number;
      const next = (at[axis] as number) + 1;
      place += stride;
      if (next < (dims[axis] as number)) {
        at[axis] = next;
        break;
      }
      place -= next * stride;
      at[axis] = 0;
    }
  }
}

/** The elements in these places. */
export function gathered(
  { type, data }: Constant,
  dims: readonly number[],
  from: Iterable<number>,
): Constant | null {
  const to = zeros(type, elementCount(dims));
  if (!to) return null;
  let i = 0;
  // Both arrays are of one type, which the compiler cannot see.
  for (const place of from) (to as number[] & TensorArray)[i++] = data[place] as number;
  return { type, dims, data: to };
}

/** The strides with which a tensor is read when it is broadcast to larger sizes, as numpy does. */
export function broadcastStrides(dims: readonly number[], to: readonly number[]): number[] {
  const own = stridesOf(dims);
  const missing = to.length - dims.length;
  return to.map((_, axis) => (dims[axis - missing] === 1 ? 0 : (own[axis - missing] ?? 0)));
}

/** The sizes that two tensors broadcast to; null where they do not go together. */
export function broadcast(a: readonly number[], b: readonly number[]): number[] | null {
  const rank = Math.max(a.length, b.length);
  const dims: number[] = [];
  for (let axis = 0; axis < rank; axis++) {
    const x = a[axis - (rank - a.length)] ?? 1;
    const y = b[axis - (rank - b.length)] ?? 1;
    if (x !== y && x !== 1 && y !== 1) return null;
    dims.push(x === 1 ? y : x);
  }
  return dims;
}
