import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../tensors/random.ts';
import type { Interval } from '../../units.ts';
import { entropyObserver, mseObserver, percentileObserver } from './clipping.ts';
import { Histogram } from './histogram.ts';
import { MinMax, MovingAverage, type Observer } from './observers.ts';

type Inputs = readonly ArrayLike<number>[];

const after = (observer: Observer, ...inputs: Inputs) => {
  for (const input of inputs) observer.add(input);
  return observer.range();
};

/** As calibration does it: once for the extremes, once for the rest. */
const clipped = (make: (extent: Interval) => Observer, ...inputs: Inputs) => {
  const extent = after(new MinMax(), ...inputs);
  return extent && after(make(extent), ...inputs);
};

/** Sums of twelve uniform numbers: normal but for tails that nobody tests here. */
function normal(count: number, seed: number): Float32Array {
  const { unit } = seededRandom(seed);
  return Float32Array.from({ length: count }, () => {
    let sum = -6;
    for (let i = 0; i < 12; i++) sum += unit();
    return sum;
  });
}

const withOutlier = (numbers: Float32Array, outlier: number) =>
  Float32Array.from([...numbers, outlier]);

/** Mean squared error of 256 codes over a range. */
function errorOf(numbers: Float32Array, { low, high }: { low: number; high: number }): number {
  const width = (high - low) / 255;
  const squares = numbers.reduce((sum, x) => {
    const code = Math.min(255, Math.max(0, Math.round((x - low) / width)));
    return sum + (x - (low + code * width)) ** 2;
  }, 0);
  return squares / numbers.length;
}

const byPercentile = (percentile: number) => (extent: Interval) =>
  percentileObserver(extent, percentile);

const methods: readonly [string, (...inputs: Inputs) => Interval | null][] = [
  ['minmax', (...inputs) => after(new MinMax(), ...inputs)],
  ['average', (...inputs) => after(new MovingAverage(0.01), ...inputs)],
  ['percentile', (...inputs) => clipped(byPercentile(99.999), ...inputs)],
  ['entropy', (...inputs) => clipped(entropyObserver, ...inputs)],
  ['mse', (...inputs) => clipped(mseObserver, ...inputs)],
];

describe.each(methods)('%s', (_, rangeOf) => {
  it('ignores NaN and infinities, and knows nothing of a tensor without a number', () => {
    expect(rangeOf([Number.NaN, Number.POSITIVE_INFINITY])).toBeNull();
    expect(rangeOf([])).toBeNull();
    const range = rangeOf([Number.NaN, 1, 2, Number.NEGATIVE_INFINITY]);
    expect(range?.high).toBeLessThanOrEqual(2);
    expect(range?.high).toBeGreaterThan(0.5);
  });

  it('never goes beyond what was seen', () => {
    const inputs = fc.array(
      fc.array(fc.float({ noNaN: true, noDefaultInfinity: true }), { minLength: 1 }),
      {
        minLength: 1,
      },
    );
    fc.assert(
      fc.property(inputs, (given) => {
        const range = rangeOf(...given);
        const all = given.flat();
        expect(range?.low).toBeGreaterThanOrEqual(Math.min(...all));
        expect(range?.high).toBeLessThanOrEqual(Math.max(...all));
      }),
    );
  });

  it('takes zeros for a range of nothing', () => {
    expect(rangeOf([0, 0])).toEqual({ low: 0, high: 0 });
  });
});

describe('extremes', () => {
  it('of several inputs are those of all, or their average', () => {
    expect(after(new MinMax(), [1, -2], [3])).toEqual({ low: -2, high: 3 });
    expect(after(new MovingAverage(0.25), [0, 4], [-4, 8])).toEqual({ low: -1, high: 5 });
  });
});

describe('Histogram', () => {
  it('puts numbers on an edge into the bin farther from zero, the largest into the last, zeros in none', () => {
    const histogram = new Histogram({ low: -2048, high: 1 });
    const given = [-2049, -2048, -1, -0.5, 0, 0.5, 1, 2047.5, Number.NaN, Number.POSITIVE_INFINITY];
    histogram.add(given);
    const held = [...histogram.counts].flatMap((n, bin) =>
      n > 0 ? [[histogram.centre(bin), n]] : [],
    );
    expect(held).toEqual([
      [-2047.5, 1],
      [-1.5, 1],
      [-0.5, 1],
      [0.5, 1],
      [1.5, 1],
      [2047.5, 1],
    ]);
    expect(histogram.zeros).toBe(1);
    expect([...histogram.magnitudes().subarray(0, 3)]).toEqual([2, 2, 0]);
  });
});

describe('clipping', () => {
  const numbers = normal(20_000, 2);
  const tailed = withOutlier(numbers, 60);

  it('by percentile drops that share of the largest magnitudes', () => {
    const line = Float32Array.from({ length: 10_001 }, (_, i) => i / 100 - 50);
    const range = clipped(byPercentile(90), line);
    expect(range?.low).toBeCloseTo(-45, 0);
    expect(range?.high).toBeCloseTo(45, 0);
    expect(clipped(byPercentile(100), line)).toEqual({ low: -50, high: 50 });
  });

  it('by least error beats keeping everything, where there is an outlier', () => {
    const kept = clipped(mseObserver, tailed);
    if (!kept) throw new Error('no range');
    const all = { low: Math.min(...tailed), high: 60 };
    expect(kept.high).toBeLessThan(60);
    expect(errorOf(tailed, kept)).toBeLessThan(errorOf(tailed, all));
  });

  it('by information clips an outlier, and next to nothing of a uniform distribution', () => {
    const kept = clipped(entropyObserver, tailed);
    expect(kept?.high).toBeLessThan(12);
    expect(kept?.high).toBeGreaterThan(2);
    const even = Float32Array.from({ length: 50_000 }, (_, i) => i / 25_000 - 1);
    expect(clipped(entropyObserver, even)?.high).toBeGreaterThan(0.95);
  });
});
