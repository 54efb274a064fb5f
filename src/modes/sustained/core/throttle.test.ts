import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../core/tensors/random.ts';
import { secondsOf } from './testing.ts';
import { onsetOf, ratioInterval, throttleOf } from './throttle.ts';

/** Neighbours resemble each other: each value keeps `rho` of the one before. */
function correlated(n: number, level: number, rho: number, seed: number): number[] {
  const random = seededRandom(seed);
  let noise = 0;
  return Array.from({ length: n }, () => {
    // The sum of three is near enough to normal.
    const fresh = random.unit() + random.unit() + random.unit() - 1.5;
    noise = rho * noise + 0.05 * fresh;
    return level * Math.exp(noise);
  });
}

const step = (n: number, at: number, by: number) =>
  Array.from({ length: n }, (_, i) => (i < at ? 1 : by));

describe('the end against the begin', () => {
  it('finds a step and its size', () => {
    const throttle = throttleOf(secondsOf(step(120, 70, 1.3)));
    expect(throttle?.firstMs).toBeCloseTo(30_000, -3);
    expect(throttle?.ratio).toBeCloseTo(1.3, 1);
    expect(throttle?.interval?.low).toBeGreaterThan(1.25);
    expect(throttle?.interval?.high).toBeLessThan(1.35);
  });

  it('compares the first minute of a long run', () => {
    const throttle = throttleOf(secondsOf([...step(60, 60, 1), ...step(540, 0, 2)]));
    expect(throttle?.firstMs).toBe(60_000);
    expect(throttle?.first).toBeCloseTo(1, 1);
    expect(throttle?.last).toBeCloseTo(2, 1);
  });

  it('gives no interval for a run of few slices', () => {
    expect(throttleOf(secondsOf(step(20, 10, 1.5)))?.interval).toBeNull();
    expect(throttleOf([])).toBeNull();
  });

  it('is unit-free', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1000 }), (seed) => {
        const values = correlated(40, 1, 0.5, seed);
        const early = values.slice(0, 20);
        const late = values.slice(20);
        const plain = ratioInterval(early, late);
        const scaled = ratioInterval(
          early.map((v) => 8 * v),
          late.map((v) => 8 * v),
        );
        expect(scaled).toEqual(plain);
      }),
      { numRuns: 20 },
    );
  });

  it.each([0, 0.5, 0.8])(
    'holds the true ratio in most cases, neighbours correlated by %s',
    (rho) => {
      let [held, none] = [0, 0];
      for (let seed = 1; seed <= 150; seed++) {
        const early = correlated(60, 1, rho, seed);
        const late = correlated(60, 1.2, rho, seed + 1000);
        const interval = ratioInterval(early, late);
        if (!interval) none++;
        else if (interval.low <= 1.2 && interval.high >= 1.2) held++;
      }
      expect(held / (150 - none)).toBeGreaterThan(rho > 0.5 ? 0.85 : 0.92);
    },
  );
});

describe('the onset of throttling', () => {
  // Noise that resembles itself by chance can hide a step (once in some thousands): seeded.
  it.each([1, 2, 3])('is where the step is, wherever that is, in noise %s', (seed) => {
    for (let at = 20; at <= 100; at++) {
      const onset = onsetOf(secondsOf(step(120, at, 1.2), seed));
      expect(Math.abs((onset?.at ?? 0) / 1000 - at), `${at} s`).toBeLessThanOrEqual(3);
    }
  });

  it('is none where nothing changes, it gets faster, or the step is tiny', () => {
    expect(onsetOf(secondsOf(step(120, 120, 1)))).toBeNull();
    expect(onsetOf(secondsOf(step(120, 60, 0.7)))).toBeNull();
    expect(onsetOf(secondsOf(step(120, 60, 1.02), 1, 0.001))).toBeNull();
  });

  it('ignores single slow slices', () => {
    const levels = step(120, 120, 1).map((level, i) => (i % 40 === 30 ? 5 * level : level));
    expect(onsetOf(secondsOf(levels))).toBeNull();
  });

  it('is rarely seen in correlated noise', () => {
    let seen = 0;
    for (let seed = 1; seed <= 100; seed++) {
      if (onsetOf(secondsOf(correlated(120, 1, 0.6, seed), seed))) seen++;
    }
    expect(seen).toBeLessThanOrEqual(10);
  });
});
