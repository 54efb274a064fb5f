import { seededRandom } from '../race/random.ts';
import type { Interval } from '../units.ts';
import { varianceInflation } from './correlation.ts';
import { medianOf, quantile, sorted } from './quantiles.ts';

const RESAMPLES = 200;
const SEED = 1;
/** Fewer turns than this say nothing about how turns vary. */
const FEWEST_TURNS = 16;

/**
 * Intervals of quantiles that hold the true ones in about 95% of cases: whole turns are resampled,
 * in blocks of neighbours, since samples of one turn, and turns of one moment, resemble each
 * other (Künsch 1989, the moving block bootstrap; percentile intervals, Efron 1979). The same
 * turns give the same intervals.
 *
 * @param turns the samples of each turn, in order
 * @param shares the quantiles wanted, each from 0 to 1
 * @returns one interval for each share; null where there are fewer than 16 turns
 */
export function quantileIntervals(
  turns: readonly ArrayLike<number>[],
  shares: readonly number[],
): (Interval | null)[] {
  const count = turns.length;
  if (count < FEWEST_TURNS) return shares.map(() => null);
  const total = turns.reduce((sum, { length }) => sum + length, 0);
  const values = new Float64Array(total);
  const from = new Uint32Array(total);
  let next = 0;
  turns.forEach((turn, t) => {
    for (let i = 0; i < turn.length; i++) {
      values[next] = turn[i] as number;
      from[next++] = t;
    }
  });
  // Sorted once; a resample then only changes how often each turn's samples count.
  const order = Uint32Array.from({ length: total }, (_, i) => i).sort(
    (a, b) => (values[a] as number) - (values[b] as number),
  );
  const block = Math.min(
    Math.ceil(varianceInflation(turns.map(medianOf))),
    Math.floor(count / FEWEST_TURNS),
  );
  const random = seededRandom(SEED);
  const found = shares.map(() => new Float64Array(RESAMPLES));
  for (let r = 0; r < RESAMPLES; r++) {
    const times = new Uint32Array(count);
    let size = 0;
    for (let drawn = 0; drawn < count; drawn += block) {
      const start = random.int(0, count - 1);
      for (let i = 0; i < block && drawn + i < count; i++) {
        const t = (start + i) % count;
        times[t] = (times[t] as number) + 1;
        size += (turns[t] as ArrayLike<number>).length;
      }
    }
    shares.forEach((share, s) => {
      (found[s] as Float64Array)[r] = weightedQuantile(
        values,
        from,
        order,
        times,
        share * (size - 1),
      );
    });
  }
  return found.map((each) => {
    const ascending = sorted(each);
    return { low: quantile(ascending, 0.025), high: quantile(ascending, 0.975) };
  });
}

/** The value at a position among sorted values of which each counts as often as its turn. */
function weightedQuantile(
  values: Float64Array,
  from: Uint32Array,
  order: Uint32Array,
  times: Uint32Array,
  position: number,
): number {
  let passed = 0;
  for (const i of order) {
    passed += times[from[i] as number] as number;
    if (passed > position) return values[i] as number;
  }
  return values[order.at(-1) ?? 0] ?? Number.NaN;
}
