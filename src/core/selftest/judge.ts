import type { Interval } from '../units.ts';

/** What each ratio must come out at. */
export const EXPECTED = {
  /** A model against itself: within 2%. */
  overhead: { low: 0.98, high: 1.02 },
  /** Twice the work: what surrounds the work, some tens of µs, takes part of 2. */
  'known-cost': { low: 1.85, high: 2.15 },
} as const satisfies Record<string, Interval>;

const overlap = (a: Interval, b: Interval) => a.low <= b.high && b.low <= a.high;

/**
 * Whether a ratio came out as expected. It passes when it lies in the band and its interval
 * reaches no further out of it than the band is wide; it fails when its whole interval lies
 * outside; anything else is too uncertain to say.
 * @returns null where that cannot be said
 */
export function within(ratio: number, interval: Interval | null, band: Interval): boolean | null {
  if (!interval) return null;
  if (!overlap(interval, band)) return false;
  const width = band.high - band.low;
  const inside = ratio >= band.low && ratio <= band.high;
  const narrow = interval.low >= band.low - width && interval.high <= band.high + width;
  return inside && narrow ? true : null;
}

/**
 * How many of n comparisons of a thing with itself may be called different: with intervals of
 * 95%, chance alone brings more than these in at most 5% of cases (binomial distribution): 1 of 6,
 * 4 of 40.
 */
export function allowedByChance(n: number): number {
  const alpha = 0.05;
  let term = (1 - alpha) ** n;
  let sum = term;
  let k = 0;
  while (k < n && sum < 1 - alpha) {
    term *= ((n - k) / (k + 1)) * (alpha / (1 - alpha));
    sum += term;
    k++;
  }
  return k;
}
