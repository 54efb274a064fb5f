export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Four corners, clockwise on the screen from the top left. */
export type Quad = readonly [Point, Point, Point, Point];

/** A rectangle that may be turned. */
export interface Rectangle {
  readonly centre: Point;
  /** The direction of `length`, of unit length; `breadth` runs a quarter turn from it. */
  readonly axis: Point;
  readonly length: number;
  readonly breadth: number;
}

/** Positive where a, b, c turn clockwise on the screen (y runs down). */
export const turn = (a: Point, b: Point, c: Point): number =>
  (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);

/** The convex hull, clockwise on the screen, without points on its sides (Andrew's monotone chain). */
export function convexHull(points: readonly Point[]): Point[] {
  const sorted = [...points].sort((a, b) => a.x - b.x || a.y - b.y);
  const half = (ordered: readonly Point[]) => {
    const chain: Point[] = [];
    for (const point of ordered) {
      while (chain.length > 1 && turn(chain.at(-2) as Point, chain.at(-1) as Point, point) <= 0) {
        chain.pop();
      }
      chain.push(point);
    }
    return chain.slice(0, -1);
  };
  const hull = [...half(sorted), ...half(sorted.reverse())];
  return hull.length > 0 ? hull : sorted.slice(0, 1);
}

/** The upright rectangle around points, in axes turned so that `axis` is to the right. */
function rectangleAlong(points: readonly Point[], axis: Point): Rectangle {
  const along = points.map(({ x, y }) => x * axis.x + y * axis.y);
  const across = points.map(({ x, y }) => y * axis.x - x * axis.y);
  const [left, right] = [Math.min(...along), Math.max(...along)];
  const [top, bottom] = [Math.min(...across), Math.max(...across)];
  const [u, v] = [(left + right) / 2, (top + bottom) / 2];
  return {
    centre: { x: u * axis.x - v * axis.y, y: u * axis.y + v * axis.x },
    axis,
    length: right - left,
    breadth: bottom - top,
  };
}

const area = ({ length, breadth }: Rectangle) => length * breadth;

/**
 * The rectangle of least area around points: one of its sides lies on a side of their convex hull
 * (Freeman and Shapira, "Determining the minimum-area encasing rectangle for an arbitrary closed
 * curve", 1975).
 *
 * @param points at least one; of one point or of points in a line, the breadth is 0
 */
export function smallestRectangle(points: readonly Point[]): Rectangle {
  const hull = convexHull(points);
  let best = rectangleAlong(hull, { x: 1, y: 0 });
  hull.forEach((from, i) => {
    const to = hull[(i + 1) % hull.length] as Point;
    const distance = Math.hypot(to.x - from.x, to.y - from.y);
    if (distance === 0) return;
    const axis = { x: (to.x - from.x) / distance, y: (to.y - from.y) / distance };
    const candidate = rectangleAlong(hull, axis);
    if (area(candidate) < area(best)) best = candidate;
  });
  return best;
}

/** The same rectangle with every side moved outwards by a distance. */
export const grown = (rectangle: Rectangle, distance: number): Rectangle => ({
  ...rectangle,
  length: rectangle.length + 2 * distance,
  breadth: rectangle.breadth + 2 * distance,
});

/** The corners, from the upper of the two that are furthest left, clockwise on the screen. */
export function cornersOf({ centre, axis, length, breadth }: Rectangle): Quad {
  const corner = (u: number, v: number): Point => ({
    x: centre.x + (u * length * axis.x - v * breadth * axis.y) / 2,
    y: centre.y + (u * length * axis.y + v * breadth * axis.x) / 2,
  });
  const corners = [corner(-1, -1), corner(1, -1), corner(1, 1), corner(-1, 1)];
  const byX = [...corners].sort((a, b) => a.x - b.x);
  const [upperLeft] = byX.slice(0, 2).sort((a, b) => a.y - b.y) as [Point];
  const first = corners.indexOf(upperLeft);
  return [0, 1, 2, 3].map((i) => corners[(first + i) % 4]) as unknown as Quad;
}
