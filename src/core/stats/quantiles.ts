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
