import type { Fraction, Interval } from '../units.ts';
import { meanInflation } from './correlation.ts';
import { countBelow, medianOf, quantile, sorted } from './quantiles.ts';

/** How a time changed from the first to the last turn: +0.12 is 12% longer. */
export interface Drift {
  readonly change: Fraction;
  /** Holds the true change in about 95% of cases. */
  readonly interval: Interval;
}

/** Fewer points than this say nothing of a trend. */
const MIN_POINTS = 16;
/** Turns are joined into at most this many points, since all pairs of points are looked at. */
const MAX_POINTS = 64;

/**
 * The trend over a series, against which a tenth or more of wild values can do nothing: the median
 * of the slopes between all pairs of points (Theil 1950, Sen 1968), of logarithms, with Sen's
 * interval, widened where neighbours resemble each other (Hamed and Rao 1998).
 *
 * @param times positive, in order, evenly spaced; neighbours are joined into their median
 * @returns null where there are fewer than 16
 */
export function driftOf(times: ArrayLike<number>): Drift | null {
  const size = Math.ceil(times.length / MAX_POINTS);
  const all = Float64Array.from(times);
  const points = Float64Array.from({ length: Math.floor(times.length / (size || 1)) }, (_, i) =>
    Math.log(medianOf(all.subarray(i * size, (i + 1) * size))),
  );
  const n = points.length;
  if (n < MIN_POINTS || !points.every(Number.isFinite)) return null;
  const slopes: number[] = [];
  for (let i = 0; i < n; i++) {
    for (let j = i + 1; j < n; j++) {
      slopes.push(((points[j] as number) - (points[i] as number)) / (j - i));
    }
  }
  const ascending = sorted(slopes);
  const slope = quantile(ascending, 0.5);
  const rest = points.map((point, i) => point - slope * i);
  const places = sorted(rest);
  const inflation = meanInflation(rest.map((value) => countBelow(places, value)));
  const off = 1.96 * Math.sqrt((inflation * n * (n - 1) * (2 * n + 5)) / 18);
  const over = (each: number) => Math.exp(each * (n - 1)) - 1;
  const atRank = (rank: number) =>
    over(quantile(ascending, Math.min(1, Math.max(0, rank / slopes.length))));
  return {
    change: over(slope),
    interval: {
      low: atRank((slopes.length - off) / 2),
      high: atRank((slopes.length + off) / 2),
    },
  };
}
