import type { Interval } from '../units.ts';
import { varianceInflation } from './correlation.ts';
import { sorted } from './quantiles.ts';

/** No interval of 95% for a median exists with fewer independent values. */
export const MIN_WORTH = 6;

/**
 * How many of the smallest and of the largest of n values lie outside the 95% interval of their
 * median: as many as a binomial (n, 1/2) leaves with at most 2.5% on each side (Conover,
 * Practical Nonparametric Statistics, section 3.2), counted exactly, in logarithms because
 * 2^-n underflows.
 */
export function valuesOutside(n: number): number {
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
 * The interval that holds the true median in 95% of cases, whatever the distribution: between
 * order statistics. Values that resemble their neighbours count as correspondingly fewer.
 *
 * @param values in the order in which they were measured
 * @returns null where they are worth fewer than six independent ones
 */
export function medianInterval(values: ArrayLike<number>): Interval | null {
  const n = values.length;
  const worth = Math.floor(n / varianceInflation(values));
  if (worth < MIN_WORTH) return null;
  const outside = Math.floor((valuesOutside(worth) * n) / worth);
  const ascending = sorted(values);
  return { low: ascending[outside] as number, high: ascending[n - 1 - outside] as number };
}
