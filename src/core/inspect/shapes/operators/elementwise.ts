import type { ElementCode } from '../../../onnx/elements.ts';
import { TensorProto_DataType as T } from '../../../onnx/onnx_pb.ts';
import type { Dim } from '../dim.ts';
import { add, broadcastDim, mul, sub } from '../dims.ts';
import { tensorType } from '../types.ts';
import { Contradiction, type NodeView, type Rules, type ShapeRule } from '../view.ts';
import { shapeText } from './axes.ts';
import {
  type Compute,
  divide,
  equals,
  greatest,
  held,
  isLess,
  isLessOrEqual,
  modulo,
  power,
  smallest,
  zipped,
} from './contents.ts';

/**
 * Shapes aligned at their last axes, by ONNX's multidirectional broadcasting; null when one is not
 * known.
 * @throws Contradiction for two sizes that cannot go together
 */
export function broadcast(
  node: NodeView,
  shapes: readonly (readonly Dim[] | null)[],
): readonly Dim[] | null {
  if (!shapes.every((shape) => shape !== null)) return null;
  const rank = Math.max(0, ...shapes.map((shape) => shape.length));
  return Array.from({ length: rank }, (_, axis) =>
    together(
      node,
      shapes.map((shape) => shape[axis - rank + shape.length] ?? 1),
      shapes,
    ),
  );
}

/** One axis of several shapes: 1 gives way, a number beats names, which have to agree. */
function together(node: NodeView, dims: readonly Dim[], shapes: readonly (readonly Dim[])[]): Dim {
  const numbers = new Set(dims.filter((dim) => typeof dim === 'number' && dim !== 1));
  if (numbers.size > 1) {
    throw new Contradiction(
      `Shapes ${shapes.map(shapeText).join(' and ')} cannot be broadcast together.`,
    );
  }
  const [number] = numbers;
  return number ?? dims.reduce((a, b) => broadcastDim(a, b) ?? node.fresh());
}

/** Before opset 7 only the second operand could be stretched. */
const operands = (node: NodeView, indices: readonly number[]) =>
  node.opset < 7
    ? node.shape(0)
    : broadcast(
        node,
        indices.map((index) => node.shape(index)),
      );

const PAIR = [0, 1];

/** Element type of operands that share one. */
const shared = (node: NodeView): ElementCode | null =>
  node.inputs.find((input) => input !== null)?.elem ?? null;

const binary =
  (compute: Compute): ShapeRule =>
  (node) => {
    const elem = shared(node);
    if (elem === null) return [null];
    const shape = operands(node, PAIR);
    const items = zipped(node, PAIR, shape, ([a, b]) =>
      held(elem, compute(a as Dim, b as Dim, elem)),
    );
    return [tensorType(elem, shape, items)];
  };

const predicate =
  (compute: (a: Dim, b: Dim) => Dim | null): ShapeRule =>
  (node) => {
    const shape = operands(node, PAIR);
    const items = zipped(node, PAIR, shape, ([a, b]) => compute(a as Dim, b as Dim));
    return [tensorType(T.BOOL, shape, items)];
  };

/** For operators whose results no shape is computed from. */
const opaque: Compute = () => null;

/** Sum, Max and their like; before opset 8 all operands were of one shape. */
const variadic =
  (compute: (a: Dim, b: Dim) => Dim | null): ShapeRule =>
  (node) => {
    const elem = shared(node);
    if (elem === null) return [null];
    const all = node.inputs.map((_, index) => index);
    const shape = node.opset < 8 ? node.shape(0) : operands(node, all);
    const items = zipped(node, all, shape, (each) => {
      const result = each.reduce<Dim | null>((a, b, i) => {
        if (i === 0 || a === null) return i === 0 ? b : null;
        return compute(a, b);
      }, null);
      return held(elem, result);
    });
    return [tensorType(elem, shape, items)];
  };

const where: ShapeRule = (node) => {
  const elem = node.elem(1) ?? node.elem(2);
  if (elem === null) return [null];
  const all = [0, 1, 2];
  const shape = operands(node, all);
  const items = zipped(node, all, shape, ([condition, a, b]) => {
    if (typeof condition === 'number') return (condition ? a : b) as Dim;
    return a === b ? (a as Dim) : null;
  });
  return [tensorType(elem, shape, items)];
};

const both = (compute: (a: number, b: number) => number) => (a: Dim, b: Dim) =>
  typeof a === 'number' && typeof b === 'number' ? compute(a, b) : null;

/** Pow's result is of the base's type, whatever the exponent's. */
const pow: ShapeRule = (node) => (node.input(0) ? binary(power)(node) : [null]);

/** Operators of two or more operands, item by item. */
export const ELEMENTWISE: Rules = {
  Add: binary(add),
  Sub: binary(sub),
  Mul: binary(mul),
  Div: binary(divide),
  Mod: (node) => binary(modulo(node.int('fmod', 0) === 1))(node),
  Pow: pow,
  BitShift: binary(opaque),
  BitwiseAnd: binary(opaque),
  BitwiseOr: binary(opaque),
  BitwiseXor: binary(opaque),
  PRelu: (node) => [node.like(0, node.shape(0))],
  And: predicate(both((a, b) => a & b)),
  Or: predicate(both((a, b) => a | b)),
  Xor: predicate(both((a, b) => a ^ b)),
  Equal: predicate(equals),
  Less: predicate(isLess),
  LessOrEqual: predicate(isLessOrEqual),
  Greater: predicate((a, b) => isLess(b, a)),
  GreaterOrEqual: predicate((a, b) => isLessOrEqual(b, a)),
  Max: variadic(greatest),
  Min: variadic(smallest),
  Sum: variadic(add),
  Mean: variadic(() => null),
  Where: where,
};
