import { seededRandom } from '../../../core/tensors/random.ts';
import type { Milliseconds } from '../../../core/units.ts';

/**
 * Moments at which requests come: gaps are exponential, as of many users who know nothing of each
 * other (a Poisson process). The same seed gives the same moments, which scale with the rate.
 *
 * @param perSecond mean rate, over 0
 * @param within moments from 0 to this
 */
export function poissonArrivals(
  perSecond: number,
  within: Milliseconds,
  seed: number,
): Float64Array {
  const random = seededRandom(seed);
  const moments: Milliseconds[] = [];
  // 1 - u lies in (0, 1], so that its logarithm is finite.
  const gap = () => (-Math.log(1 - random.unit()) * 1000) / perSecond;
  for (let at = gap(); at < within; at += gap()) moments.push(at);
  return Float64Array.from(moments);
}
