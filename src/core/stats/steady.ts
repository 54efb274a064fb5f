import { medianOf } from './quantiles.ts';

/** Turns looked at together; the WASM engine tiers functions up over dozens of runs. */
const WINDOW = 8;
/** A window this much slower than what follows is still warming. */
const TOLERANCE = 1.05;

/**
 * The first turn from which a lane is steady: no later than half of the series, the first window
 * whose median is within 5% of the median of all that follows.
 *
 * @param turns median milliseconds of each turn, in order
 * @returns an index into `turns`; `turns.length` when there are too few to say
 */
export function steadyFrom(turns: ArrayLike<number>): number {
  const values = Float64Array.from(turns);
  if (values.length < 2 * WINDOW) return values.length;
  const half = Math.floor(values.length / 2);
  // A window may not reach over the half: the rest is what it is compared with.
  const settled = medianOf(values.subarray(half));
  for (let start = 0; start < half; start++) {
    const window = values.subarray(start, start + WINDOW);
    if (medianOf(window) > settled * TOLERANCE) continue;
    // Less than half of a passing window may still be slow: where turns before it were warming,
    // those at its head are too.
    let first = start;
    while (start > 0 && first < half && (values[first] as number) > settled * TOLERANCE) first++;
    return first;
  }
  return half;
}
