/** Ascending copy; the input stays as it is. */
export function sorted(values: ArrayLike<number>): Float64Array {
  return Float64Array.from(values).sort();
}

/**
 * Quantile of already sorted values by linear interpolation between order statistics
 * (Hyndman and Fan 1996, type 7: what R and NumPy use by default). NaN when empty.
 */
export function quantile(ascending: ArrayLike<number>, share: number): number {
  const last = ascending.length - 1;
  if (last < 0) return Number.NaN;
  const position = share * last;
  const below = Math.floor(position);
  const low = ascending[below] as number;
  const high = ascending[Math.min(last, below + 1)] as number;
  return low + (high - low) * (position - below);
}

export function medianOf(values: ArrayLike<number>): number {
  return quantile(sorted(values), 0.5);
}

/** How many of the sorted values lie below `limit`; with `orAt`, also those equal to it. */
export function countBelow(
  ascending: ArrayLike<number>,
  limit: number,
  orAt: boolean = false,
): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const value = ascending[middle] as number;
    if (value < limit || (orAt && value === limit)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** No clock step is longer, as a share of one timing: races time several runs at once before. */
const MAX_STEP = 0.05;

/**
 * Quantile of already sorted times that a clock rounded to its steps. Their plain median only ever
 * is a whole number of steps, up to 4% apart here, and looks more certain than it is. Each step's
 * times count from its middle, and between two steps the quantile is interpolated (the
 * mid-quantile of Ma, Genton and Parzen 2011): where a run begins at any moment of a step, that is
 * its true time, in the mean. Values further apart than a step can be are no steps; there each
 * value counts from its own middle (Hyndman and Fan 1996, type 5).
 */
export function steppedQuantile(ascending: ArrayLike<number>, share: number): number {
  const n = ascending.length;
  const at = share * n;
  const value = ascending[Math.min(n - 1, Math.floor(at))];
  if (value === undefined) return Number.NaN;
  const from = countBelow(ascending, value);
  const to = countBelow(ascending, value, true);
  const middle = (from + to) / 2;
  const next = ascending[at < middle ? from - 1 : to];
  if (next === undefined || Math.abs(next - value) > MAX_STEP * value) {
    const below = Math.min(n - 1, Math.max(0, at - 0.5));
    return quantile(ascending, n === 1 ? 0 : below / (n - 1));
  }
  const its = (countBelow(ascending, next) + countBelow(ascending, next, true)) / 2;
  return value + ((next - value) * (at - middle)) / (its - middle);
}

/** The median of times that a clock rounded to its steps; see `steppedQuantile`. */
export function steppedMedian(values: ArrayLike<number>): number {
  return steppedQuantile(sorted(values), 0.5);
}
