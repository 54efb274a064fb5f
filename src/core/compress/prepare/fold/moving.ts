import { elementCount } from '../../../tensors/tensors.ts';
import {
  broadcastStrides,
  type Constant,
  constantOf,
  gathered,
  places,
  stridesOf,
  zeros,
} from './constant.ts';
import type { Operation } from './operation.ts';

/** Operators whose output has the input's numbers in the input's order. */
const reshaped: Operation = ({ inputs, shape }) => {
  const [x] = inputs;
  if (!x || !shape || elementCount(shape) !== x.data.length) return null;
  return { ...x, dims: shape };
};

const transposed: Operation = ({ inputs, ints }) => {
  const [x] = inputs;
  if (!x) return null;
  const { dims } = x;
  const order = ints('perm') ?? dims.map((_, i) => dims.length - 1 - i);
  const strides = stridesOf(dims);
  if (order.length !== dims.length) return null;
  const to = order.map((axis) => dims[axis] as number);
  const walk = places(
    to,
    order.map((axis) => strides[axis] as number),
    0,
  );
  return gathered(x, to, walk);
};

const expanded: Operation = ({ inputs, shape }) => {
  const [x] = inputs;
  if (!x || !shape) return null;
  return gathered(x, shape, places(shape, broadcastStrides(x.dims, shape), 0));
};

const numbersOf = (constant: Constant | null): number[] | null =>
  constant && Array.from(constant.data as ArrayLike<number | bigint>, Number);

const clamp = (x: number, low: number, high: number) => Math.min(high, Math.max(low, x));

/** Starts, ends, axes and steps are inputs from operator set 10 on, attributes before. */
const sliced: Operation = ({ inputs, ints, opset }) => {
  const [x, ...rest] = inputs;
  if (!x) return null;
  const [starts, ends, axes, steps] =
    opset < 10
      ? [ints('starts'), ints('ends'), ints('axes'), null]
      : rest.map((each) => numbersOf(each ?? null));
  if (!starts || !ends) return null;
  const dims = [...x.dims];
  const strides = stridesOf(dims);
  let offset = 0;
  for (let i = 0; i < starts.length; i++) {
    const given = axes?.[i] ?? i;
    const axis = given < 0 ? given + dims.length : given;
    const size = x.dims[axis];
    const step = steps?.[i] ?? 1;
    if (size === undefined || step === 0) return null;
    const [low, high] = step > 0 ? [0, size] : [-1, size - 1];
    const counted = (end: number) => (end < 0 ? end + size : end);
    const from = clamp(counted(starts[i] as number), 0, step > 0 ? size : size - 1);
    const to = clamp(counted(ends[i] as number), low, high);
    dims[axis] = Math.max(0, Math.ceil((to - from) / step));
    offset += from * (strides[axis] as number);
    strides[axis] = (strides[axis] as number) * step;
  }
  return gathered(x, dims, places(dims, strides, offset));
};

const gather: Operation = ({ inputs, int }) => {
  const [x, index] = inputs;
  const given = int('axis', 0);
  const indices = numbersOf(index ?? null);
  if (!x || !index || !indices) return null;
  const axis = given < 0 ? given + x.dims.length : given;
  const size = x.dims[axis];
  if (size === undefined || indices.some((i) => i < -size || i >= size)) return null;
  const outer = elementCount(x.dims.slice(0, axis));
  const inner = elementCount(x.dims.slice(axis + 1));
  function* walk(): Generator<number> {
    for (let o = 0; o < outer; o++) {
      for (const i of indices ?? []) {
        const start = (o * (size as number) + (i < 0 ? i + (size as number) : i)) * inner;
        for (let k = 0; k < inner; k++) yield start + k;
      }
    }
  }
  return gathered(x, [...x.dims.slice(0, axis), ...index.dims, ...x.dims.slice(axis + 1)], walk());
};

const concatenated: Operation = ({ inputs, int }) => {
  const [first] = inputs;
  if (!first) return null;
  const given = int('axis', 1);
  const axis = given < 0 ? given + first.dims.length : given;
  const parts: Constant[] = [];
  for (const each of inputs) {
    const fits =
      each?.type === first.type &&
      each.dims.length === first.dims.length &&
      each.dims.every((dim, i) => i === axis || dim === first.dims[i]);
    if (!fits) return null;
    parts.push(each);
  }
  const along = parts.reduce((sum, { dims }) => sum + (dims[axis] as number), 0);
  const dims = first.dims.map((dim, i) => (i === axis ? along : dim));
  const data = zeros(first.type, elementCount(dims));
  if (!data) return null;
  const outer = elementCount(dims.slice(0, axis));
  const rows = parts.map((part) => ({ part, length: part.data.length / Math.max(1, outer) }));
  let at = 0;
  for (let o = 0; o < outer; o++) {
    for (const { part, length } of rows) {
      // All of one type, which the compiler cannot see.
      data.set(part.data.subarray(o * length, (o + 1) * length) as never, at);
      at += length;
    }
  }
  return { type: first.type, dims, data };
};

const filledWith: Operation = ({ shape, tensor, fallback }) => {
  const value = tensor('value');
  const item = value ? constantOf(value) : fallback;
  if (!shape || item?.data.length !== 1) return null;
  return gathered(
    item,
    shape,
    places(
      shape,
      shape.map(() => 0),
      0,
    ),
  );
};

/** Operators that only move numbers, of any type whose elements are whole bytes. */
export const MOVING: Readonly<Record<string, Operation>> = {
  Identity: reshaped,
  Reshape: reshaped,
  Squeeze: reshaped,
  Unsqueeze: reshaped,
  Flatten: reshaped,
  Transpose: transposed,
  Expand: expanded,
  Slice: sliced,
  Gather: gather,
  Concat: concatenated,
  ConstantOfShape: filledWith,
};
