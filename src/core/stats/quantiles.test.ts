import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { medianOf, quantile, sorted } from './quantiles.ts';

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
