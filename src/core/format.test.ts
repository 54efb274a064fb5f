import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  bytes,
  count,
  duration,
  figure,
  list,
  memoryChips,
  percent,
  range,
  ratio,
  short,
} from './format.ts';

describe('figure', () => {
  it.each([
    [0, '0'],
    [-0, '0'],
    [412, '412'],
    [3.1, '3.10'],
    [0.0412, '0.0412'],
    [20_412, '20,400'],
    [0.9996, '1.00'],
    [9.994, '9.99'],
    [9.996, '10.0'],
    [99.96, '100'],
    [999.5, '1,000'],
    [1e-5, '0.000010'],
    [-0.9996, '-1.00'],
    [-1234, '-1,230'],
    [1e9, '1,000,000,000'],
  ])('prints %f as %s', (value, text) => {
    expect(figure(value)).toBe(text);
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])(
    'prints a dash for %f',
    (value) => {
      expect(figure(value)).toBe('–');
    },
  );

  it('is never off by more than half of the third digit, and has at least three', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-4, max: 1e12, noNaN: true }), (value) => {
        const text = figure(value);
        expect(Math.abs(Number(text.replaceAll(',', '')) / value - 1)).toBeLessThanOrEqual(0.00501);
        expect(text.replace(/^[0.]+/, '').replace(/\D/g, '').length).toBeGreaterThanOrEqual(3);
        expect(text).not.toContain('e');
        expect(figure(-value)).toBe(`-${text}`);
      }),
    );
  });
});

describe('percent', () => {
  it.each([
    [1, '100%'],
    [0, '0%'],
    [1999 / 2000, '99.9%'],
    [1 - 1e-12, '99.9%'],
    [1e-12, '0.1%'],
    [0.5, '50.0%'],
    [0.9962, '99.6%'],
    [Number.NaN, '–'],
  ])('prints %f as %s', (share, text) => {
    expect(percent(share)).toBe(text);
  });

  it('says 100% and 0% only of exact ones and noughts', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (share) => {
        expect(percent(share) === '100%').toBe(share === 1);
        expect(percent(share) === '0%').toBe(share === 0);
      }),
    );
  });
});

describe('units', () => {
  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [1000, '1.00 KB'],
    [391_000, '391 KB'],
    [4_290_000, '4.29 MB'],
    [2 ** 32, '4.29 GB'],
  ])('prints %d bytes as %s', (value, text) => {
    expect(bytes(value)).toBe(text);
  });

  it.each([
    [0.05, '0.0500 ms'],
    [999, '999 ms'],
    [1000, '1.00 s'],
    [61_500, '61.5 s'],
  ])('prints %d ms as %s', (ms, text) => {
    expect(duration(ms)).toBe(text);
  });

  it('chooses the unit after rounding', () => {
    expect([duration(999.6), bytes(999_600)]).toEqual(['1.00 s', '1.00 MB']);
  });

  it('separates thousands and marks ratios', () => {
    expect(count(1999.5)).toBe('2,000');
    expect(ratio(1.4649)).toBe('1.46×');
  });
});

it.each([
  [7, '7'],
  [0.5, '0.500'],
  [999.4, '999'],
  [999.6, '1.00 k'],
  [96_782, '96.8 k'],
  [6_900_096, '6.90 M'],
  [4_089_184_256, '4.09 G'],
  [1.2e12, '1.20 T'],
])('short prints %d as %s', (value, expected) => {
  expect(short(value)).toBe(expected);
});

describe('range', () => {
  it.each([
    [3, 12, '3–12'],
    [0, 0, '0'],
    [0, 4, '0–4'],
    [0.0123, 0.0456, '0.012–0.046'],
    [995, 1005, '1,000'],
    [1.04, 1.01, '1'],
    [14_910, 134_130, '15,000–130,000'],
  ])('of %d to %d is %s', (low, high, text) => {
    expect(range({ low, high })).toBe(text);
  });
});

describe('list', () => {
  it('joins as a sentence does', () => {
    expect(list([])).toBe('');
    expect(list(['one'])).toBe('one');
    expect(list(['one', 'two'])).toBe('one and two');
    expect(list(['one', 'two', 'three'])).toBe('one, two and three');
  });
});

it('prints memory chips in powers of two, also small ones', () => {
  expect(memoryChips(16 * 2 ** 30)).toBe('about 16 GB');
  expect(memoryChips(2 ** 29)).toBe('about 0.5 GB');
  expect(memoryChips(2 ** 28)).toBe('about 0.25 GB');
});
