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
 * Half-width, in ranks, of the 95% interval for a median: the order statistics that a binomial
 * (n, 1/2) leaves outside with at most 5%, by its normal approximation with 1.96 standard
 * deviations of sqrt(n)/2 (Conover, Practical Nonparametric Statistics, section 3.2).
 */
const ranksAside = (n: number) => (1.96 * Math.sqrt(n)) / 2;

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
  const lowRank = Math.max(0, Math.floor(n / 2 - ranksAside(n)));
  const highRank = Math.min(n - 1, Math.ceil(n / 2 + ranksAside(n)) - (n % 2 === 0 ? 1 : 0));
  const interval = { low: ascending[lowRank] as number, high: ascending[highRank] as number };
  return { ratio, interval, pairs: n };
}
