import type { Fraction, Milliseconds } from '../../../core/units.ts';
import type { SustainedSlice } from './record.ts';

/** How often a deadline was missed. */
export interface Misses {
  readonly timings: number;
  /** Timings longer than the deadline; exactly as long is in time. */
  readonly missed: number;
  readonly share: Fraction;
  /** The most misses one right after the other, and how long they took together. */
  readonly streak: { readonly missed: number; readonly ms: Milliseconds };
}

/**
 * Counts every timing. Where one timing holds several inferences, it stands for their mean, and a
 * single slow one among them is not seen.
 * @param apart whether a slice does not follow right upon the one before it: a streak ends there
 */
export function missesOf(
  slices: readonly SustainedSlice[],
  deadline: Milliseconds,
  apart: (slice: SustainedSlice) => boolean = () => false,
): Misses {
  let [timings, missed] = [0, 0];
  let run = { missed: 0, ms: 0 };
  let streak = run;
  for (const slice of slices) {
    if (apart(slice)) run = { missed: 0, ms: 0 };
    timings += slice.ms.length;
    for (const ms of slice.ms) {
      if (ms <= deadline) {
        if (run.missed > 0) run = { missed: 0, ms: 0 };
        continue;
      }
      missed += 1;
      run = { missed: run.missed + 1, ms: run.ms + ms * slice.batch };
      if (run.missed > streak.missed) streak = run;
    }
  }
  return { timings, missed, share: timings === 0 ? 0 : missed / timings, streak };
}
