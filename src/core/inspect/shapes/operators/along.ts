import type { Dim } from '../dim.ts';
import { isKnown, product } from '../dims.ts';

/**
 * Contents with only some places along one axis, in the order of `indices` (not negative).
 * Null where a size is not known.
 */
export function picked(
  items: readonly Dim[],
  shape: readonly Dim[],
  axis: number,
  indices: readonly number[],
): readonly Dim[] | null {
  if (!isKnown(shape)) return null;
  const length = shape[axis] as number;
  const inner = product(shape.slice(axis + 1)) as number;
  const outer = product(shape.slice(0, axis)) as number;
  return Array.from({ length: outer }, (_, row) =>
    indices.map((index) => {
      const at = (row * length + index) * inner;
      return items.slice(at, at + inner);
    }),
  ).flat(2);
}

/** Contents laid side by side along an axis; null where a size is not known. */
export function concatenated(
  parts: readonly { readonly items: readonly Dim[]; readonly shape: readonly Dim[] }[],
  axis: number,
): readonly Dim[] | null {
  const [first] = parts;
  if (!first || !parts.every(({ shape }) => isKnown(shape))) return null;
  const outer = product(first.shape.slice(0, axis)) as number;
  return Array.from({ length: outer }, (_, row) =>
    parts.map(({ items }) =>
      items.slice((row * items.length) / outer, ((row + 1) * items.length) / outer),
    ),
  ).flat(2);
}

/** Contents with the axes in another order; null where a size is not known. */
export function transposed(
  items: readonly Dim[],
  shape: readonly Dim[],
  perm: readonly number[],
): readonly Dim[] | null {
  if (!isKnown(shape)) return null;
  const strides = shape.map((_, axis) => product(shape.slice(axis + 1)) as number);
  let places = [0];
  for (const axis of perm) {
    const [length, stride] = [shape[axis] as number, strides[axis] as number];
    places = places.flatMap((at) => Array.from({ length }, (_, i) => at + i * stride));
  }
  return places.map((at) => items[at] as Dim);
}
