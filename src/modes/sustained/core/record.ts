import type { Pressure } from '../../../core/conditions/conditions.ts';
import type { ErrorFacts } from '../../../core/race/events.ts';
import type { Fidelity } from '../../../core/race/fidelity.ts';
import type { Lane } from '../../../core/race/lane.ts';
import type { LaneOpened } from '../../../core/session/runner.ts';
import type { Milliseconds } from '../../../core/units.ts';

export interface SustainedSettings {
  readonly seconds: number;
  /** What the user must not wait longer for: 16, 33 or 100 ms, or another. */
  readonly deadlineMs: Milliseconds;
  readonly seed: number;
}

/** All that ran in about one second. */
export interface SustainedSlice {
  /** When it ended, from the begin of the run. */
  readonly at: Milliseconds;
  /** Inferences in each timing. */
  readonly batch: number;
  /** Milliseconds per inference, in the order taken. */
  readonly ms: Float32Array;
}

/** One lane run without a pause for minutes: what a device does once it is warm. */
export interface SustainedRecord {
  readonly lane: Lane;
  readonly opened: LaneOpened | null;
  readonly coldMs: Milliseconds | null;
  readonly slices: readonly SustainedSlice[];
  /** Changes of the processors' load, where the browser tells. */
  readonly pressure: readonly { readonly at: Milliseconds; readonly state: Pressure }[];
  /** Its own answer to the feed, at the begin and every few seconds: must be the same for ever. */
  readonly repeats: Fidelity;
  /** Turns left out, since the tab was hidden or a clock jumped. */
  readonly excluded: number;
  /** Why the lane ended early; null unless it did. */
  readonly died: ErrorFacts | null;
}
