/** Two findings of one mode, of one model, beside each other. */
import type { LaneFigures } from '../figures/figures.ts';
import type { Lane } from '../race/lane.ts';
import type { Interval } from '../units.ts';
import type { Headline } from './headline.ts';

/** Machines were seen to drift by this much within a minute, with nothing changed (facts). */
export const DRIFT = 2;

/**
 * How a lane's ratio to its own reference changed from A to B. Each ratio is paired within its own
 * report, so drift is in neither.
 */
export interface RelativeChange {
  /** B's ratio by A's: 1.1 gained a tenth more in B. */
  readonly ratio: number;
  /**
   * Ends divided by each other: at least as wide as a 95% interval of independent ratios. null
   * where either has none.
   */
  readonly interval: Interval | null;
  readonly says: 'more' | 'less' | 'same' | 'unclear';
}

export interface ComparedLane {
  /** The lane as A has it, or else B. */
  readonly lane: Lane;
  readonly a: LaneFigures | null;
  readonly b: LaneFigures | null;
  /** B's median by A's. Not paired: a machine alone drifts by up to `DRIFT`. */
  readonly times: number | null;
  readonly relative: RelativeChange | null;
  /** Whether both ran a file of the same size; null where only one ran it. */
  readonly sameFile: boolean | null;
}

export interface ComparedFound {
  readonly headline: Headline;
  /** Lanes of either that raced; empty where nothing did. */
  readonly lanes: readonly ComparedLane[];
}
