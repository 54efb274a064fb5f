import { TensorProto_DataType as T } from '../../../onnx/onnx_pb.ts';
import type { Dim } from '../dim.ts';
import { isKnown, mayBeAny, product } from '../dims.ts';
import { tensorType } from '../types.ts';
import { Contradiction, type NodeView, type Rules, type ShapeRule } from '../view.ts';
import { picked } from './along.ts';
import { axisAt, shapeText, withDim } from './axes.ts';

/** Content of what Gather takes; null where it is not known. */
function gathered(node: NodeView, dims: readonly Dim[], axis: number): readonly Dim[] | null {
  const [items, indices] = [node.items(0), node.numbers(1)];
  const size = dims[axis];
  if (!indices || typeof size !== 'number') return null;
  const outside = indices.find((index) => index < -size || index >= size);
  if (outside !== undefined) {
    throw new Contradiction(
      `Index ${outside} is out of range on axis ${axis} of ${shapeText(dims)}.`,
    );
  }
  const places = indices.map((index) => (index < 0 ? index + size : index));
  return items && picked(items, dims, axis, places);
}

const gather: ShapeRule = (node) => {
  const [dims, indices] = [node.shape(0), node.shape(1)];
  if (!dims || !indices) return [node.like(0, null)];
  const axis = axisAt(node.int('axis', 0), dims.length);
  const shape = [...dims.slice(0, axis), ...indices, ...dims.slice(axis + 1)];
  return [node.like(0, shape, gathered(node, dims, axis))];
};

const gatherElements: ShapeRule = (node) => [node.like(0, node.shape(1))];

/** The last axis of the indices says how many axes of the data an index names. */
const gatherND: ShapeRule = (node) => {
  const [dims, indices] = [node.shape(0), node.shape(1)];
  const depth = indices?.at(-1);
  if (!dims || !indices || typeof depth !== 'number') return [node.like(0, null)];
  const named = node.int('batch_dims', 0) + depth;
  if (named > dims.length) {
    throw new Contradiction(`Indices of ${depth} name more axes than ${shapeText(dims)} has.`);
  }
  return [node.like(0, [...indices.slice(0, -1), ...dims.slice(named)])];
};

const scatter: ShapeRule = (node) => [node.like(0, node.shape(0))];

/** How many items of a mask are set; null where not known. */
function countOf(node: NodeView, index: number): number | null {
  return node.numbers(index)?.filter(Boolean).length ?? null;
}

const compress: ShapeRule = (node) => {
  const dims = node.shape(0);
  const count = countOf(node, 1) ?? node.fresh();
  const axis = node.int('axis', null);
  if (axis === null) return [node.like(0, [count])];
  return [node.like(0, dims && withDim(dims, axisAt(axis, dims.length), count))];
};

/** Coordinates of the items other than 0, an axis a row, where the content is known. */
function nonZeroItems(node: NodeView): { items: Dim[]; count: number } | null {
  const [dims, items] = [node.shape(0), node.numbers(0)];
  if (!dims || !items || !isKnown(dims)) return null;
  const set = items.flatMap((item, i) => (item === 0 ? [] : [i]));
  const rows = dims.map((dim, axis) => {
    const inner = product(dims.slice(axis + 1)) as number;
    return set.map((at) => Math.floor(at / inner) % dim);
  });
  return { items: rows.flat(), count: set.length };
}

const nonZero: ShapeRule = (node) => {
  const known = nonZeroItems(node);
  const rank = node.shape(0)?.length ?? node.fresh();
  return [tensorType(T.INT64, [rank, known?.count ?? node.fresh()], known?.items ?? null)];
};

const oneHot: ShapeRule = (node) => {
  const elem = node.elem(2);
  const indices = node.shape(0);
  if (elem === null || !indices) return [elem === null ? null : tensorType(elem, null)];
  const [depth] = node.items(1) ?? [];
  const size = depth === undefined || mayBeAny(depth) ? node.fresh() : depth;
  const axis = axisAt(node.int('axis', -1), indices.length + 1);
  return [tensorType(elem, [...indices.slice(0, axis), size, ...indices.slice(axis)])];
};

const topK: ShapeRule = (node) => {
  const dims = node.shape(0);
  if (!dims) return [node.like(0, null), tensorType(T.INT64, null)];
  const axis = axisAt(node.int('axis', -1), dims.length);
  const k = node.opset < 10 ? node.int('k', null) : (node.items(1)?.[0] ?? null);
  const most = dims[axis] as Dim;
  if (typeof k === 'number' && typeof most === 'number' && k > most) {
    throw new Contradiction(`There are no ${k} greatest along axis ${axis} of ${shapeText(dims)}.`);
  }
  const shape = withDim(dims, axis, k === null || mayBeAny(k) ? node.fresh() : k);
  return [node.like(0, shape), tensorType(T.INT64, shape)];
};

const unique: ShapeRule = (node) => {
  const dims = node.shape(0);
  const axis = node.int('axis', null);
  const count = node.fresh();
  const at = axis === null || !dims ? null : axisAt(axis, dims.length);
  const all = dims && (at === null ? product(dims) : (dims[at] as Dim));
  const values = axis === null ? [count] : dims && withDim(dims, at as number, count);
  return [
    node.like(0, values),
    tensorType(T.INT64, [count]),
    tensorType(T.INT64, [all ?? node.fresh()]),
    tensorType(T.INT64, [count]),
  ];
};

/** Each row of the result is a batch, a class and a box. */
const nonMaxSuppression: ShapeRule = (node) => [tensorType(T.INT64, [node.fresh(), 3])];

/** Operators that pick or place single elements. */
export const GATHER: Rules = {
  Gather: gather,
  GatherElements: gatherElements,
  GatherND: gatherND,
  Scatter: scatter,
  ScatterElements: scatter,
  ScatterND: scatter,
  TensorScatter: scatter,
  ReverseSequence: scatter,
  Compress: compress,
  NonZero: nonZero,
  OneHot: oneHot,
  TopK: topK,
  Unique: unique,
  NonMaxSuppression: nonMaxSuppression,
};
