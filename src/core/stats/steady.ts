import { meanInflation } from './correlation.ts';
import { countBelow, medianOf, sorted } from './quantiles.ts';

/** Fewer turns than this cannot be told into two parts. */
export const STEADY_TURNS = 16;
/** Turns nearer to each other than this count as equal: two sessions of one model differ so much. */
const EQUAL = 1.01;
/** Standard deviations by which a slower beginning must stand out: one in 2,000 does by chance. */
const SIGNIFICANT = 3.29;
/** Turns whose median is held against what follows, and by how many deviations it may differ. */
const WINDOW = 8;
const FAR = 4;
/** 1.4826 * MAD is the standard deviation of a normal distribution (Rousseeuw and Croux 1993). */
const MAD_TO_SD = 1.4826;

/**
 * The first turn from which a lane is steady: after the last change point before which turns are
 * slower than after it, by more than chance and by more than 1%. The WASM engine tiers functions
 * up over dozens of runs, some models over hundreds, so no fixed number would do.
 *
 * Change points are where the standardised rank sum of Mann and Whitney is largest (Pettitt 1979;
 * Hawkins and Deng 2010), searched for again after each that is found. Ranks, because a spike then
 * counts no more than any slow turn; the limit grows with the correlation of neighbours, so that
 * a slow wave is no change. Where waves hide a beginning from its ranks, its size still tells: the
 * median of its turns in windows of eight, against how such medians spread in the second half. A
 * lane that slows down does not warm: that is its drift.
 *
 * @param turns median milliseconds of each turn, in order
 * @returns an index into `turns`, no later than half; `turns.length` when there are too few to say
 */
export function steadyFrom(turns: ArrayLike<number>): number {
  const values = Float64Array.from(turns);
  if (values.length < STEADY_TURNS) return values.length;
  const half = Math.floor(values.length / 2);
  const rest = values.subarray(half);
  const limit = SIGNIFICANT * Math.sqrt(slowness(rest));
  let start = farAbove(values, half);
  while (start < half) {
    const change = changePoint(values.subarray(start), half - start, limit);
    if (change === 0) break;
    start += change;
  }
  // The last few turns of a warm-up are too few to stand out.
  const settled = medianOf(rest) * EQUAL;
  if (start > 0) while (start < half && (values[start] as number) > settled) start++;
  return start;
}

/** As many turns that look steady are enough for a provisional figure. */
const MIN_LOOKING = 3;
/** A turn that takes more than this many times the median of those after it looks like warm-up. */
const LOOKS_WARMING = 1.1;

/**
 * The first turn from which so few turns that nobody can tell look steady: those before it each
 * take a tenth longer than what follows. No more than a guess, for figures that say so.
 *
 * @param turns as for `steadyFrom`
 * @returns an index that leaves at least three turns; `turns.length` where there is none
 */
export function looksSteadyFrom(turns: readonly number[]): number {
  for (let i = 0; i + MIN_LOOKING <= turns.length; i++) {
    if ((turns[i] as number) <= medianOf(turns.slice(i + 1)) * LOOKS_WARMING) return i;
  }
  return turns.length;
}

/** How many of the first turns lie far above all that chance and waves do in the second half. */
function farAbove(values: Float64Array, half: number): number {
  const windowAt = (first: number) => medianOf(values.subarray(first, first + WINDOW));
  const later = Float64Array.from({ length: values.length - half - WINDOW + 1 }, (_, i) =>
    windowAt(half + i),
  );
  const middle = medianOf(later);
  const deviation = MAD_TO_SD * medianOf(later.map((value) => Math.abs(value - middle)));
  const limit = Math.max(middle * EQUAL, middle + FAR * deviation);
  let start = 0;
  while (start < half && windowAt(start) > limit) start++;
  return start;
}

/** By how much neighbours' resemblance widens what chance does; a trend over all is not counted. */
function slowness(values: Float64Array): number {
  const n = values.length;
  const middle = Math.floor(n / 2);
  const level = medianOf(values.subarray(0, middle));
  // A line through the medians of both halves (Brown and Mood 1951).
  const slope = (medianOf(values.subarray(middle)) - level) / (n / 2);
  const sides = values.map((value, i) => {
    const expected = level + slope * (i - (middle - 1) / 2);
    return value > expected * EQUAL ? 1 : value < expected / EQUAL ? -1 : 0;
  });
  return meanInflation(sides);
}

/** How many of the first turns are slower than the rest; 0 where none stand out. */
function changePoint(values: Float64Array, most: number, limit: number): number {
  const n = values.length;
  const ascending = sorted(values);
  let best = limit;
  let change = 0;
  // Over pairs of an earlier and a later turn, those slower minus those faster: pairs within the
  // first part cancel out, so that each turn is ranked once, among all.
  let slower = 0;
  for (let first = 1; first <= most; first++) {
    const value = values[first - 1] as number;
    slower +=
      countBelow(ascending, value / EQUAL) - (n - countBelow(ascending, value * EQUAL, true));
    const deviation = Math.sqrt((first * (n - first) * (n + 1)) / 3);
    if (slower / deviation >= best) {
      best = slower / deviation;
      change = first;
    }
  }
  return change;
}
