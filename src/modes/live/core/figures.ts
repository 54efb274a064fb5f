import type { LiveAnswer } from '../../../core/live/answer.ts';
import { steppedQuantile } from '../../../core/stats/quantiles.ts';
import type { Fraction, Milliseconds } from '../../../core/units.ts';
import type { Ring } from './ring.ts';

/** Times of the latest frames. */
export interface LiveTimes {
  readonly p50: Milliseconds;
  readonly p95: Milliseconds;
  /** How many frames these are of. */
  readonly over: number;
}

export interface LiveLaneFigures {
  readonly lane: string;
  /** Inference alone. */
  readonly inference: LiveTimes;
  /** From the frame's arrival to the answer. */
  readonly whole: LiveTimes;
  /** Inferences longer than the deadline, of all frames that were run. */
  readonly missed: number;
  /** Answers that came later than the deadline after the frame, of all frames that were run. */
  readonly late: number;
  /** Median inference over the deadline: under 1, the lane alone keeps up. */
  readonly realTime: Fraction;
}

/** Frames one after the other on which two lanes said different things, the same each time. */
export interface Disagreement<Kept> {
  /** Since the session began. */
  readonly at: Milliseconds;
  readonly frames: number;
  /** In the order of the lanes. */
  readonly answers: readonly LiveAnswer[];
  readonly kept: Kept;
}

/** Everything that is known of a live session. Counts are of all of it, times of its latest frames. */
export interface LiveFigures<Kept> {
  /** Frames that arrived. */
  readonly offered: number;
  /** Frames that every lane answered. */
  readonly run: number;
  /** Frames that passed while the lanes were busy. */
  readonly skipped: number;
  /** Frames with nothing in them to ask about. */
  readonly empty: number;
  /** Frames left out because the tab was hidden. */
  readonly excluded: number;
  /** Frames answered per second lately, by all lanes in turn; NaN until there are two. */
  readonly perSecond: number;
  readonly prepare: LiveTimes;
  readonly lanes: readonly LiveLaneFigures[];
  /** Frames on which two lanes said the same; null with one lane. */
  readonly same: number | null;
  /** The latest, the newest first. */
  readonly disagreements: readonly Disagreement<Kept>[];
}

/** Median and p95 of what a ring holds, finer than the clock's step. */
export function timesOf(ring: Ring): LiveTimes {
  const ascending = ring.sorted();
  return {
    p50: steppedQuantile(ascending, 0.5),
    p95: steppedQuantile(ascending, 0.95),
    over: ascending.length,
  };
}
