import { isFloat } from '../../../onnx/elements.ts';
import type { Dim } from '../dim.ts';
import {
  add,
  anyItem,
  ceilDivide,
  divideExactly,
  floorDivide,
  isKnown,
  mayBeAny,
  mul,
  product,
  sub,
} from '../dims.ts';
import { isUnknown, tensorType, type ValueType } from '../types.ts';
import { Contradiction, type NodeView, type Rules, type ShapeRule } from '../view.ts';
import { concatenated, picked, transposed } from './along.ts';
import { axesAt, axisAt, shapeText, unknownDims, withDim } from './axes.ts';

const transpose: ShapeRule = (node) => {
  const dims = node.shape(0);
  const given = node.ints('perm');
  const rank = dims?.length ?? given?.length;
  if (rank === undefined) return [node.like(0, null)];
  const perm = given ?? Array.from({ length: rank }, (_, i) => rank - 1 - i);
  if (axesAt(perm, rank).size !== rank) {
    throw new Contradiction(`The order ${perm.join(', ')} is not one of ${rank} axes.`);
  }
  if (!dims) return [node.like(0, unknownDims(node, rank))];
  const items = node.items(0);
  const moved = items && transposed(items, dims, perm);
  return [
    node.like(
      0,
      perm.map((axis) => dims[axis] as Dim),
      moved,
    ),
  ];
};

/** What is known of a size that two shapes have to share: a number before a name. */
function agreed(a: Dim, b: Dim, shapes: readonly (readonly Dim[])[]): Dim {
  if (isKnown([a, b]) && a !== b) {
    throw new Contradiction(`Shapes ${shapes.map(shapeText).join(' and ')} cannot be joined.`);
  }
  if (typeof a === 'number') return a;
  return typeof b === 'number' || (isUnknown(a) && !isUnknown(b)) ? b : a;
}

/** Shapes and indices are no longer. */
const MAX_GUESSED = 64;

/** The contents of Concat's inputs; in a shape, sizes that are not known get names of their own. */
function joinedItems(node: NodeView, axis: number): readonly Dim[] | null {
  if (node.inputs.every((input) => !input?.items)) return null;
  const parts = node.inputs.map((input) => {
    const shape = input?.shape ?? [];
    const count = product(shape);
    if (!input || typeof count !== 'number') return null;
    if (input.items) return { shape, items: input.items };
    if (count > MAX_GUESSED || isFloat(input.elem)) return null;
    return { shape, items: Array.from({ length: count }, () => anyItem(node.fresh)) };
  });
  return parts.every((part) => part !== null) ? concatenated(parts, axis) : null;
}

const concat: ShapeRule = (node) => {
  const shapes = node.inputs.map((_, i) => node.shape(i)).filter((shape) => shape !== null);
  const elem = node.inputs.find((input) => input)?.elem;
  const [first] = shapes;
  if (elem === undefined) return [null];
  if (!first) return [tensorType(elem, null)];
  const axis = axisAt(node.int('axis', 1), first.length);
  if (shapes.some((shape) => shape.length !== first.length)) {
    throw new Contradiction(`Shapes ${shapes.map(shapeText).join(' and ')} cannot be joined.`);
  }
  const isWhole = shapes.length === node.inputs.length;
  const joined = first.map((_, i) => {
    const dims = shapes.map((shape) => shape[i] as Dim);
    if (i === axis) return isWhole ? dims.reduce(add) : node.fresh();
    return dims.reduce((a, b) => agreed(a, b, shapes));
  });
  return [tensorType(elem, joined, isWhole ? joinedItems(node, axis) : null)];
};

/** Sizes of `count` parts: equal, or since opset 18 with a smaller last one. */
function evenParts(node: NodeView, dim: Dim, count: number): readonly Dim[] {
  const exact = divideExactly(dim, count);
  const all = (part: Dim) => Array.from({ length: count }, () => part);
  if (exact !== null) return all(exact);
  if (node.opset < 18) {
    if (typeof dim === 'number')
      throw new Contradiction(`${dim} cannot be split in ${count} equal parts.`);
    return all(floorDivide(dim, count));
  }
  const part = ceilDivide(dim, count);
  const last = sub(dim, mul(part, count - 1));
  if (typeof last === 'number' && last < 0) {
    throw new Contradiction(`${dim} cannot be split in ${count} parts of ${part}.`);
  }
  return [...all(part).slice(1), last];
}

/** Sizes along the axis, from an attribute (up to opset 12) or an input; null where not known. */
function partSizes(node: NodeView, dim: Dim): readonly Dim[] | null {
  const given = node.ints('split') ?? node.items(1);
  if (!given)
    return node.has(1) ? null : evenParts(node, dim, node.int('num_outputs', node.outputs));
  const sum = given.reduce(add, 0);
  if (isKnown([sum, dim]) && sum !== dim) {
    throw new Contradiction(`Parts of ${given.join(', ')} do not make up ${dim}.`);
  }
  return given.map((part) => (mayBeAny(part) ? node.fresh() : part));
}

const split: ShapeRule = (node) => {
  const dims = node.shape(0);
  if (!dims) return Array.from({ length: node.outputs }, () => node.like(0, null));
  const axis = axisAt(node.int('axis', 0), dims.length);
  const sizes = partSizes(node, dims[axis] as Dim);
  const items = node.items(0);
  let from = 0;
  return Array.from({ length: node.outputs }, (_, i) => {
    const part = sizes?.[i] ?? node.fresh();
    let content: readonly Dim[] | null = null;
    if (items && typeof part === 'number' && !Number.isNaN(from)) {
      const at = Array.from({ length: part }, (_, k) => from + k);
      content = picked(items, dims, axis, at);
    }
    from = typeof part === 'number' ? from + part : Number.NaN;
    return node.like(0, withDim(dims, axis, part), content);
  });
};

/** Pads by axis: first all that go before, then all behind; null where not known. */
function padsOf(node: NodeView, rank: number): ReadonlyMap<number, Dim> | null {
  const pads = node.ints(node.opset < 2 ? 'paddings' : 'pads') ?? node.items(1);
  if (!pads) return null;
  const axes = node.has(3) ? node.numbers(3) : Array.from({ length: rank }, (_, i) => i);
  if (!axes) return null;
  if (pads.length !== 2 * axes.length) {
    throw new Contradiction(`${pads.length} pads are given for ${axes.length} axes.`);
  }
  return new Map(
    axes.map((axis, i) => [axisAt(axis, rank), add(pads[i] as Dim, pads[i + axes.length] as Dim)]),
  );
}

const pad: ShapeRule = (node) => {
  const dims = node.shape(0);
  if (!dims) return [node.like(0, null)];
  const pads = padsOf(node, dims.length);
  if (!pads) return [node.like(0, unknownDims(node, dims.length))];
  const padded = dims.map((dim, axis) => {
    const sum = pads.get(axis) ?? 0;
    return mayBeAny(sum) ? node.fresh() : add(dim, sum);
  });
  return [node.like(0, padded)];
};

/** [n, c, h, w]; the two operators are each other's inverse. */
const blocks =
  (toDepth: boolean): ShapeRule =>
  (node): [ValueType | null] => {
    const dims = node.shape(0);
    const block = node.int('blocksize', null);
    if (!dims || block === null || block < 1) return [node.like(0, unknownDims(node, 4))];
    if (dims.length !== 4) throw new Contradiction(`${shapeText(dims)} has no depth and space.`);
    const [n, c, h, w] = dims as [Dim, Dim, Dim, Dim];
    const part = (dim: Dim, by: number) => {
      const exact = divideExactly(dim, by);
      if (exact === null && typeof dim === 'number') {
        throw new Contradiction(`${dim} of ${shapeText(dims)} is not a multiple of ${by}.`);
      }
      return exact ?? floorDivide(dim, by);
    };
    return [
      node.like(
        0,
        toDepth
          ? [n, mul(c, block ** 2), part(h, block), part(w, block)]
          : [n, part(c, block ** 2), mul(h, block), mul(w, block)],
      ),
    ];
  };

/** Operators that move whole blocks of elements. */
export const MOVE: Rules = {
  Transpose: transpose,
  Concat: concat,
  Split: split,
  Pad: pad,
  DepthToSpace: blocks(false),
  SpaceToDepth: blocks(true),
};
