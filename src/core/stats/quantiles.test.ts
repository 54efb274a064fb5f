import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Random } from '../tensors/random.ts';
import {
  countBelow,
  medianOf,
  quantile,
  sorted,
  steppedMedian,
  steppedQuantile,
} from './quantiles.ts';
import { normal, shareOf } from './synthetic.ts';

const samples = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 1, maxLength: 60 });
const share = fc.integer({ min: 0, max: 64 }).map((n) => n / 64);

describe('quantile', () => {
  // Type 7: position share * (n - 1), as numpy.quantile gives.
  it.each([
    [[1, 2, 3, 4], 0, 1],
    [[1, 2, 3, 4], 0.25, 1.75],
    [[1, 2, 3, 4], 0.5, 2.5],
    [[1, 2, 3, 4], 1, 4],
    [[10, 20, 30, 40, 50], 0.95, 48],
    [[7], 0.99, 7],
  ])('of %j at %f is %f', (values, at, expected) => {
    expect(quantile(values, at)).toBeCloseTo(expected, 12);
  });

  it('is not a number when there is nothing', () => {
    expect(quantile([], 0.5)).toBeNaN();
    expect(medianOf([])).toBeNaN();
  });

  it('never falls as the share grows and stays between the extremes', () => {
    fc.assert(
      fc.property(samples, share, share, (values, a, b) => {
        const ascending = sorted(values);
        const [low, high] = [
          quantile(ascending, Math.min(a, b)),
          quantile(ascending, Math.max(a, b)),
        ];
        expect(low).toBeLessThanOrEqual(high);
        expect(low).toBeGreaterThanOrEqual(Math.min(...values));
        expect(high).toBeLessThanOrEqual(Math.max(...values));
      }),
    );
  });

  it('leaves at most half of the values on either side of the median', () => {
    fc.assert(
      fc.property(samples, (values) => {
        const median = medianOf(values);
        expect(values.filter((value) => value < median).length * 2).toBeLessThanOrEqual(
          values.length,
        );
        expect(values.filter((value) => value > median).length * 2).toBeLessThanOrEqual(
          values.length,
        );
      }),
    );
  });

  it('does not depend on the order, nor change what it is given', () => {
    const shuffledPair = samples.chain((values) =>
      fc.tuple(fc.constant(values), fc.shuffledSubarray(values, { minLength: values.length })),
    );
    fc.assert(
      fc.property(shuffledPair, ([values, permuted]) => {
        const before = [...permuted];
        expect(medianOf(permuted)).toBe(medianOf(values));
        expect(permuted).toEqual(before);
      }),
    );
  });
});

it('sorted orders by size, not by text', () => {
  expect([...sorted([10, 9, 100, -1])]).toEqual([-1, 9, 10, 100]);
});

it('countBelow counts what a loop counts', () => {
  fc.assert(
    fc.property(samples, fc.integer({ min: -1000, max: 1000 }), (values, limit) => {
      const ascending = sorted(values);
      expect(countBelow(ascending, limit)).toBe(values.filter((v) => v < limit).length);
      expect(countBelow(ascending, limit, true)).toBe(values.filter((v) => v <= limit).length);
    }),
  );
});

describe('steppedQuantile', () => {
  it('interpolates between a clock’s steps by how many times lie on each', () => {
    // 0.2 ms on a clock of 5 µs: 70% of the times at 0.2, 30% at 0.205, so 0.2015 in truth.
    expect(steppedMedian([...Array(70).fill(0.2), ...Array(30).fill(0.205)])).toBeCloseTo(
      0.2015,
      9,
    );
  });

  it('is the plain median where values are no steps of one clock, and of one or two values', () => {
    expect(steppedMedian([1, 1, 1, 9])).toBe(1);
    expect(steppedMedian([...Array(99).fill(1), 100])).toBe(1);
    expect(steppedMedian([1, 9])).toBe(5);
    expect(steppedMedian([7])).toBe(7);
    expect(steppedMedian([])).toBeNaN();
    expect(steppedMedian([0, 0, 0])).toBe(0);
  });

  it('stays between the extremes, never falls as the share grows, and has no unit', () => {
    const near = fc.array(fc.integer({ min: 20, max: 30 }), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(near, share, share, (values, a, b) => {
        const ascending = sorted(values);
        const low = steppedQuantile(ascending, Math.min(a, b));
        const high = steppedQuantile(ascending, Math.max(a, b));
        expect(low).toBeLessThanOrEqual(high + 1e-9);
        expect(low).toBeGreaterThanOrEqual(Math.min(...values));
        expect(high).toBeLessThanOrEqual(Math.max(...values));
        expect(steppedQuantile(sorted(values.map((v) => v / 1024)), a) * 1024).toBe(
          steppedQuantile(ascending, a),
        );
      }),
    );
  });

  /** Times of runs that begin at any moment of a clock's step of 1. */
  const read = (random: Random, truth: number, noise: number) =>
    Float64Array.from({ length: 60 }, () => {
      const begin = random.unit();
      return Math.floor(begin + truth + noise * normal(random)) - Math.floor(begin);
    });

  it.each([0, 0.2, 1, 3])('finds a time within a step of the clock, noise %f steps', (noise) => {
    for (const truth of [25.0, 25.2, 25.5, 25.8]) {
      const found: number[] = [];
      shareOf(200, (random) => {
        found.push(steppedMedian(read(random, truth, noise)));
        return true;
      });
      const mean = found.reduce((sum, each) => sum + each, 0) / found.length;
      expect(Math.abs(mean - truth), `${truth} steps`).toBeLessThan(0.12);
    }
  });
});
