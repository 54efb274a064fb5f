import { medianOf } from './quantiles.ts';

/**
 * By how much the variance of a mean grows because neighbouring values resemble each other:
 * 1 + 2 * the sum of the autocorrelations, summed in pairs of lags while such a pair is positive
 * (Geyer 1992, Practical Markov Chain Monte Carlo, the initial positive sequence).
 *
 * @param values in the order in which they were measured
 * @returns 1 for independent values, never less
 */
export function meanInflation(values: ArrayLike<number>): number {
  const n = values.length;
  if (n < 4) return 1;
  let mean = 0;
  for (let i = 0; i < n; i++) mean += (values[i] as number) / n;
  const centred = Float64Array.from(values, (value) => value - mean);
  const covariance = (lag: number): number => {
    let sum = 0;
    for (let i = lag; i < n; i++) sum += (centred[i] as number) * (centred[i - lag] as number);
    return sum / n;
  };
  const variance = covariance(0);
  if (variance === 0) return 1;
  // Lag 0 counts once, every other lag twice: -1 + 2 * (pairs from lag 0 on).
  let inflation = -1;
  for (let lag = 0; lag + 1 < n / 2; lag += 2) {
    const pair = (covariance(lag) + covariance(lag + 1)) / variance;
    if (pair <= 0) break;
    inflation += 2 * pair;
  }
  return Math.max(1, inflation);
}

/**
 * The same for a median: of the signs around it, because a median knows nothing else of its
 * values; so one spike counts no more than any other value.
 */
export function varianceInflation(values: ArrayLike<number>): number {
  const middle = medianOf(values);
  return meanInflation(Float64Array.from(values, (value) => Math.sign(value - middle)));
}
