import { seededRandom } from '../tensors/random.ts';
import type { Interval } from '../units.ts';
import { meanInflation } from './correlation.ts';
import { MIN_WORTH } from './medianInterval.ts';
import { countBelow, quantile, sorted, steppedQuantile } from './quantiles.ts';

const RESAMPLES = 500;
const SEED = 1;
/** Neighbouring turns are resampled together, where there are more; it takes less time. */
const MAX_CLUSTERS = 256;
/** An end of an interval must have at least this many samples beyond it, or it is a guess. */
const MIN_BEYOND = 3;

/**
 * Intervals of quantiles that hold the true ones in about 95% of cases. Samples of one turn
 * resemble each other, so whole turns are resampled (cluster bootstrap, Davison and Hinkley 1997,
 * section 3.8); turns of one moment do too, so only as many are drawn as independent ones they are
 * worth (m out of n bootstrap, Bickel, Götze and van Zwet 1997). What is resampled is each turn's
 * count below the quantile; the share's interval is then read off the sorted samples (Woodruff
 * 1952), so that 100,000 samples cost milliseconds. The same turns give the same intervals.
 *
 * In 400 simulations each of 240 turns they held 95% to 97% for independent turns, 91% to 95%
 * where turns resemble their neighbours by 0.5, 83% to 92% by 0.9.
 *
 * @param turns the samples of each turn, in order
 * @param ascending all of their samples, sorted
 * @param shares the quantiles wanted, each from 0 to 1
 * @returns one interval for each share; null where there are too few turns or, beyond one of its
 *   ends, too few samples
 */
export function quantileIntervals(
  turns: readonly ArrayLike<number>[],
  ascending: ArrayLike<number>,
  shares: readonly number[],
): (Interval | null)[] {
  const sizes = joined(turns.map(({ length }) => length));
  return shares.map((share) => {
    const limit = steppedQuantile(ascending, share);
    const interval = shareInterval(joined(turns.map((turn) => countAround(turn, limit))), sizes);
    if (!interval) return null;
    const n = ascending.length;
    // By ties, the count is not the share itself; its interval is as wide all the same.
    const found = (countBelow(ascending, limit) + countBelow(ascending, limit, true)) / 2 / n;
    const low = share + interval.low - found;
    const high = share + interval.high - found;
    if (low * n < MIN_BEYOND || (1 - high) * n < MIN_BEYOND) return null;
    return { low: steppedQuantile(ascending, low), high: steppedQuantile(ascending, high) };
  });
}

/** Samples below a limit; those at it count half. */
function countAround(samples: ArrayLike<number>, limit: number): number {
  let count = 0;
  for (let i = 0; i < samples.length; i++) {
    const value = samples[i] as number;
    count += value < limit ? 1 : value === limit ? 0.5 : 0;
  }
  return count;
}

/** Sums of as many neighbours as leave at most 256. */
function joined(values: ArrayLike<number>): Float64Array {
  const each = Math.ceil(values.length / MAX_CLUSTERS);
  const sums = new Float64Array(Math.ceil(values.length / (each || 1)));
  for (let i = 0; i < values.length; i++) {
    const sum = Math.floor(i / each);
    sums[sum] = (sums[sum] as number) + (values[i] as number);
  }
  return sums;
}

/** The interval of sum(counts) / sum(sizes) over clusters that may resemble their neighbours. */
function shareInterval(counts: Float64Array, sizes: Float64Array): Interval | null {
  const n = sizes.length;
  const sum = (values: Float64Array) => values.reduce((total, value) => total + value, 0);
  const share = sum(counts) / sum(sizes);
  const inflation = meanInflation(counts.map((count, i) => count - share * (sizes[i] as number)));
  // Two fewer: the share and the resemblance were found in the same clusters.
  const drawn = Math.round(n / inflation) - 2;
  if (drawn < MIN_WORTH) return null;
  const random = seededRandom(SEED);
  const found = Float64Array.from({ length: RESAMPLES }, () => {
    let below = 0;
    let of = 0;
    for (let i = 0; i < drawn; i++) {
      const cluster = random.int(0, n - 1);
      below += counts[cluster] as number;
      of += sizes[cluster] as number;
    }
    return below / of;
  });
  const ordered = sorted(found);
  return { low: quantile(ordered, 0.025), high: quantile(ordered, 0.975) };
}
