import type { Dim } from '../dim.ts';
import { add, ceilDivide, lowerBound, mayBeAny, mul, sub } from '../dims.ts';
import { Contradiction, type NodeView, type Rules, type ShapeRule } from '../view.ts';
import { picked } from './along.ts';
import { axisAt, lengthOf, unknownDims, withDim } from './axes.ts';

/**
 * Starts and ends from here on mean "to the end", whatever the size: exporters write INT64_MAX,
 * INT32_MAX and 10^9.
 */
const END = 10 ** 9;

/** One axis's cut; an item is undefined where it is not known. */
interface Cut {
  readonly start: Dim | undefined;
  readonly end: Dim | undefined;
  readonly step: Dim | undefined;
}

const clamp = (at: number, least: number, most: number) => Math.min(Math.max(at, least), most);

/** Places that a cut takes from an axis of known size, by numpy's rules. */
function places(size: number, start: number, end: number, step: number): number[] {
  const [least, most] = step > 0 ? [0, size] : [-1, size - 1];
  const from = clamp(start < 0 ? start + size : start, least, most);
  const to = clamp(end < 0 ? end + size : end, least, most);
  const length = Math.max(Math.ceil((to - from) / step), 0);
  return Array.from({ length }, (_, i) => from + i * step);
}

/**
 * A start or an end as a place from the front of an axis; null where that depends on the size.
 * Two things are taken for granted: an axis reaches as far as negative places count back, and a
 * table of known size reaches as far as the length in use that it is cut to.
 */
function place(size: Dim, at: Dim): Dim | null {
  if (typeof at === 'number') {
    if (at >= END) return size;
    if (at <= -END) return 0;
    if (at < 0) return add(size, at);
    // A slice of one is there to be used as one.
    return at <= 1 || lowerBound(size) >= at ? at : null;
  }
  if (mayBeAny(at)) return null;
  if (isNeverPositive(at)) return add(size, at);
  if (lowerBound(sub(at, size)) >= 0) return size;
  return typeof size === 'number' || lowerBound(sub(size, at)) >= 0 ? at : null;
}

const isNeverPositive = (dim: Dim) => lowerBound(mul(dim, -1)) >= 0;

/** The start's place; where the end counts from behind, the start is taken to lie before it. */
function opening(size: Dim, start: Dim, end: Dim): Dim | null {
  const fromBehind = end === size || (typeof end === 'number' && (end < 0 || end >= END));
  const fromFront = typeof start === 'number' ? start >= 0 && start < END : !isNeverPositive(start);
  return fromBehind && fromFront && !mayBeAny(start) ? start : place(size, start);
}

/** Length of a cut where a number is missing; null where it cannot be told. */
function symbolicLength(size: Dim, { start, end, step }: Cut): Dim | null {
  if (start === undefined || end === undefined || typeof step !== 'number') return null;
  if (step < 0) {
    const fromLast = start === -1 || (typeof start === 'number' && start >= END);
    const isWhole = fromLast && typeof end === 'number' && end <= -END;
    return isWhole ? ceilDivide(size, -step) : null;
  }
  const [from, to] = [opening(size, start, end), place(size, end)];
  if (from === null || to === null) return null;
  const length = sub(to, from);
  if (typeof length === 'number') return Math.max(Math.ceil(length / step), 0);
  // A length that falls as the names grow stops at 0, where it no longer is this expression.
  const falls = typeof size === 'string' && lowerBound(mul(length, -1)) > Number.NEGATIVE_INFINITY;
  return falls ? null : ceilDivide(length, step);
}

const isNumeric = (cut: Cut): cut is { start: number; end: number; step: number } =>
  typeof cut.start === 'number' && typeof cut.end === 'number' && typeof cut.step === 'number';

/** The cuts by axis; null where not even the axes are known. */
function cutsOf(node: NodeView, rank: number): ReadonlyMap<number, Cut> | null {
  const old = node.opset < 10;
  const content = (index: number, name: string) => (old ? node.ints(name) : node.items(index));
  const [starts, ends] = [content(1, 'starts'), content(2, 'ends')];
  const steps = old ? null : node.items(4);
  const count = starts?.length ?? ends?.length ?? lengthOf(node, 1) ?? lengthOf(node, 2);
  const given = old ? node.ints('axes') : node.has(3) ? (node.numbers(3) ?? 'unknown') : null;
  if (given === 'unknown' || (!given && count === null)) return null;
  const axes = given ?? Array.from({ length: Math.min(count ?? 0, rank) }, (_, i) => i);
  return new Map(
    axes.map((axis, i) => {
      const step = old || !node.has(4) ? 1 : steps?.[i];
      if (step === 0) throw new Contradiction('A slice cannot have steps of 0.');
      return [axisAt(axis, rank), { start: starts?.[i], end: ends?.[i], step }];
    }),
  );
}

const slice: ShapeRule = (node) => {
  const dims = node.shape(0);
  if (!dims) return [node.like(0, null)];
  const cuts = cutsOf(node, dims.length);
  if (!cuts) return [node.like(0, unknownDims(node, dims.length))];
  let shape = dims;
  let items = node.items(0);
  for (const [axis, cut] of cuts) {
    const size = shape[axis] as Dim;
    if (typeof size === 'number' && isNumeric(cut)) {
      const at = places(size, cut.start, cut.end, cut.step);
      items = items && picked(items, shape, axis, at);
      shape = withDim(shape, axis, at.length);
    } else {
      const length = symbolicLength(size, cut);
      items = null;
      shape = withDim(shape, axis, length ?? node.fresh());
    }
  }
  return [node.like(0, shape, items)];
};

/** Slice, whose cuts were attributes up to opset 9. */
export const SLICE: Rules = { Slice: slice };
