import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { f1, precision, recall } from '../../../core/stats/counts.ts';
import { textBoxes } from './decode.ts';
import { compareBoxes, mapIou, pairBoxes, quadIou, SAME_LINE } from './metric.ts';
import { overlay, svgPoints } from './overlay.ts';
import { fittedSize, resized, spottingFeeds } from './prepare.ts';
import { convexHull, cornersOf, type Quad, smallestRectangle, turn } from './rectangle.ts';
import { regionsOf } from './regions.ts';
import { SpottingTaskSchema } from './task.ts';
import { blank, drawn, TASK } from './testing.ts';

const side = fc.integer({ min: 1, max: 5000 });
const coordinate = fc.integer({ min: -50, max: 50 });
const point = fc.record({ x: coordinate, y: coordinate });
const angle = fc.double({ min: 0, max: Math.PI, noNaN: true });

const turned = (degrees: number, length: number, breadth: number): Quad =>
  cornersOf({
    centre: { x: 50, y: 50 },
    axis: { x: Math.cos(degrees), y: Math.sin(degrees) },
    length,
    breadth,
  });

describe('the task', () => {
  it('is read from a manifest, and refused with what would divide by nothing', () => {
    expect(v.parse(SpottingTaskSchema, TASK)).toEqual(TASK);
    const flat = { ...TASK, std: [0.2, 0, 0.2] };
    expect(v.safeParse(SpottingTaskSchema, flat).success).toBe(false);
    expect(v.safeParse(SpottingTaskSchema, { ...TASK, multiple: 0 }).success).toBe(false);
  });
});

describe('sizes', () => {
  it('are multiples that are not much longer than allowed, of about the same shape', () => {
    fc.assert(
      fc.property(side, side, (width, height) => {
        const size = fittedSize({ width, height }, TASK);
        expect([size.width % 32, size.height % 32]).toEqual([0, 0]);
        expect(Math.max(size.width, size.height)).toBeLessThanOrEqual(TASK.longest);
        const ratio = Math.min(1, TASK.longest / Math.max(width, height));
        expect(Math.abs(size.width - width * ratio)).toBeLessThanOrEqual(32);
        expect(Math.abs(size.height - height * ratio)).toBeLessThanOrEqual(32);
      }),
    );
  });
});

describe('feeds', () => {
  it('hold blue, green and red in planes, normalised', () => {
    const white = blank(64, 32, [255, 0, 255]);
    const { inputs } = spottingFeeds(TASK, [white]);
    const [image] = inputs;
    expect(image?.dims).toEqual([1, 3, 32, 64]);
    const plane = (index: number) => image?.data[index * 32 * 64];
    expect(plane(0)).toBeCloseTo((1 - TASK.mean[0]) / TASK.std[0], 5);
    expect(plane(1)).toBeCloseTo(-TASK.mean[1] / TASK.std[1], 5);
    expect(plane(2)).toBeCloseTo((1 - TASK.mean[2]) / TASK.std[2], 5);
  });

  it('of several pictures follow one another', () => {
    const one = spottingFeeds(TASK, [blank(32, 32, [1, 2, 3])]).inputs[0]?.data;
    const two = spottingFeeds(TASK, [blank(32, 32, [9, 9, 9]), blank(32, 32, [1, 2, 3])]);
    expect(two.count).toBe(2);
    expect(two.inputs[0]?.data.slice(3 * 32 * 32)).toEqual(one);
  });

  it('are refused for pictures that are none, and for different sizes', () => {
    const short = { width: 4, height: 4, data: new Uint8Array(5) };
    expect(() => spottingFeeds(TASK, [short])).toThrow(/has 5 bytes where 64 belong/);
    expect(() => spottingFeeds(TASK, [{ ...short, width: 0 }])).toThrow(/cannot be 0 × 4/);
    expect(() => spottingFeeds(TASK, [])).toThrow('no picture');
    const sizes = [blank(64, 64), blank(64, 32)];
    expect(() => spottingFeeds(TASK, sizes)).toThrow(/64 × 64 pixels, another to 64 × 32/);
  });

  it('leave a picture as it is where its size is right, and even colours even', () => {
    const picture = { width: 2, height: 1, data: Uint8Array.of(1, 2, 3, 255, 4, 5, 6, 255) };
    expect([...resized(picture, picture)]).toEqual([1, 2, 3, 4, 5, 6]);
    expect(new Set(resized(blank(37, 11, [7, 7, 7]), { width: 64, height: 32 }))).toEqual(
      new Set([7]),
    );
  });
});

describe('regions', () => {
  it('join at corners, and are told apart by a gap', () => {
    const map = [0, 1, 0, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0, 1, 1, 0];
    const regions = regionsOf(map, { width: 4, height: 4 }, 0.5, 10);
    expect(regions.length).toBe(2);
    expect(regionsOf(map, { width: 4, height: 4 }, 0.5, 1).length).toBe(1);
  });

  it('do not go around the edge of the picture', () => {
    expect(regionsOf([0, 1, 1, 0], { width: 2, height: 2 }, 0.5, 10).length).toBe(1);
    expect(regionsOf([0, 0, 1, 1, 0, 0], { width: 3, height: 2 }, 0.5, 10).length).toBe(2);
  });
});

describe('rectangles', () => {
  it('hold all points, and the hull turns one way only', () => {
    fc.assert(
      fc.property(fc.array(point, { minLength: 1, maxLength: 40 }), (points) => {
        const hull = convexHull(points);
        hull.forEach((a, i) => {
          const [b, c] = [hull[(i + 1) % hull.length], hull[(i + 2) % hull.length]];
          if (hull.length > 2 && b && c) expect(turn(a, b, c)).toBeGreaterThan(0);
        });
        const { centre, axis, length, breadth } = smallestRectangle(points);
        for (const { x, y } of points) {
          const [dx, dy] = [x - centre.x, y - centre.y];
          expect(Math.abs(dx * axis.x + dy * axis.y)).toBeLessThanOrEqual(length / 2 + 1e-9);
          expect(Math.abs(dy * axis.x - dx * axis.y)).toBeLessThanOrEqual(breadth / 2 + 1e-9);
        }
      }),
    );
  });

  it('around the corners of a turned one are that one', () => {
    fc.assert(
      fc.property(angle, (by) => {
        const quad = turned(by, 60, 20);
        expect(quadIou(cornersOf(smallestRectangle(quad)), quad)).toBeCloseTo(1, 6);
      }),
    );
  });
});

describe('boxes', () => {
  it('grow back around a line, in the pixels of the picture', () => {
    const map = drawn(96, 64, [20, 30, 61, 39]);
    const [box, ...others] = textBoxes(map, { width: 192, height: 64 }, TASK);
    // 40 × 8 between pixel centres grow by 1.5 · 320 / 96 = 5 on all sides; the picture is twice as wide.
    expect(others).toEqual([]);
    expect(box?.corners).toEqual([
      { x: 30, y: 25 },
      { x: 130, y: 25 },
      { x: 130, y: 43 },
      { x: 30, y: 43 },
    ]);
    expect(box?.score).toBeCloseTo(0.9, 6);
  });

  it('stay inside the picture', () => {
    const [box] = textBoxes(drawn(64, 64, [0, 0, 64, 64]), { width: 64, height: 64 }, TASK);
    expect(box?.corners).toEqual([
      { x: 0, y: 0 },
      { x: 64, y: 0 },
      { x: 64, y: 64 },
      { x: 0, y: 64 },
    ]);
  });

  it('are none for specks, faint regions and maps without numbers', () => {
    const size = { width: 64, height: 64 };
    expect(textBoxes(drawn(64, 64, [5, 5, 8, 40]), size, TASK)).toEqual([]);
    const faint = drawn(64, 64, [5, 5, 50, 40]);
    for (let i = 0; i < faint.data.length; i++) faint.data[i] = (faint.data[i] as number) * 0.6;
    expect(textBoxes(faint, size, TASK)).toEqual([]);
    const nothing = { ...size, data: new Float32Array(64 * 64).fill(Number.NaN) };
    expect(textBoxes(nothing, size, TASK)).toEqual([]);
  });
});

describe('agreement', () => {
  it('of quadrilaterals is 1 with itself, symmetric, and 0 apart', () => {
    fc.assert(
      fc.property(angle, angle, (a, b) => {
        const [p, q] = [turned(a, 60, 20), turned(b, 40, 30)];
        expect(quadIou(p, p)).toBeCloseTo(1, 9);
        expect(quadIou(p, q)).toBeCloseTo(quadIou(q, p), 9);
      }),
    );
    const far = turned(0, 60, 20).map(({ x, y }) => ({ x: x + 100, y })) as unknown as Quad;
    expect(quadIou(turned(0, 60, 20), far)).toBe(0);
    const half = turned(0, 60, 20).map(({ x, y }) => ({ x: x + 30, y })) as unknown as Quad;
    expect(quadIou(turned(0, 60, 20), half)).toBeCloseTo(1 / 3, 9);
  });

  it('pairs boxes one to one', () => {
    const line = turned(0, 60, 20);
    const twice = compareBoxes([line, line], [line]);
    expect(twice).toEqual({ matched: 1, found: 2, expected: 1 });
    expect([precision(twice), recall(twice), f1(twice)]).toEqual([0.5, 1, 2 / 3]);
    expect(f1({ matched: 0, found: 0, expected: 0 })).toBeNaN();
    expect(precision(compareBoxes([], [line]))).toBeNaN();
    const near = line.map(({ x, y }) => ({ x: x + 5, y })) as unknown as Quad;
    expect(pairBoxes([near, line], [line])).toEqual([[1, 0]]);
  });

  it('overlooks no pair that has enough in common', () => {
    const quad = fc
      .tuple(point, angle, fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 40 }))
      .map(([centre, a, length, breadth]) =>
        cornersOf({ centre, axis: { x: Math.cos(a), y: Math.sin(a) }, length, breadth }),
      );
    fc.assert(
      fc.property(quad, quad, (a, b) => {
        expect(pairBoxes([a], [b]).length).toBe(quadIou(a, b) >= SAME_LINE ? 1 : 0);
      }),
    );
  });

  it('of maps counts pixels, and refuses maps of different sizes', () => {
    const map = drawn(8, 8, [0, 0, 4, 4]);
    expect(mapIou(map, drawn(8, 8, [0, 0, 4, 2]), 0.3)).toBe(0.5);
    expect(mapIou(drawn(8, 8), drawn(8, 8), 0.3)).toBe(1);
    expect(() => mapIou(map, drawn(8, 4), 0.3)).toThrow(/8 × 8 pixels .* 8 × 4/);
  });
});

describe('overlays', () => {
  it('are opaque where all is text and clear where nothing is', () => {
    const map = { width: 3, height: 1, data: Float32Array.of(0, 1, Number.NaN) };
    expect([...overlay(map, [1, 2, 3]).data]).toEqual([1, 2, 3, 0, 1, 2, 3, 255, 1, 2, 3, 0]);
    expect(svgPoints(turned(0, 60, 20))).toBe('20,40 80,40 80,60 20,60');
  });
});
