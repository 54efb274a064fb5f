import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../race/random.ts';
import { entropyObserver, mseObserver, percentileObserver } from './clipping.ts';
import { Histogram } from './histogram.ts';
import { MinMax, MovingAverage, type Observer } from './observers.ts';

const after = (observer: Observer, ...inputs: ArrayLike<number>[]) => {
  for (const input of inputs) observer.add(input);
  return observer.range();
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

const observers: readonly [string, () => Observer][] = [
  ['minmax', () => new MinMax()],
  ['average', () => new MovingAverage(0.01)],
  ['percentile', () => percentileObserver(99.999)],
  ['entropy', entropyObserver],
  ['mse', mseObserver],
];

describe.each(observers)('%s', (_, make) => {
  it('ignores NaN and infinities, and knows nothing of a tensor without a number', () => {
    expect(after(make(), [Number.NaN, Number.POSITIVE_INFINITY])).toBeNull();
    expect(after(make(), [])).toBeNull();
    const range = after(make(), [Number.NaN, 1, 2, Number.NEGATIVE_INFINITY]);
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
        const range = after(make(), ...given);
        const all = given.flat();
        expect(range?.low).toBeGreaterThanOrEqual(Math.min(...all));
        expect(range?.high).toBeLessThanOrEqual(Math.max(...all));
      }),
    );
  });

  it('takes zeros for a range of nothing', () => {
    expect(after(make(), [0, 0])).toEqual({ low: 0, high: 0 });
  });
});

describe('extremes', () => {
  it('of several inputs are those of all, or their average', () => {
    expect(after(new MinMax(), [1, -2], [3])).toEqual({ low: -2, high: 3 });
    expect(after(new MovingAverage(0.25), [0, 4], [-4, 8])).toEqual({ low: -1, high: 5 });
  });
});

describe('Histogram', () => {
  it('has the same bins whether large numbers come first or last', () => {
    const small = normal(1000, 1);
    const late = new Histogram();
    late.add(Float32Array.of(1));
    late.add(small);
    late.add(Float32Array.of(16));
    const early = new Histogram();
    early.add(Float32Array.of(16));
    early.add(small);
    early.add(Float32Array.of(1));
    // A limit that is not a power of two times the other has bins at other places.
    const total = (h: Histogram) => h.counts.reduce((a, b) => a + b, 0) + h.zeros;
    expect(total(late)).toBe(total(early));
    const mean = (h: Histogram) => h.counts.reduce((sum, n, bin) => sum + n * h.centre(bin), 0);
    expect(mean(late) / total(late)).toBeCloseTo(mean(early) / total(early), 2);
  });
});

describe('clipping', () => {
  const numbers = normal(20_000, 2);
  const tailed = withOutlier(numbers, 60);

  it('by percentile drops that share of either tail', () => {
    const line = Float32Array.from({ length: 10_001 }, (_, i) => i / 100 - 50);
    const range = after(percentileObserver(90), line);
    expect(range?.low).toBeCloseTo(-45, 0);
    expect(range?.high).toBeCloseTo(45, 0);
    expect(after(percentileObserver(100), line)).toEqual({ low: -50, high: 50 });
  });

  it('by least error beats keeping everything, where there is an outlier', () => {
    const kept = after(mseObserver(), tailed);
    if (!kept) throw new Error('no range');
    const all = { low: Math.min(...tailed), high: 60 };
    expect(kept.high).toBeLessThan(60);
    expect(errorOf(tailed, kept)).toBeLessThan(errorOf(tailed, all));
  });

  it('by information clips an outlier, and next to nothing of a uniform distribution', () => {
    const kept = after(entropyObserver(), tailed);
    expect(kept?.high).toBeLessThan(12);
    expect(kept?.high).toBeGreaterThan(2);
    const even = Float32Array.from({ length: 50_000 }, (_, i) => i / 25_000 - 1);
    expect(after(entropyObserver(), even)?.high).toBeGreaterThan(0.95);
  });
});
