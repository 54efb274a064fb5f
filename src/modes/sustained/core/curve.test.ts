import { describe, expect, it } from 'vitest';
import { curveOf, timeTicks } from './curve.ts';
import { gapsOf, type SliceFigures } from './slices.ts';
import { secondsOf } from './testing.ts';

const SECONDS = secondsOf(Array.from({ length: 100 }, (_, i) => (i < 60 ? 1 : 2)));

describe('the curve of a run', () => {
  it('has no more points than asked for, all in order, over the whole run', () => {
    const points = curveOf(SECONDS, [], 30);
    expect(points).toHaveLength(25);
    expect(points.every(({ at }, i) => at > (points[i - 1]?.at ?? 0))).toBe(true);
    expect(points[0]?.median).toBeCloseTo(1, 1);
    expect(points.at(-1)?.median).toBeCloseTo(2, 1);
    expect(points.every(({ band }) => band && band[0] < band[1])).toBe(true);
  });

  it('breaks where nothing was measured', () => {
    const late = (slice: SliceFigures) => ({
      ...slice,
      from: slice.from + 9000,
      at: slice.at + 9000,
    });
    // Each of these slices is busy for a tenth of a second, so that all are apart by a gap of 0.9 s.
    const slices = [...SECONDS.slice(0, 10), ...SECONDS.slice(10, 20).map(late)];
    const gaps = gapsOf(slices);
    expect(gaps).toHaveLength(1);
    const points = curveOf(slices, gaps, 5);
    expect(points.filter(({ median }) => median === null)).toHaveLength(1);
    expect(points.map(({ median }) => median === null).indexOf(true)).toBe(3);
  });
});

it('ticks at round moments', () => {
  for (const seconds of [3, 10, 59, 60, 120, 300, 600, 1800]) {
    const ticks = timeTicks(1000 * seconds);
    expect(ticks.length).toBeGreaterThanOrEqual(3);
    expect(ticks.length).toBeLessThanOrEqual(7);
  }
  expect(timeTicks(60_000)).toEqual([0, 10, 20, 30, 40, 50, 60].map((s) => s * 1000));
});
