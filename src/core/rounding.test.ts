import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ROUNDER, roundHalfEven } from './rounding.ts';

it('goes to the even neighbour of a half', () => {
  expect([0.5, 1.5, 2.5, -0.5, -1.5, -2.5].map(roundHalfEven)).toEqual([0, 2, 2, 0, -2, -2]);
});

it('is the nearest whole number, for large ones too', () => {
  const large = fc.double({ noNaN: true, min: -(2 ** 53), max: 2 ** 53 });
  fc.assert(
    fc.property(fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), large), (x) => {
      const rounded = roundHalfEven(x);
      expect(Number.isInteger(rounded)).toBe(true);
      expect(Math.abs(rounded - x)).toBeLessThanOrEqual(0.5);
    }),
    { examples: [[2491636980673040.5], [-2491636980673040.5], [2 ** 51 + 0.5], [2 ** 52 - 0.5]] },
  );
});

it('is what adding the rounder gives where that is exact', () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, min: -(2 ** 51), max: 2 ** 51 }), (x) => {
      expect(x + ROUNDER - ROUNDER).toBe(roundHalfEven(x));
    }),
  );
});
