import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { driftOf } from './drift.ts';
import { NOISES, series, shareOf } from './synthetic.ts';

const ramp = (count: number, by: number) =>
  Array.from({ length: count }, (_, i) => 10 * (1 + by) ** (i / (count - 1)));

describe('driftOf', () => {
  it('is nothing where nothing changes, and unknown of too few', () => {
    expect(driftOf(new Array(40).fill(3))).toEqual({ change: 0, interval: { low: 0, high: 0 } });
    expect(driftOf(ramp(15, 1))).toBeNull();
    expect(driftOf([])).toBeNull();
  });

  it('is the change from the first to the last turn, whatever the unit', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 16, max: 64 }),
        fc.double({ min: -0.5, max: 1, noNaN: true }),
        fc.double({ min: 0.001, max: 1000, noNaN: true }),
        (count, by, unit) => {
          const found = driftOf(ramp(count, by).map((ms) => ms * unit));
          expect(found?.change).toBeCloseTo(by, 6);
        },
      ),
    );
  });

  it('is nearly the same of many turns, joined', () => {
    expect(driftOf(ramp(2000, 0.3))?.change).toBeCloseTo(0.3, 1);
  });

  it('is not moved by spikes, even at one end', () => {
    const spiked = ramp(100, 0.12).map((ms, i) => (i % 7 === 0 || i > 95 ? ms * 20 : ms));
    const found = driftOf(spiked);
    expect(found?.change).toBeGreaterThan(0.1);
    expect(found?.change).toBeLessThan(0.2);
  });

  it.each(Object.keys(NOISES))('holds a true trend of 12%% in noise: %s', (kind) => {
    const inside = shareOf(200, (random) => {
      const base = ramp(300, 0.12);
      const found = driftOf(
        series(kind, random, 300).map((factor, i) => factor * (base[i] as number)),
      );
      return found !== null && found.interval.low <= 0.12 && 0.12 <= found.interval.high;
    });
    expect(inside).toBeGreaterThanOrEqual(0.88);
  });
});
