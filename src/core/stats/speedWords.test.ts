import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PairedRatio } from './paired.ts';
import { speedWords, whyNoInterval } from './speedWords.ts';

const said = (ratio: number, low: number | null, high = 0, pairs = 30) => {
  const interval = low === null ? null : { low, high };
  const { claim, interval: told } = speedWords({ ratio, interval, pairs });
  return [claim[0], told];
};

describe('how a ratio of speeds is said', () => {
  it('has its interval in the same direction and unit', () => {
    expect(said(1.5, 1.4, 1.6)).toEqual([
      'is 1.50 times as fast',
      '95% interval 1.40 to 1.60 times as fast',
    ]);
    expect(said(0.69, 0.66, 0.75)).toEqual([
      'takes 1.45 times as long',
      '95% interval 1.33 to 1.52 times as long',
    ]);
  });

  it('is the range where the interval is wide, and names the middle with it', () => {
    expect(said(1.72, 1.57, 4.68)).toEqual([
      'is 1.57 to 4.68 times as fast',
      '95% interval 1.57 to 4.68 times as fast, median 1.72',
    ]);
    expect(said(0.69, 0.63, 0.797)).toEqual([
      'takes 1.25 to 1.59 times as long',
      '95% interval 1.25 to 1.59 times as long, median 1.45',
    ]);
  });

  it('claims nothing where the difference is not significant', () => {
    expect(said(1.02, 0.98, 1.05)).toEqual([
      'shows no significant difference in speed',
      '95% interval 0.980 to 1.05 times as fast',
    ]);
  });

  it('is a rough figure where there is no interval', () => {
    expect(said(1.718, null)).toEqual(['is about 1.7 times as fast', null]);
    expect(said(0.49, null)).toEqual(['takes about 2 times as long', null]);
  });

  it('says why there is no interval', () => {
    expect(whyNoInterval({ pairs: 5 })).toBe('Too few rounds (5) for an interval');
    expect(whyNoInterval({ pairs: 80 })).toBe(
      'No interval: the 80 rounds are so correlated that they count as fewer than 6 independent ones',
    );
  });

  it('has its interval around its figure, whatever the ratio', () => {
    const value = fc.double({ min: 0.01, max: 100, noNaN: true });
    const ratios = fc.tuple(value, value, value).map((all): PairedRatio => {
      const [low, ratio, high] = all.toSorted((a, b) => a - b) as typeof all;
      return { ratio, interval: { low, high }, pairs: 30 };
    });
    fc.assert(
      fc.property(ratios, (paired) => {
        const { speed, times, interval } = speedWords(paired);
        const unit = speed === 'slower' ? 'as long' : 'as fast';
        expect(times).toContain(unit);
        expect(interval).toContain(unit);
        const numbers = (text: string) => (text.match(/[\d.]+/g) ?? []).map(Number);
        const [low, high] = numbers(interval ?? '').slice(1, 3) as [number, number];
        for (const each of numbers(times)) {
          expect(each).toBeGreaterThanOrEqual(low);
          expect(each).toBeLessThanOrEqual(high);
        }
      }),
    );
  });
});
