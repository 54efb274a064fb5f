import type { Interval } from '../units.ts';
import { quantile, sorted } from './quantiles.ts';

/** A ratio measured in pairs, with the interval that holds its true median in 95% of cases. */
export interface PairedRatio {
  readonly ratio: number;
  /** null with fewer than six pairs: no interval of 95% exists then. */
  readonly interval: Interval | null;
  readonly pairs: number;
}

/**
 * How many of the smallest and of the largest of n values lie outside the 95% interval of their
 * median: as many as a binomial (n, 1/2) leaves with at most 2.5% on each side (Conover,
 * Practical Nonparametric Statistics, section 3.2), counted exactly, in logarithms because
 * 2^-n underflows.
 */
function valuesOutside(n: number): number {
  let logTerm = -n * Math.LN2;
  let tail = 0;
  for (let k = 0; k < n / 2; k++) {
    tail += Math.exp(logTerm);
    if (tail > 0.025) return k - 1;
    logTerm += Math.log((n - k) / (k + 1));
  }
  return 0;
}

/**
 * Median of the per-round ratios with a distribution-free interval: machines drift by 2x within
 * a minute, so only samples of the same round are divided by each other.
 *
 * @param numerators and
 * @param denominators one value per round, same length; rounds where either is not positive and
 *   finite are left out
 */
export function pairedRatio(
  numerators: ArrayLike<number>,
  denominators: ArrayLike<number>,
): PairedRatio {
  const ratios: number[] = [];
  for (let i = 0; i < Math.min(numerators.length, denominators.length); i++) {
    const value = (numerators[i] as number) / (denominators[i] as number);
    if (value > 0 && Number.isFinite(value)) ratios.push(value);
  }
  const ascending = sorted(ratios);
  const n = ascending.length;
  const ratio = quantile(ascending, 0.5);
  if (n < 6) return { ratio, interval: null, pairs: n };
  const outside = valuesOutside(n);
  const interval = {
    low: ascending[outside] as number,
    high: ascending[n - 1 - outside] as number,
  };
  return { ratio, interval, pairs: n };
}
