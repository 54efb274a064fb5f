import type { Interval } from '../../units.ts';

/** Looks at a tensor, input after input, and says which range its codes should span. */
export interface Observer {
  /** All its numbers for one input; not kept. */
  add(data: ArrayLike<number>): void;
  /** Null where no finite number was seen. */
  range(): Interval | null;
}

const isEmpty = ({ low, high }: Interval) => low > high;

const NOTHING: Interval = { low: Number.POSITIVE_INFINITY, high: Number.NEGATIVE_INFINITY };

/** Least and largest finite number. */
function extent(data: ArrayLike<number>): Interval {
  let { low, high } = NOTHING;
  for (let i = 0; i < data.length; i++) {
    const x = data[i] as number;
    if (x < low && x > Number.NEGATIVE_INFINITY) low = x;
    if (x > high && x < Number.POSITIVE_INFINITY) high = x;
  }
  return { low, high };
}

/** Everything that was seen: clips nothing, and lets one outlier coarsen all else. */
export class MinMax implements Observer {
  private seen = NOTHING;

  add(data: ArrayLike<number>): void {
    const { low, high } = extent(data);
    this.seen = { low: Math.min(this.seen.low, low), high: Math.max(this.seen.high, high) };
  }

  range(): Interval | null {
    return isEmpty(this.seen) ? null : this.seen;
  }
}

/** Extremes of each input, averaged with less and less weight on those long past. */
export class MovingAverage implements Observer {
  private average: Interval | null = null;
  private readonly weight: number;

  /** @param weight of each new input, over 0 and up to 1 */
  constructor(weight: number) {
    this.weight = weight;
  }

  add(data: ArrayLike<number>): void {
    const seen = extent(data);
    if (isEmpty(seen)) return;
    const { average, weight } = this;
    this.average = average
      ? {
          low: Math.fround(average.low + weight * (seen.low - average.low)),
          high: Math.fround(average.high + weight * (seen.high - average.high)),
        }
      : seen;
  }

  range(): Interval | null {
    return this.average;
  }
}
