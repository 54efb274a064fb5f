import { Fault } from '../../../core/errors.ts';
import type { Counts } from '../../../core/stats/counts.ts';
import type { TextMap } from './decode.ts';
import { type Point, type Quad, turn } from './rectangle.ts';

/** Two boxes are of one line from this share in common on (ICDAR 2015, incidental scene text). */
export const SAME_LINE = 0.5;

/** Twice the area, positive where corners run clockwise on the screen (shoelace formula). */
function doubleArea(polygon: readonly Point[]): number {
  return polygon.reduce((sum, from, i) => {
    const to = polygon[(i + 1) % polygon.length] as Point;
    return sum + from.x * to.y - to.x * from.y;
  }, 0);
}

/** The part of a polygon at the right hand of a line from a to b (Sutherland and Hodgman, 1974). */
function clipped(polygon: readonly Point[], a: Point, b: Point): Point[] {
  return polygon.flatMap((from, i) => {
    const to = polygon[(i + 1) % polygon.length] as Point;
    const [before, after] = [turn(a, b, from), turn(a, b, to)];
    const kept = before >= 0 ? [from] : [];
    if (before >= 0 === after >= 0) return kept;
    const t = before / (before - after);
    return [...kept, { x: from.x + t * (to.x - from.x), y: from.y + t * (to.y - from.y) }];
  });
}

/** Area in common over area together, of two convex quadrilaterals with clockwise corners; 0..1. */
export function quadIou(a: Quad, b: Quad): number {
  let common: readonly Point[] = a;
  b.forEach((from, i) => {
    common = clipped(common, from, b[(i + 1) % 4] as Point);
  });
  const shared = doubleArea(common);
  const together = doubleArea(a) + doubleArea(b) - shared;
  return together > 0 ? shared / together : 0;
}

interface Extent {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

function extentOf(quad: Quad): Extent {
  const xs = quad.map(({ x }) => x);
  const ys = quad.map(({ y }) => y);
  return {
    left: Math.min(...xs),
    top: Math.min(...ys),
    right: Math.max(...xs),
    bottom: Math.max(...ys),
  };
}

const apart = (a: Extent, b: Extent): boolean =>
  a.right < b.left || b.right < a.left || a.bottom < b.top || b.bottom < a.top;

/**
 * Pairs boxes of two lists, one to one, those that have most in common first.
 * @returns indices into both lists; what is in no pair has no counterpart
 */
export function pairBoxes(first: readonly Quad[], second: readonly Quad[]): [number, number][] {
  // Most boxes are nowhere near each other: a full page would take a hundred times as long.
  const extents = second.map(extentOf);
  const candidates = first
    .flatMap((a, i) => {
      const extent = extentOf(a);
      return second.flatMap((b, j) =>
        apart(extent, extents[j] as Extent) ? [] : [{ i, j, iou: quadIou(a, b) }],
      );
    })
    .filter(({ iou }) => iou >= SAME_LINE)
    .sort((a, b) => b.iou - a.iou);
  const pairs: [number, number][] = [];
  for (const { i, j } of candidates) {
    if (!pairs.some(([p, q]) => p === i || q === j)) pairs.push([i, j]);
  }
  return pairs;
}

/** How many of the boxes found are of a true line. */
export const compareBoxes = (found: readonly Quad[], expected: readonly Quad[]): Counts => ({
  matched: pairBoxes(found, expected).length,
  found: found.length,
  expected: expected.length,
});

/**
 * How far two maps agree on where text is: pixels that both say are text over those that either
 * does; 1 where neither sees any.
 * @throws Fault AnswerError for maps of different sizes.
 */
export function mapIou(a: TextMap, b: TextMap, threshold: number): number {
  if (a.width !== b.width || a.height !== b.height) {
    throw new Fault(
      'AnswerError',
      `A map of ${a.width} × ${a.height} pixels cannot be compared with one of ${b.width} × ${b.height}.`,
    );
  }
  let [both, either] = [0, 0];
  for (let i = 0; i < a.data.length; i++) {
    const inA = (a.data[i] as number) > threshold;
    const inB = (b.data[i] as number) > threshold;
    if (inA && inB) both++;
    if (inA || inB) either++;
  }
  return either > 0 ? both / either : 1;
}
