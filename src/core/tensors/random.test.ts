import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom, shuffled } from './random.ts';

const draw = <T>(count: number, next: () => T) => Array.from({ length: count }, next);

function tally<T>(values: readonly T[]): Map<T, number> {
  const counts = new Map<T, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}

describe('seededRandom', () => {
  it('gives the same numbers for the same seed and others for another', () => {
    const numbers = (seed: number) => {
      const random = seededRandom(seed);
      return draw(20, () => [random.int(0, 1e6), random.unit()]);
    };
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        expect(numbers(seed)).toEqual(numbers(seed));
        expect(numbers(seed)).not.toEqual(numbers(seed + 1));
      }),
      { numRuns: 20 },
    );
  });

  it('draws whole numbers evenly, both ends included', () => {
    const random = seededRandom(1);
    const counts = tally(draw(12_000, () => random.int(-2, 3)));
    expect([...counts.keys()].sort((a, b) => a - b)).toEqual([-2, -1, 0, 1, 2, 3]);
    // Expected 2,000 each with a standard deviation of 41.
    for (const count of counts.values()) expect(Math.abs(count - 2000)).toBeLessThan(200);
  });

  it('draws units in [0, 1)', () => {
    const random = seededRandom(2);
    const units = draw(10_000, random.unit);
    expect(Math.min(...units)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...units)).toBeLessThan(1);
  });
});

describe('shuffled', () => {
  it('is a permutation and leaves its input as it is', () => {
    fc.assert(
      fc.property(fc.array(fc.integer()), fc.integer(), (items, seed) => {
        const before = [...items];
        const after = shuffled(items, seededRandom(seed));
        expect(tally(after)).toEqual(tally(before));
        expect(items).toEqual(before);
      }),
    );
  });

  it('gives each of the 24 orders of four equally often', () => {
    const random = seededRandom(3);
    const counts = tally(draw(12_000, () => shuffled(['a', 'b', 'c', 'd'], random).join('')));
    expect(counts.size).toBe(24);
    // Expected 500 each with a standard deviation of 22.
    for (const count of counts.values()) expect(Math.abs(count - 500)).toBeLessThan(110);
  });
});
