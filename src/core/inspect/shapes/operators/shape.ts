import { TensorProto_DataType as T } from '../../../onnx/onnx_pb.ts';
import type { Dim } from '../dim.ts';
import { divideExactly, floorDivide, isKnown, mayBeAny, mul, product } from '../dims.ts';
import { MAX_ITEMS, tensorType } from '../types.ts';
import { Contradiction, type NodeView, type Rules, type ShapeRule } from '../view.ts';
import { axesAt, axisAt, lengthOf, shapeText, unknownDims, withDim } from './axes.ts';
import { broadcast } from './elementwise.ts';

/** `start` and `end` (since opset 15) cut the shape as Python does: past either end is no error. */
const shape: ShapeRule = (node) => {
  const dims = node.shape(0);
  if (!dims) return [tensorType(T.INT64, [node.fresh()])];
  const items = dims.slice(node.int('start', 0), node.int('end', dims.length));
  return [tensorType(T.INT64, [items.length], items)];
};

const size: ShapeRule = (node) => {
  const dims = node.shape(0);
  return [tensorType(T.INT64, [], dims && [product(dims)])];
};

/** The size that is left, given the elements and the product of the other sizes; null for none. */
function remaining(node: NodeView, elements: Dim, others: Dim): Dim | null {
  const exact = divideExactly(elements, others);
  if (exact !== null) return exact;
  if (typeof others !== 'number' || others === 0) return node.fresh();
  // It has to leave no rest, whatever the names stand for.
  return typeof elements === 'string' ? floorDivide(elements, others) : null;
}

/** Where Reshape's target leaves a size to be computed: -1, or the one item that is not known. */
function openAxis(target: readonly Dim[]): number {
  const open = target.indexOf(-1);
  if (open >= 0) return open;
  const unknown = target.filter(mayBeAny);
  return unknown.length === 1 ? target.indexOf(unknown[0] as Dim) : -1;
}

/**
 * Sizes that Reshape's target asks for: 0 copies the input's (unless `allowzero`), -1 takes what is
 * left.
 * @throws Contradiction where the elements do not come out even
 */
function reshaped(node: NodeView, target: readonly Dim[]): readonly Dim[] {
  const dims = node.shape(0);
  const asked = target.map((item, i) => {
    if (mayBeAny(item) || item === -1) return node.fresh();
    if (item !== 0 || node.int('allowzero', 0) === 1) return item;
    const copied = dims ? dims[i] : node.fresh();
    if (copied !== undefined) return copied;
    throw new Contradiction(
      `${shapeText(dims ?? [])} has no axis ${i} to copy for ${shapeText(target)}.`,
    );
  });
  if (!dims) return asked;
  const open = openAxis(target);
  const elements = product(dims);
  const others = product(asked.filter((_, i) => i !== open));
  const rest = open < 0 ? null : remaining(node, elements, others);
  const fits = open < 0 ? !isKnown([elements, others]) || elements === others : rest !== null;
  if (!fits || target.lastIndexOf(-1) !== target.indexOf(-1)) {
    throw new Contradiction(`${shapeText(dims)} cannot be reshaped to ${shapeText(target)}.`);
  }
  return rest === null ? asked : withDim(asked, open, rest);
}

const reshape: ShapeRule = (node) => {
  const target = node.opset < 5 ? node.ints('shape') : node.items(1);
  const dims = target ? reshaped(node, target) : unknownDims(node, lengthOf(node, 1));
  return [node.like(0, dims, node.items(0))];
};

const flatten: ShapeRule = (node) => {
  const dims = node.shape(0);
  if (!dims) return [node.like(0, [node.fresh(), node.fresh()])];
  const axis = node.int('axis', 1);
  // One past the last axis is allowed.
  const at = axis === dims.length ? axis : axisAt(axis, dims.length || 1);
  const sides = [product(dims.slice(0, at)), product(dims.slice(at))];
  return [node.like(0, sides, node.items(0))];
};

/** Axes of Squeeze and Unsqueeze: an attribute up to opset 12, then an input. */
function givenAxes(node: NodeView): readonly number[] | 'unknown' | null {
  if (node.opset < 13) return node.ints('axes');
  return node.has(1) ? (node.numbers(1) ?? 'unknown') : null;
}

function squeezed(node: NodeView, dims: readonly Dim[]): readonly Dim[] | null {
  const axes = givenAxes(node);
  if (axes === 'unknown') {
    const count = lengthOf(node, 1);
    return unknownDims(node, count === null ? null : dims.length - count);
  }
  // A name may stand for 1, so that even the rank is open.
  if (!axes) return isKnown(dims) ? dims.filter((dim) => dim !== 1) : null;
  const out = axesAt(axes, dims.length);
  return dims.filter((dim, axis) => {
    if (out.has(axis) && typeof dim === 'number' && dim !== 1) {
      throw new Contradiction(`Axis ${axis} of ${shapeText(dims)} is ${dim}, not 1.`);
    }
    return !out.has(axis);
  });
}

const squeeze: ShapeRule = (node) => {
  const dims = node.shape(0);
  return [node.like(0, dims && squeezed(node, dims), node.items(0))];
};

function unsqueezed(node: NodeView, dims: readonly Dim[]): readonly Dim[] | null {
  const axes = givenAxes(node);
  if (axes === 'unknown') {
    const count = lengthOf(node, 1);
    return unknownDims(node, count === null ? null : dims.length + count);
  }
  if (!axes) return null;
  const rank = dims.length + axes.length;
  const added = axesAt(axes, rank);
  const left = [...dims];
  return Array.from({ length: rank }, (_, axis) => (added.has(axis) ? 1 : (left.shift() as Dim)));
}

const unsqueeze: ShapeRule = (node) => {
  const dims = node.shape(0);
  return [node.like(0, dims && unsqueezed(node, dims), node.items(0))];
};

/** A single item so many times; null where that is no small number. */
function repeated(item: Dim, dims: readonly Dim[] | null): readonly Dim[] | null {
  const count = dims && product(dims);
  if (typeof count !== 'number' || count > MAX_ITEMS) return null;
  return Array.from({ length: count }, () => item);
}

const expand: ShapeRule = (node) => {
  const target = node.items(1)?.map((item) => (mayBeAny(item) ? node.fresh() : item)) ?? null;
  const asked = target ?? unknownDims(node, lengthOf(node, 1));
  const dims = broadcast(node, [node.shape(0), asked]);
  const items = node.items(0);
  const [only] = items ?? [];
  if (items?.length === 1) return [node.like(0, dims, repeated(only as Dim, dims))];
  const isSame = items && dims && product(dims) === items.length;
  return [node.like(0, dims, isSame ? items : null)];
};

const tile: ShapeRule = (node) => {
  const dims = node.shape(0);
  // Up to opset 5 one axis was tiled, both given as inputs.
  if (node.opset < 6 || !dims)
    return [node.like(0, unknownDims(node, dims?.length ?? lengthOf(node, 1)))];
  const repeats = node.items(1);
  if (repeats && repeats.length !== dims.length) {
    throw new Contradiction(`${repeats.length} repeats are given for ${shapeText(dims)}.`);
  }
  const tiled = dims.map((dim, i) => (repeats ? mul(dim, repeats[i] as Dim) : node.fresh()));
  const items = dims.length === 1 ? node.items(0) : null;
  const times = repeats?.[0];
  const small =
    items && typeof times === 'number' && times >= 0 && times * items.length <= MAX_ITEMS;
  return [node.like(0, tiled, small ? Array.from({ length: times }, () => items).flat() : null)];
};

/** Operators that tell of shapes or change them and leave the elements in order. */
export const SHAPE: Rules = {
  Shape: shape,
  Size: size,
  Reshape: reshape,
  Flatten: flatten,
  Squeeze: squeeze,
  Unsqueeze: unsqueeze,
  Expand: expand,
  Tile: tile,
};
