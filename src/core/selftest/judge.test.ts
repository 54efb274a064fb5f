import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allowedByChance, EXPECTED, within } from './judge.ts';

const BAND = EXPECTED.overhead;

describe('within', () => {
  it('passes a ratio in the band whose interval reaches little further', () => {
    expect(within(1, { low: 0.99, high: 1.01 }, BAND)).toBe(true);
    expect(within(1.019, { low: 0.95, high: 1.05 }, BAND)).toBe(true);
  });

  it('fails only what lies outside as a whole', () => {
    expect(within(1.03, { low: 1.021, high: 1.04 }, BAND)).toBe(false);
    expect(within(0.9, { low: 0.8, high: 0.97 }, BAND)).toBe(false);
  });

  it('leaves open what is too uncertain', () => {
    expect(within(1, null, BAND)).toBeNull();
    expect(within(1, { low: 0.5, high: 1.01 }, BAND)).toBeNull();
    expect(within(1.03, { low: 1.01, high: 1.05 }, BAND)).toBeNull();
  });

  it('never passes a ratio outside of the band, nor fails one inside', () => {
    const ratios = fc.double({ min: 0.5, max: 2, noNaN: true });
    const widths = fc.double({ min: 0, max: 0.5, noNaN: true });
    fc.assert(
      fc.property(ratios, widths, widths, (ratio, below, above) => {
        const passed = within(ratio, { low: ratio - below, high: ratio + above }, BAND);
        const inside = ratio >= BAND.low && ratio <= BAND.high;
        expect(passed).not.toBe(!inside);
      }),
    );
  });
});

describe('allowedByChance', () => {
  it('is what a binomial leaves to chance in all but 5% of cases', () => {
    expect([1, 6, 10, 20, 40, 100].map(allowedByChance)).toEqual([0, 1, 2, 3, 4, 9]);
  });
});
