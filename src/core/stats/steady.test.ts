import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { steadyFrom } from './steady.ts';

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
    // The first turn within 5%: 10 (1 + e^-i/8) <= 10.5 from i = 8 ln 20 = 23.97 on.
    expect(steadyFrom(turns(100, (i) => 10 * (1 + Math.exp(-i / 8))))).toBe(24);
  });

  it('finds a step within half a window', () => {
    for (const step of [4, 10, 20, 37]) {
      const start = steadyFrom(turns(100, (i) => (i < step ? 100 : 10)));
      expect(start, `step at ${step}`).toBeGreaterThanOrEqual(step - 3);
      expect(start, `step at ${step}`).toBeLessThanOrEqual(step);
    }
  });

  it('counts no turn from before a step as steady', () => {
    expect(steadyFrom(turns(100, (i) => (i < 20 ? 100 : 10)))).toBe(20);
  });

  it('takes a lane that grows faster all the time from its middle on, never later', () => {
    expect(steadyFrom(turns(100, (i) => 20 - i / 10))).toBe(50);
  });

  it('does not take a lane that slows down for a warming one', () => {
    expect(steadyFrom(turns(100, (i) => 10 + i / 10))).toBe(0);
  });

  it('does not take single spikes for warming', () => {
    expect(steadyFrom(turns(100, (i) => (i % 5 === 0 ? 80 : 10)))).toBe(0);
  });

  it('allows 5%: up to there a lane is steady, above it is not', () => {
    expect(steadyFrom(turns(40, (i) => (i < 20 ? 104 : 100)))).toBe(0);
    expect(steadyFrom(turns(40, (i) => (i < 20 ? 106 : 100)))).toBeGreaterThan(0);
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
});
