import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  batteryShare,
  carbonOf,
  costOf,
  FOOTPRINT_DEFAULTS,
  footprintOf,
  waterOf,
  wattHours,
} from './footprint.ts';
import { GRIDS } from './grids.ts';
import { amount } from './words.ts';

/** 1 to 2 kWh. */
const energy = { low: 3.6e6, high: 7.2e6 };

describe('what energy comes down to, by hand', () => {
  it('3.6 MJ are 1 kWh: 1,000 Wh', () => {
    expect(wattHours(energy)).toEqual({ low: 1000, high: 2000 });
  });

  it('1 kWh at 369 g/kWh are 369 g', () => {
    expect(carbonOf(energy, 369)).toEqual({ low: 369, high: 738 });
  });

  it('1 kWh at 3.13 L/kWh are 3.13 L', () => {
    expect(waterOf(energy, 3.13)).toEqual({ low: 3.13, high: 6.26 });
  });

  it('1 kWh at 0.30 per kWh costs 0.30', () => {
    expect(costOf(energy, 0.3)).toEqual({ low: 0.3, high: 0.6 });
  });

  it('54 J are a thousandth of a 15 Wh battery', () => {
    expect(batteryShare({ low: 54, high: 108 }, 15)).toEqual({ low: 0.001, high: 0.002 });
  });
});

describe('a footprint', () => {
  const each = { low: 0.0072, high: 0.036 };

  it('of 1,000 inferences of 7.2 to 36 mJ in Sweden on a phone', () => {
    const settings = { ...FOOTPRINT_DEFAULTS, grid: 'SE', pricePerKwh: 0.25 };
    const found = footprintOf(each, 1000, settings, 'phone');
    // 7.2 J are 2 mWh.
    expect(amount(found.wattHours, 'Wh')).toBe('2–10 mWh');
    expect(found.grams?.low).toBeCloseTo(82e-6, 12);
    expect(found.grams?.high).toBeCloseTo(410e-6, 12);
    expect(found.litres.high).toBeCloseTo(0.01e-3 * 3.91, 12);
    expect(found.worldWater).toBe(true);
    expect(found.cost?.high).toBeCloseTo(0.25e-5, 12);
    expect(found.battery).toMatchObject({ wh: 15, assumed: true });
    expect(found.battery?.share.low).toBeCloseTo(0.002 / 15, 12);
  });

  it('takes the user’s own figures before any other', () => {
    const settings = { ...FOOTPRINT_DEFAULTS, grid: 'own', ownGrams: 100, batteryWh: 40 };
    const found = footprintOf(each, 1000, settings, 'desktop');
    expect(found.grams?.low).toBeCloseTo(0.2e-3, 12);
    expect(found.battery).toMatchObject({ wh: 40, assumed: false });
    expect(footprintOf(each, 1, { ...settings, ownGrams: null }, 'phone').grams).toBeNull();
  });

  it('leaves out what is not known: a price, a desktop’s battery', () => {
    const found = footprintOf(each, 1, FOOTPRINT_DEFAULTS, 'desktop');
    expect([found.cost, found.battery]).toEqual([null, null]);
  });

  it('grows with the count, and is never the wrong way round', () => {
    const joules = fc.double({ min: 1e-9, max: 1e6, noNaN: true });
    const grid = fc.constantFrom(...GRIDS.map(({ id }) => id));
    fc.assert(
      fc.property(joules, joules, grid, fc.integer({ min: 1, max: 1e6 }), (low, more, id, n) => {
        const interval = { low, high: low + more };
        const settings = { ...FOOTPRINT_DEFAULTS, grid: id, pricePerKwh: 1 };
        const one = footprintOf(interval, 1, settings, 'laptop');
        const many = footprintOf(interval, n, settings, 'laptop');
        for (const part of ['wattHours', 'grams', 'litres', 'cost'] as const) {
          const [a, b] = [one[part], many[part]];
          expect(a?.low).toBeLessThanOrEqual(a?.high as number);
          expect((b?.low as number) / (a?.low as number)).toBeCloseTo(n, 3);
        }
      }),
    );
  });
});

describe('an amount', () => {
  it.each([
    [{ low: 0.2, high: 0.9 }, 'Wh', '200–900 mWh'],
    [{ low: 1.2, high: 9 }, 'Wh', '1.2–9 Wh'],
    [{ low: 3e-6, high: 8e-6 }, 'g', '3–8 µg'],
    [{ low: 900, high: 4500 }, 'J', '0.9–4.5 kJ'],
  ] as const)('%o %s is %s', (interval, unit, text) => {
    expect(amount(interval, unit)).toBe(text);
  });
});
