import type { ErrorFacts } from '../../../core/race/events.ts';
import type { Lane } from '../../../core/race/lane.ts';
import type { LaneOpened } from '../../../core/session/runner.ts';

/**
 * How requests come: `open`, at random moments (Poisson) at a rate, whether or not earlier ones
 * have been answered, as many users do; `closed`, from a number of clients of which each asks
 * again as soon as it has its answer.
 */
export type Arrivals =
  | { readonly kind: 'open'; readonly perSecond: number }
  | { readonly kind: 'closed'; readonly clients: number };

/**
 * One stretch under one load. Times count from its begin in milliseconds, one number for each
 * request, in the order of arrival; requests wait in one queue and are served one at a time.
 */
export interface LoadPoint {
  readonly arrivals: Arrivals;
  readonly seconds: number;
  /** All that came; those that were not served are the last. */
  readonly arrived: Float64Array;
  readonly started: Float64Array;
  readonly ended: Float64Array;
  /** Requests that had come and were not served when the time was over. */
  readonly waiting: number;
}

/** A lane under several loads. */
export interface LoadRecord {
  readonly lane: Lane;
  readonly opened: LaneOpened | null;
  readonly seed: number;
  readonly points: readonly LoadPoint[];
  /** Points measured again, since the tab was hidden. */
  readonly excluded: number;
  readonly died: ErrorFacts | null;
}
