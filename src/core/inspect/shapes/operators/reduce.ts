import { TensorProto_DataType as T } from '../../../onnx/onnx_pb.ts';
import type { Dim } from '../dim.ts';
import { add, mul } from '../dims.ts';
import { tensorType } from '../types.ts';
import type { NodeView, Rules, ShapeRule } from '../view.ts';
import { axesAt, axisAt, lengthOf, unknownDims } from './axes.ts';
import { greatest, held, smallest } from './contents.ts';

type Fold = (a: Dim, b: Dim) => Dim | null;

/** Axes to reduce: an input from opset 18 (ReduceSum: 13) on, else an attribute. Null: not known. */
function axesOf(node: NodeView): readonly number[] | null {
  return node.has(1) ? node.numbers(1) : (node.ints('axes') ?? []);
}

/** Axes are gone, or of size 1 where they are kept. */
const without = (shape: readonly Dim[], axes: ReadonlySet<number>, keep: boolean): Dim[] =>
  shape.flatMap((size, axis) => (axes.has(axis) ? (keep ? [1] : []) : [size]));

/** The one item that all items of the input come to; null where that cannot be told. */
function folded(node: NodeView, fold: Fold | null): readonly Dim[] | null {
  const [first, ...items] = node.items(0) ?? [];
  const elem = node.elem(0);
  if (!fold || first === undefined || elem === null) return null;
  const item = items.reduce<Dim | null>(
    (sum, each) => (sum === null ? null : held(elem, fold(sum, each))),
    first,
  );
  return item === null ? null : [item];
}

/** Over all axes where none are named, or over none with `noop_with_empty_axes`. */
const reduce =
  (fold: Fold | null): ShapeRule =>
  (node) => {
    const keep = node.int('keepdims', 1) !== 0;
    const shape = node.shape(0);
    const axes = axesOf(node);
    if (!shape || !axes) return [node.like(0, unknownDims(node, rankAfter(node, keep)))];
    if (axes.length === 0 && node.int('noop_with_empty_axes', 0)) {
      return [node.like(0, shape, fold ? node.items(0) : null)];
    }
    const named = axes.length > 0 ? axes : [...shape.keys()];
    const gone = axesAt(named, shape.length);
    const items = gone.size === shape.length ? folded(node, fold) : null;
    return [node.like(0, without(shape, gone, keep), items)];
  };

/** Rank of the result where axes or shape are not known. */
function rankAfter(node: NodeView, keep: boolean): number | null {
  const rank = node.shape(0)?.length;
  if (rank !== undefined && keep) return rank;
  const named = node.has(1) ? lengthOf(node, 1) : (node.ints('axes')?.length ?? 0);
  if (named === 0 && !node.int('noop_with_empty_axes', 0)) return keep ? null : 0;
  return rank === undefined || named === null ? null : rank - named;
}

const arg: ShapeRule = (node) => {
  const shape = node.shape(0);
  if (!shape) return [tensorType(T.INT64, null)];
  const axis = axisAt(node.int('axis', 0), shape.length);
  const keep = node.int('keepdims', 1) !== 0;
  return [tensorType(T.INT64, without(shape, new Set([axis]), keep))];
};

/** ONNX: a loss per target, or one for all; the logarithms of the probabilities on top. */
const loss: ShapeRule = (node) => [
  node.like(0, node.text('reduction', 'mean') === 'none' ? node.shape(1) : []),
  node.like(0, node.shape(0)),
];

/** Sums, extremes and their places along axes. */
export const REDUCE: Rules = {
  ReduceSum: reduce(add),
  ReduceProd: reduce(mul),
  ReduceMax: reduce(greatest),
  ReduceMin: reduce(smallest),
  ReduceMean: reduce(null),
  ReduceL1: reduce(null),
  ReduceL2: reduce(null),
  ReduceLogSum: reduce(null),
  ReduceLogSumExp: reduce(null),
  ReduceSumSquare: reduce(null),
  ArgMax: arg,
  ArgMin: arg,
  NegativeLogLikelihoodLoss: loss,
  SoftmaxCrossEntropyLoss: loss,
};
