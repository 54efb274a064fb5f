import type { Fraction } from '../units.ts';
import { medianOf, quantile } from './quantiles.ts';

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
  const deviations = Float64Array.from(ascending, (value) => Math.abs(value - middle));
  const limit = middle + Math.max(FAR * MAD_TO_SD * medianOf(deviations), middle / 10);
  let count = 0;
  while (count < n && (ascending[n - 1 - count] as number) > limit) count++;
  return { count, share: n === 0 ? 0 : count / n };
}
