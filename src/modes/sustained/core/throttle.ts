import { varianceInflation } from '../../../core/stats/correlation.ts';
import { REPRODUCIBILITY } from '../../../core/stats/paired.ts';
import { medianOf, quantile, sorted } from '../../../core/stats/quantiles.ts';
import { seededRandom } from '../../../core/tensors/random.ts';
import type { Interval, Milliseconds } from '../../../core/units.ts';
import type { SliceFigures } from './slices.ts';

/** A minute is what "at first" means in a long run; in a short one it is its first quarter. */
const FIRST_MS: Milliseconds = 60_000;
const RESAMPLES = 500;
const SEED = 1;
/** Fewer slices than this on either side say nothing about how slices vary. */
const MIN_SLICES = 8;
/** As many independent ones are the fewest that give an interval of 95% for a median. */
const MIN_WORTH = 6;

/** How the end of a run compares with its begin. */
export interface Throttle {
  readonly first: Milliseconds;
  readonly last: Milliseconds;
  /** How long "at first" is. */
  readonly firstMs: Milliseconds;
  /** last / first: over 1 is slower. */
  readonly ratio: number;
  /** 95%; null where the run is too short for one. */
  readonly interval: Interval | null;
}

/**
 * Medians of the slices' medians, of the first minute (of a short run, its first quarter) and of
 * the last quarter, with the interval of their ratio: slices are resampled on both sides, only as
 * many as independent ones they are worth, since neighbours resemble each other (m out of n
 * bootstrap, Bickel, Götze and van Zwet 1997; percentile interval). In 150 simulations each of 60
 * slices on either side it held the true ratio in 99% of cases, in 95% where slices resemble their
 * neighbours by 0.5, in 88% by 0.8.
 *
 * @param slices without the warming ones, in order
 */
export function throttleOf(slices: readonly SliceFigures[]): Throttle | null {
  const begin = slices[0]?.from ?? 0;
  const whole = (slices.at(-1)?.at ?? 0) - begin;
  const firstMs = Math.min(FIRST_MS, whole / 4);
  const early = slices.filter(({ at }) => at - begin <= firstMs).map(({ median }) => median);
  const late = slices.filter(({ from }) => from - begin >= 0.75 * whole).map((s) => s.median);
  if (early.length === 0 || late.length === 0) return null;
  const [first, last] = [medianOf(early), medianOf(late)];
  return { first, last, firstMs, ratio: last / first, interval: ratioInterval(early, late) };
}

/** `unclear` where the run is too short to say; `same` where no change is significant. */
type Pace = 'slower' | 'faster' | 'same' | 'unclear';

export function paceOf({ interval }: Throttle): Pace {
  if (!interval) return 'unclear';
  if (interval.low > 1 + REPRODUCIBILITY) return 'slower';
  return interval.high < 1 / (1 + REPRODUCIBILITY) ? 'faster' : 'same';
}

/** The interval of median(late) / median(early). */
export function ratioInterval(early: readonly number[], late: readonly number[]): Interval | null {
  const random = seededRandom(SEED);
  const resampled = (values: readonly number[]) => {
    const n = values.length;
    // Two fewer: the level and the resemblance were found in the same slices.
    const worth = n < MIN_SLICES ? 0 : Math.round(n / varianceInflation(values)) - 2;
    if (worth < MIN_WORTH) return null;
    const drawn = new Float64Array(worth);
    return () => medianOf(drawn.map(() => values[random.int(0, n - 1)] as number));
  };
  const [nextEarly, nextLate] = [resampled(early), resampled(late)];
  if (!nextEarly || !nextLate) return null;
  const ratios = sorted(Float64Array.from({ length: RESAMPLES }, () => nextLate() / nextEarly()));
  return { low: quantile(ratios, 0.025), high: quantile(ratios, 0.975) };
}

/** When a run became slower for good. */
export interface Onset {
  readonly at: Milliseconds;
  readonly before: Milliseconds;
  readonly after: Milliseconds;
}

/** A smaller step is not worth a line in the picture. */
const MIN_STEP = 1.03;
/** Standard deviations, the largest of n scores: few in a hundred steady runs reach it. */
const SIGNIFICANT = 3.5;

/**
 * The change point of the slices' medians after which the run is slower, by 3% at least: where the
 * standardised rank sum of Mann and Whitney is lowest (Hawkins and Deng 2010, A nonparametric
 * change-point control chart), if it is significant with as many slices as the correlated ones are
 * worth. Ranks, because a single slow slice is no change.
 *
 * @param slices without the warming ones, in order
 */
export function onsetOf(slices: readonly SliceFigures[]): Onset | null {
  const n = slices.length;
  if (n < 2 * MIN_SLICES) return null;
  const medians = slices.map(({ median }) => median);
  const ranks = ranksOf(medians);
  let [sum, lowest, change] = [0, 0, 0];
  for (let t = 1; t < n; t++) {
    sum += ranks[t - 1] as number;
    const score = (2 * sum - t * (n + 1)) / Math.sqrt((t * (n - t) * (n + 1)) / 3);
    if (t >= MIN_SLICES && t <= n - MIN_SLICES && score < lowest) [lowest, change] = [score, t];
  }
  if (change === 0) return null;
  const [before, after] = [medianOf(medians.slice(0, change)), medianOf(medians.slice(change))];
  // Ranks know no distances: between the two levels, slices tell the moment better.
  change = nearestSplit(medians, before, after);
  const levelled = medians.map((median, i) => median / (i < change ? before : after));
  const limit = SIGNIFICANT * Math.sqrt(varianceInflation(levelled));
  if (-lowest < limit || after / before < MIN_STEP) return null;
  return { at: slices[change]?.from ?? 0, before, after };
}

/** How many values to take as `before` and the rest as `after`, for the least absolute deviations. */
function nearestSplit(values: readonly number[], before: number, after: number): number {
  let [cost, least, split] = [0, 0, 0];
  values.forEach((value, i) => {
    cost += Math.abs(value - before) - Math.abs(value - after);
    if (cost < least) [least, split] = [cost, i + 1];
  });
  return split;
}

/** Ranks from 1; equal values share their mean rank. */
function ranksOf(values: readonly number[]): Float64Array {
  const order = values.map((_, i) => i);
  order.sort((a, b) => (values[a] as number) - (values[b] as number));
  const ranks = new Float64Array(values.length);
  for (let from = 0; from < order.length; ) {
    let to = from;
    while (to < order.length && values[order[to] as number] === values[order[from] as number]) to++;
    for (let i = from; i < to; i++) ranks[order[i] as number] = (from + 1 + to) / 2;
    from = to;
  }
  return ranks;
}
