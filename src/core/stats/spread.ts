import type { Fraction } from '../units.ts';
import { quantile } from './quantiles.ts';

/** Samples far outside the rest: garbage collection, the scheduler, another program. */
export interface Spikes {
  readonly count: number;
  readonly share: Fraction;
}

/** 1.4826 * MAD is the standard deviation of a normal distribution (Rousseeuw and Croux 1993). */
const MAD_TO_SD = 1.4826;
const FAR = 5;

/**
 * Samples slower than the median by more than five robust standard deviations, and by more than a
 * tenth of it, since a coarse clock can make the deviation nothing.
 * @param ascending sorted samples
 */
export function spikesOf(ascending: ArrayLike<number>): Spikes {
  const n = ascending.length;
  const middle = quantile(ascending, 0.5);
  const limit = middle + Math.max(FAR * MAD_TO_SD * deviation(ascending, middle), middle / 10);
  let count = 0;
  while (count < n && (ascending[n - 1 - count] as number) > limit) count++;
  return { count, share: n === 0 ? 0 : count / n };
}

/** Median of the distances from the middle, found from both ends inwards without sorting again. */
function deviation(ascending: ArrayLike<number>, middle: number): number {
  let low = 0;
  let high = ascending.length - 1;
  let found = 0;
  for (let left = Math.ceil(ascending.length / 2); left > 0; left--) {
    const below = middle - (ascending[low] as number);
    const above = (ascending[high] as number) - middle;
    found = Math.max(below, above);
    if (below > above) low++;
    else high--;
  }
  return found;
}
