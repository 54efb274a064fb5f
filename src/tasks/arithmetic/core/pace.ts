import { steppedMedian } from '../../../core/stats/quantiles.ts';
import type { Milliseconds } from '../../../core/units.ts';
import type { StepTime } from './step.ts';

/** How fast an answer was written. */
export interface Pace {
  /** The run that reads the prompt and writes the first character. */
  readonly first: Milliseconds;
  /** Median of the runs after it, each of one character; null before the second. */
  readonly each: EachPace | null;
}

interface EachPace {
  readonly ms: Milliseconds;
  /** The same with all messages to the lane and back. */
  readonly roundTrip: Milliseconds;
  /** At `ms`, one after another. */
  readonly perSecond: number;
  readonly of: number;
}

/** Null before the first run is over. */
export function paceOf(times: readonly StepTime[]): Pace | null {
  const [first, ...later] = times;
  if (!first) return null;
  if (later.length === 0) return { first: first.ms, each: null };
  const ms = steppedMedian(later.map((time) => time.ms));
  const roundTrip = steppedMedian(later.map((time) => time.roundTrip));
  return { first: first.ms, each: { ms, roundTrip, perSecond: 1000 / ms, of: later.length } };
}
