import type { Dim } from '../dim.ts';
import { floor, isKnown, mul } from '../dims.ts';
import { Contradiction, type NodeView, type Rules, type ShapeRule } from '../view.ts';
import { axisAt, unknownDims } from './axes.ts';
import { sizesFrom } from './checks.ts';

/** ONNX, Resize: floor(in · scale). onnxruntime multiplies in float32: 20 · 2.1 is 42 there. */
function scaled(node: NodeView, size: Dim, scale: number): Dim {
  if (scale === 1) return size;
  if (typeof size === 'number') return Math.floor(Math.fround(size * scale));
  return floor(mul(size, scale)) ?? node.fresh();
}

/**
 * ONNX, Resize-18: under a policy other than "stretch" all axes take one scale, the least or the
 * greatest of wanted / given, and halves are rounded up.
 */
function keptInRatio(
  node: NodeView,
  policy: string,
  given: readonly Dim[],
  wanted: readonly Dim[],
): readonly Dim[] {
  if (policy === 'stretch') return wanted;
  if (!isKnown(given) || !isKnown(wanted)) return wanted.map(node.fresh);
  const scales = wanted.map((size, i) => size / (given[i] as number));
  const scale = policy === 'not_larger' ? Math.min(...scales) : Math.max(...scales);
  return given.map((size) => Math.round(scale * size));
}

/** Axes that scales or sizes are given for; all of them unless `axes` names some. */
function resizedAxes(node: NodeView, rank: number, given: readonly Dim[]): readonly number[] {
  const axes = node.ints('axes')?.map((axis) => axisAt(axis, rank));
  const resized = axes?.length ? axes : Array.from({ length: rank }, (_, axis) => axis);
  if (given.length !== resized.length) {
    throw new Contradiction(
      `${node.node.opType} is given ${given.length} sizes or scales for ${resized.length} axes.`,
    );
  }
  return resized;
}

function resized(
  node: NodeView,
  scales: readonly (number | null)[] | null,
  sizes: readonly Dim[] | null,
): readonly Dim[] | null {
  const input = node.shape(0);
  // A tensor of no rank has nothing to scale, and files do not hold one.
  const given = sizes ?? scales;
  if (!input || !given) {
    const whole = sizes && !node.ints('axes')?.length ? sizes.length : null;
    return sizes && whole ? sizes : unknownDims(node, input?.length ?? whole);
  }
  const axes = resizedAxes(node, input.length, given as readonly Dim[]);
  const shape = [...input];
  if (sizes) {
    const policy = node.text('keep_aspect_ratio_policy', 'stretch');
    const before = axes.map((axis) => input[axis] as Dim);
    const after = keptInRatio(node, policy, before, sizes);
    axes.forEach((axis, i) => {
      shape[axis] = after[i] as Dim;
    });
    return shape;
  }
  axes.forEach((axis, i) => {
    const scale = scales?.[i] ?? null;
    shape[axis] = scale === null ? node.fresh() : scaled(node, input[axis] as Dim, scale);
  });
  return shape;
}

/** Scales in an input; an empty list says that sizes are given instead. */
function scalesFrom(node: NodeView, index: number): readonly (number | null)[] | null {
  const items = node.items(index);
  if (!items?.length) return null;
  return items.map((item) => (typeof item === 'number' ? item : null));
}

const resize: ShapeRule = (node) => {
  // Resize-10 has its scales where later versions have the region of interest.
  const scales = scalesFrom(node, node.opset < 11 ? 1 : 2);
  const sizes = node.opset < 11 ? null : sizesFrom(node, 3);
  return [node.like(0, resized(node, scales, sizes?.length ? sizes : null))];
};

const upsample: ShapeRule = (node) => {
  const scales = node.floats('scales') ?? scalesFrom(node, 1);
  return [node.like(0, resized(node, scales, null))];
};

/** Image sizes by factors or as numbers. */
export const RESIZE: Rules = { Resize: resize, Upsample: upsample };
