import type { Dim } from '../dim.ts';
import { MAX_ITEMS } from '../types.ts';
import { Contradiction, type NodeView } from '../view.ts';

/** "[batch,3]", for messages. */
export const shapeText = (shape: readonly Dim[]): string => `[${shape.join(',')}]`;

/**
 * An axis counted from the front; negative ones count from behind.
 * @throws Contradiction for one outside the rank
 */
export function axisAt(axis: number, rank: number): number {
  const at = axis < 0 ? axis + rank : axis;
  if (at < 0 || at >= rank) {
    throw new Contradiction(`There is no axis ${axis} among ${rank}.`);
  }
  return at;
}

/**
 * Several axes counted from the front, as `axisAt`.
 * @throws Contradiction for one that is named twice
 */
export function axesAt(axes: readonly number[], rank: number): ReadonlySet<number> {
  const found = new Set(axes.map((axis) => axisAt(axis, rank)));
  if (found.size < axes.length) throw new Contradiction(`Axes ${axes.join(', ')} repeat one.`);
  return found;
}

/** A shape of which only the rank is known; null when not even that, or when it is absurd. */
export const unknownDims = (node: NodeView, rank: number | null): readonly Dim[] | null =>
  rank === null || rank < 0 || rank > MAX_ITEMS ? null : Array.from({ length: rank }, node.fresh);

/** How many items an input of rank 1 holds; null when not known. */
export function lengthOf(node: NodeView, index: number): number | null {
  const shape = node.shape(index);
  return shape?.length === 1 && typeof shape[0] === 'number' ? shape[0] : null;
}

/** `shape` with one axis of another size. */
export const withDim = (shape: readonly Dim[], axis: number, dim: Dim): readonly Dim[] =>
  shape.map((each, i) => (i === axis ? dim : each));
