import type { ErrorFacts } from '../../../core/race/events.ts';
import type { Lane } from '../../../core/race/lane.ts';
import type { LaneOpened } from '../../../core/session/runner.ts';
import type { Bytes } from '../../../core/units.ts';

/** A lane given several inputs at once. */
export interface BatchPoint {
  /** Inputs in one inference. */
  readonly batch: number;
  /** Milliseconds of each inference of the whole batch, steady ones only. */
  readonly ms: Float64Array;
  /** The lane's WASM heap after the first inference of this size, tried in rising order. */
  readonly heap: Bytes;
  /** Why this size cannot be run; null when it can. */
  readonly error: ErrorFacts | null;
}

/** Throughput against latency as more inputs go into one inference. */
export interface BatchRecord {
  readonly lane: Lane;
  readonly opened: LaneOpened | null;
  /** The name of the free dimension. */
  readonly dimension: string;
  readonly points: readonly BatchPoint[];
  /** Turns left out, since the tab was hidden or a clock jumped. */
  readonly excluded: number;
  readonly died: ErrorFacts | null;
}
