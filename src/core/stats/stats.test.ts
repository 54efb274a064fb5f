import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../tensors/random.ts';
import { varianceInflation } from './correlation.ts';
import { halfWidth, leastSure } from './enough.ts';
import { sorted } from './quantiles.ts';
import { spikesOf } from './spread.ts';
import { ar1, normal } from './synthetic.ts';

describe('varianceInflation', () => {
  it('is 1 for equal values and for too few', () => {
    expect(varianceInflation([3, 3, 3, 3, 3])).toBe(1);
    expect(varianceInflation([1, 2, 3])).toBe(1);
  });

  it('is near 1 for independent values, and near its theory for AR(1)', () => {
    expect(varianceInflation(ar1(seededRandom(1), 4000, 0))).toBeLessThan(1.3);
    // Signs of a normal AR(1) correlate by 2/pi asin(rho^k); for rho = 0.8 the sum gives 6.6.
    const expected =
      1 +
      2 *
        Array.from({ length: 60 }, (_, k) => (2 / Math.PI) * Math.asin(0.8 ** (k + 1))).reduce(
          (a, b) => a + b,
        );
    const found = varianceInflation(ar1(seededRandom(2), 20_000, 0.8));
    expect(found / expected).toBeGreaterThan(0.8);
    expect(found / expected).toBeLessThan(1.25);
  });

  it('does not depend on the unit, nor on how far a spike goes', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 99 }), { minLength: 5 }), (values) => {
        const inflation = varianceInflation(values);
        expect(inflation).toBeGreaterThanOrEqual(1);
        expect(varianceInflation(values.map((value) => value * 4))).toBe(inflation);
        const top = Math.max(...values);
        const spiked = values.map((value) => (value === top ? top * 1000 : value));
        if (spiked.length > 0 && top > (sorted(values)[values.length >> 1] as number))
          expect(varianceInflation(spiked)).toBe(inflation);
      }),
    );
  });
});

describe('spikesOf', () => {
  it('counts what lies far above the rest', () => {
    const calm = Array.from({ length: 95 }, (_, i) => 10 + (i % 5) / 10);
    expect(spikesOf(sorted([...calm, 30, 40, 50, 60, 70]))).toEqual({ count: 5, share: 0.05 });
    expect(spikesOf(sorted(calm))).toEqual({ count: 0, share: 0 });
  });

  it('leaves at most half further from the median than its deviation says', () => {
    // 1, 2, 3, 4, 100: distances 2, 1, 0, 1, 97, of which the median is 1; 3 + 7.4 is the limit.
    expect(spikesOf([1, 2, 3, 4, 10]).count).toBe(0);
    expect(spikesOf([1, 2, 3, 4, 11]).count).toBe(1);
  });

  it('does not take a clock’s step for a spike, nor nothing for something', () => {
    expect(spikesOf(sorted([1, 1, 1, 1, 1.005])).count).toBe(0);
    expect(spikesOf([])).toEqual({ count: 0, share: 0 });
  });
});

describe('leastSure', () => {
  const rounds = (values: readonly number[]) =>
    values.map((median, round) => ({ round, median, ms: [median] }));
  const noisy = (lane: string, seed: number, by: number, count = 120, level = 10) => {
    const random = seededRandom(seed);
    return {
      lane,
      rounds: rounds(Array.from({ length: count }, () => level * Math.exp(by * normal(random)))),
    };
  };

  it('is nothing for lanes without noise, and unknown for few rounds', () => {
    expect(leastSure([noisy('a', 1, 0), noisy('b', 2, 0)])?.halfWidth).toBe(0);
    expect(leastSure([noisy('a', 1, 0), noisy('b', 2, 0, 20)])).toEqual({
      lane: 'b',
      of: 'time',
      halfWidth: Number.POSITIVE_INFINITY,
    });
    expect(leastSure([])).toBeNull();
  });

  it('counts only steady rounds', () => {
    const warm = rounds([...new Array(40).fill(90), ...new Array(80).fill(10)]);
    expect(leastSure([{ lane: 'a', rounds: warm }])?.halfWidth).toBe(0);
    const late = rounds([...new Array(20).fill(90), ...new Array(31).fill(10)]);
    expect(leastSure([{ lane: 'a', rounds: late }])?.halfWidth).toBe(Number.POSITIVE_INFINITY);
  });

  it('shrinks as rounds come in, and names the noisiest lane', () => {
    const of = (count: number) =>
      leastSure([noisy('a', 1, 0.1, count), noisy('b', 2, 0.1, count)])?.halfWidth ?? 0;
    expect(of(2000)).toBeLessThan(of(60) / 2);
    const found = leastSure([noisy('a', 1, 0.001, 200), noisy('b', 2, 0.2, 200)]);
    expect(found?.lane).toBe('b');
    expect(found?.halfWidth).toBeGreaterThan(0.01);
  });

  it('is about a lane’s own time where a drift cancels out of the ratio', () => {
    const drift = noisy('a', 1, 0.3).rounds;
    const own = noisy('b', 2, 0.001).rounds;
    const both = rounds(own.map(({ median }, i) => median * (drift[i]?.median ?? 1)));
    const found = leastSure([
      { lane: 'a', rounds: drift },
      { lane: 'b', rounds: both },
    ]);
    // Their ratio is sure; their times, which drift, are not.
    expect(found?.of).toBe('time');
  });

  it('is the half of an interval’s width by its middle', () => {
    expect(halfWidth({ low: 0.98, high: 1.02 })).toBeCloseTo(0.02, 12);
  });
});
