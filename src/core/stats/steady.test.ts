import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../tensors/random.ts';
import { steadyFrom } from './steady.ts';
import { ar1, NOISES, series, shareOf } from './synthetic.ts';

const turns = (count: number, ms: (turn: number) => number) =>
  Array.from({ length: count }, (_, turn) => ms(turn));

describe('steadyFrom', () => {
  it('takes a constant lane from its first turn on', () => {
    expect(steadyFrom(turns(16, () => 3))).toBe(0);
    expect(steadyFrom(turns(500, () => 0.05))).toBe(0);
  });

  it('cannot say with fewer than 16 turns', () => {
    for (let count = 0; count < 16; count++) expect(steadyFrom(turns(count, () => 3))).toBe(count);
  });

  it('finds the end of an exponential warm-up', () => {
    // The first turn within 1%: 10 (1 + e^-i/8) <= 10.1 from i = 8 ln 100 = 36.8 on.
    expect(steadyFrom(turns(100, (i) => 10 * (1 + Math.exp(-i / 8))))).toBe(37);
  });

  it('finds a step at its turn, from four turns on', () => {
    for (const step of [4, 10, 20, 37, 50]) {
      expect(steadyFrom(turns(100, (i) => (i < step ? 100 : 10)))).toBe(step);
    }
  });

  it('finds each of several steps', () => {
    expect(steadyFrom(turns(200, (i) => (i < 9 ? 90 : i < 33 ? 30 : i < 70 ? 12 : 10)))).toBe(70);
  });

  it('takes a lane that grows faster all the time from its middle on, never later', () => {
    expect(steadyFrom(turns(100, (i) => 20 - i / 10))).toBe(50);
  });

  it('does not take a lane that slows down for a warming one', () => {
    expect(steadyFrom(turns(100, (i) => 10 + i / 10))).toBe(0);
    expect(steadyFrom(turns(100, (i) => (i < 30 ? 10 : 30)))).toBe(0);
  });

  it('does not take single spikes for warming', () => {
    expect(steadyFrom(turns(100, (i) => (i % 5 === 0 ? 80 : 10)))).toBe(0);
  });

  it('allows 1%: up to there a lane is steady, above it is not', () => {
    expect(steadyFrom(turns(40, (i) => (i < 20 ? 100.9 : 100)))).toBe(0);
    expect(steadyFrom(turns(40, (i) => (i < 20 ? 102 : 100)))).toBe(20);
  });

  it('does not see a beginning that is slower by less than the noise', () => {
    const found = shareOf(100, (random) => {
      const noise = ar1(random, 40, 0);
      return steadyFrom(noise.map((x, i) => (i < 8 ? 1.02 : 1) * Math.exp(0.1 * x))) > 0;
    });
    expect(found).toBeLessThan(0.2);
  });

  it('starts no later than half, whatever the turns are, and does not depend on the unit', () => {
    const any = fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 16, maxLength: 80 });
    fc.assert(
      fc.property(any, (values) => {
        const start = steadyFrom(values);
        expect(start).toBeGreaterThanOrEqual(0);
        expect(start).toBeLessThanOrEqual(Math.floor(values.length / 2));
        expect(steadyFrom(values.map((value) => value / 1024))).toBe(start);
      }),
    );
  });

  it('leaves out a warm-up of three times the time, in any noise', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...Object.keys(NOISES)),
        fc.integer({ min: 1, max: 1000 }),
        fc.integer({ min: 12, max: 90 }),
        (kind, seed, end) => {
          const noise = series(kind, seededRandom(seed), 200);
          const start = steadyFrom(noise.map((factor, i) => factor * (i < end ? 3 : 1)));
          expect(start, kind).toBeGreaterThanOrEqual(end - 8);
        },
      ),
      { seed: 1, numRuns: 60 },
    );
  });

  it.each(Object.keys(NOISES))('keeps nearly all of a lane without a warm-up: %s', (kind) => {
    let cut = 0;
    shareOf(100, (random) => {
      cut += steadyFrom(series(kind, random, 200)) / 200;
      return true;
    });
    expect(cut / 100).toBeLessThanOrEqual(0.05);
  });
});
