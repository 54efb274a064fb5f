import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { poissonArrivals } from './arrivals.ts';
import { loadFigures } from './figures.ts';
import { idealQueue, pointAt, pointOf, serveScripted } from './testing.ts';
import { expectedLatency, offeredLoad, serviceOf } from './theory.ts';

describe('Poisson arrivals', () => {
  it('come at the rate, in order, within the time, the same for the same seed', () => {
    fc.assert(
      fc.property(
        fc.integer(),
        fc.double({ min: 1, max: 2000, noNaN: true }),
        fc.integer({ min: 0, max: 5000 }),
        (seed, perSecond, within) => {
          const moments = poissonArrivals(perSecond, within, seed);
          expect(poissonArrivals(perSecond, within, seed)).toEqual(moments);
          expect(moments.every((at, i) => at >= (moments[i - 1] ?? 0) && at < within)).toBe(true);
          // Five standard deviations of a Poisson count.
          const mean = (perSecond * within) / 1000;
          expect(Math.abs(moments.length - mean)).toBeLessThan(5 * Math.sqrt(mean) + 5);
        },
      ),
    );
  });

  it('have gaps as far from even as chance makes them: deviation equals mean', () => {
    const moments = poissonArrivals(1000, 50_000, 3);
    const gaps = moments.map((at, i) => at - (moments[i - 1] ?? 0));
    const { mean, square } = serviceOf(gaps);
    expect(mean).toBeCloseTo(1, 1);
    expect(Math.sqrt(square - mean ** 2)).toBeCloseTo(1, 1);
  });
});

describe('a lane that serves', () => {
  it('does as a hand computed queue', async () => {
    const at = Float64Array.of(1, 2, 3, 20);
    const times = await serveScripted({ within: 30, arrivals: { kind: 'open', at } }, () => 5);
    expect([...times.started]).toEqual([1, 6, 11, 20]);
    expect([...times.ended]).toEqual([6, 11, 16, 25]);
    expect([...times.arrived]).toEqual([1, 2, 3, 20]);
  });

  it('does as Lindley’s recursion says', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 0, max: 100 }), { maxLength: 40 }),
        fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 40, maxLength: 40 }),
        async (moments, service) => {
          const at = Float64Array.from(moments).sort();
          const request = { within: 1e6, arrivals: { kind: 'open', at } } as const;
          const times = await serveScripted(request, (i) => service[i] ?? 0);
          const ideal = idealQueue(at, service.slice(0, at.length));
          expect(times).toEqual({ arrived: at, ...ideal });
        },
      ),
    );
  });

  it('begins no request after the time is over, and tells of those that wait', async () => {
    const at = Float64Array.of(0, 1, 2, 3);
    const times = await serveScripted({ within: 10, arrivals: { kind: 'open', at } }, () => 6);
    expect([...times.ended]).toEqual([6, 12]);
    expect([...times.arrived]).toEqual([0, 1, 2, 3]);
  });

  it('counts from when a request came, not from when it could be begun', async () => {
    const at = Float64Array.of(0, 10, 20);
    const stall = (i: number) => (i === 0 ? 100 : 1);
    const { ended } = await serveScripted({ within: 200, arrivals: { kind: 'open', at } }, stall);
    expect([...ended].map((end, i) => end - (at[i] ?? 0))).toEqual([100, 91, 82]);
  });

  it('has as many requests under way as there are clients', async () => {
    const point = await pointOf(4, 10, 1);
    // 100 requests fit into the second; from the fourth on each waits for three others.
    expect(point.ended).toHaveLength(100);
    expect(point.ended.slice(4).map((end, i) => end - (point.arrived[i + 4] ?? 0))).toEqual(
      new Float64Array(96).fill(40),
    );
    const figures = loadFigures(point);
    expect(figures.perSecond).toBe(100);
    expect(figures).toMatchObject({ busy: 1, overloaded: false, expected: null, median: 40 });
  });
});

describe('theory', () => {
  it('knows M/D/1: at a load of 1/2 half a service is waited, at 9/10 four and a half', () => {
    const service = serviceOf([2, 2, 2]);
    expect(offeredLoad(250, service)).toBe(0.5);
    expect(expectedLatency(250, service)).toBeCloseTo(2 + 1, 9);
    expect(expectedLatency(450, service)).toBeCloseTo(2 + 9, 9);
    expect(expectedLatency(500, service)).toBe(Number.POSITIVE_INFINITY);
  });

  it('knows that uneven service waits longer: exponential, twice as long', () => {
    // E[S²] = 2 E[S]²: M/M/1, latency 1 / (mu - lambda).
    expect(expectedLatency(500, { mean: 1, square: 2 })).toBeCloseTo(2, 9);
  });

  it.each([0.3, 0.6, 0.8])('agrees with a long queue at a load of %s', async (load) => {
    const figures = loadFigures(await pointAt(1000 * load, 1, 200));
    expect(figures.offered).toBeCloseTo(load, 1);
    expect((figures.mean ?? 0) / (figures.expected ?? 1)).toBeGreaterThan(0.9);
    expect((figures.mean ?? 0) / (figures.expected ?? 1)).toBeLessThan(1.1);
  });
});
