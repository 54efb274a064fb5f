import type { Size } from '../../../core/pictures/picture.ts';
import type { Point } from './rectangle.ts';

/** Offsets of a pixel's eight neighbours. */
const AROUND = [-1, 0, 1].flatMap((dy) => [-1, 0, 1].map((dx) => [dx, dy] as const));

/** First and last column of a region in each of its rows. */
class Extent {
  private readonly rows = new Map<number, [first: number, last: number]>();

  add(x: number, y: number): void {
    const row = this.rows.get(y);
    if (!row) this.rows.set(y, [x, x]);
    else if (x < row[0]) row[0] = x;
    else if (x > row[1]) row[1] = x;
  }

  points(): Point[] {
    return [...this.rows].flatMap(([y, [first, last]]) => [
      { x: first, y },
      { x: last, y },
    ]);
  }
}

/**
 * Regions of pixels above a threshold that touch at a side or a corner.
 *
 * OpenCV's `findContours`, which the original asks, also gives the rims of holes; those lie inside
 * a region that is there already, so here they are none.
 *
 * @param map width * height shares, row by row
 * @param most no more regions than this, from the top on
 * @returns for each region, the ends of all its rows: the same convex hull as all its pixels
 */
export function regionsOf(
  map: ArrayLike<number>,
  { width, height }: Size,
  threshold: number,
  most: number,
): Point[][] {
  const seen = new Uint8Array(width * height);
  const isNew = (index: number) => seen[index] === 0 && (map[index] as number) > threshold;
  const regions: Point[][] = [];
  const open: number[] = [];
  for (let start = 0; start < seen.length && regions.length < most; start++) {
    if (!isNew(start)) continue;
    const extent = new Extent();
    seen[start] = 1;
    open.push(start);
    for (let index = open.pop(); index !== undefined; index = open.pop()) {
      const x = index % width;
      const y = (index - x) / width;
      extent.add(x, y);
      for (const [dx, dy] of AROUND) {
        if (x + dx < 0 || x + dx >= width || y + dy < 0 || y + dy >= height) continue;
        const next = index + dy * width + dx;
        if (!isNew(next)) continue;
        seen[next] = 1;
        open.push(next);
      }
    }
    regions.push(extent.points());
  }
  return regions;
}
