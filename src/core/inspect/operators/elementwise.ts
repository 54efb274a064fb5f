import { TensorProto_DataType as T } from '../../onnx/onnx_pb.ts';
import { add, broadcastDim, type Dim, mul, sub } from '../dims.ts';
import { tensorType, type ValueType } from '../types.ts';
import { Contradiction, type NodeView, type Rule, type Rules } from '../view.ts';

const same: Rule = (node) => [node.like(0, node.shape(0))];

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
    shapes
      .map((shape) => shape[axis - rank + shape.length] ?? 1)
      .reduce((a, b) => {
        if (typeof a === 'number' && typeof b === 'number' && a !== b && a !== 1 && b !== 1) {
          throw new Contradiction(
            `Shapes ${shapes.map((shape) => `[${shape.join(',')}]`).join(' and ')} cannot go together.`,
          );
        }
        return broadcastDim(a, b) ?? node.fresh();
      }),
  );
}

/** Item-wise arithmetic on known contents, both of one shape or one of them a single item. */
function combine(node: NodeView, compute: (a: Dim, b: Dim) => Dim | null): readonly Dim[] | null {
  const [a, b] = [node.items(0), node.items(1)];
  if (!a || !b || (a.length !== b.length && a.length !== 1 && b.length !== 1)) return null;
  const items = Array.from({ length: Math.max(a.length, b.length) }, (_, i) =>
    compute(a[a.length === 1 ? 0 : i] as Dim, b[b.length === 1 ? 0 : i] as Dim),
  );
  return items.every((item) => item !== null) ? items : null;
}

const binary =
  (compute: (a: Dim, b: Dim) => Dim | null): Rule =>
  (node) => [node.like(0, broadcast(node, [node.shape(0), node.shape(1)]), combine(node, compute))];

const comparison =
  (compute: (a: Dim, b: Dim) => Dim | null): Rule =>
  (node): ValueType[] => [
    tensorType(T.BOOL, broadcast(node, [node.shape(0), node.shape(1)]), combine(node, compute)),
  ];

/** Compares numbers; of symbolic sizes only equal ones can be told. */
const onNumbers =
  (compute: (a: number, b: number) => boolean) =>
  (a: Dim, b: Dim): Dim | null =>
    typeof a === 'number' && typeof b === 'number' ? Number(compute(a, b)) : null;

export const ELEMENTWISE: Rules = {
  Relu: same,
  Sigmoid: same,
  Add: binary(add),
  Sub: binary(sub),
  Mul: binary(mul),
  Greater: comparison(onNumbers((a, b) => a > b)),
};
