import type { Answer } from '../../core/classes/classify.ts';
import type { Model } from '../../core/models/model.ts';
import type { Counter } from '../../core/race/counter.ts';
import type { FeedsFor } from '../../core/race/feeds.ts';
import type { Stop } from '../../core/race/race.ts';
import type { Labels } from '../../core/race/record.ts';
import type { FeedSet } from '../../core/tensors/tensors.ts';
import type { Milliseconds } from '../../core/units.ts';
import type { BenchState } from './bench.ts';

/** What a race runs on: timed feeds, labelled feeds to check answers with, and their labels. */
export interface RaceInputs {
  readonly stop: Stop;
  readonly feeds: FeedsFor;
  readonly checks: (() => Promise<FeedSet>) | null;
  readonly labels: Labels;
  /** Counts what answers hold, where they hold several things. */
  readonly counter?: Counter;
  /** Time each lane may spend on `checks`, where the usual time is too short. */
  readonly checkMs?: Milliseconds;
}

/** Samples that a compression may look at. */
export interface SampleFeeds {
  readonly feeds: FeedSet;
  /** True classes, one for each feed; null where nobody knows them. */
  readonly labels: Uint8Array | null;
}

/**
 * What models of one kind of task run on. It keeps what was chosen in a store of its own, which the
 * bench knows of only that it changed.
 */
export interface TaskState<Facts extends object = object> {
  /** Tells of each change of what the other members say. @returns stops telling */
  readonly subscribe?: (listener: () => void) => () => void;
  /** Fetches what is needed to choose an input, when the user picks a model; may throw. */
  readonly selected?: (model: Model) => Promise<void>;
  /** Takes a file that is dropped on the bench; `says` so while it hovers. */
  readonly dropped?: {
    readonly says: string;
    readonly take: (model: Model, file: File) => Promise<void>;
  };
  /** The model as it runs on what is chosen, where that changes its task or its cost. */
  readonly asRun?: (model: Model, state: BenchState) => Model;
  /** Whether there is something to run on. */
  readonly ready: (model: Model) => boolean;
  /**
   * The one feed that is run again and again.
   * @throws RangeError where nothing is ready
   */
  readonly one: (model: Model, state: BenchState) => FeedsFor;
  /** What a race runs on, where that is more than the one feed. */
  readonly race?: (model: Model, state: BenchState, signal: AbortSignal) => Promise<RaceInputs>;
  /** Whether a race runs every labelled input once, and ends with the last. */
  readonly sweeps?: () => boolean;
  /** The chosen input in the form of the kind's `input`; null while there is none. */
  facts(model: Model): Facts | null;
  /** Chooses what a report's race ran on, as far as it is here; null where nobody knows. */
  recall?(model: Model, facts: Facts | null): void | Promise<void>;
  /** Names of a model's classes, where the task itself does not list them; null until here. */
  readonly classNames?: (model: Model) => readonly string[] | null;
  /** What scores name, where that is not just the class with the highest; null until it can tell. */
  readonly answer?: (model: Model, scores: ArrayLike<number>) => Answer | null;
  /** All samples, where the kind has any to calibrate on. @throws Fault as downloads do */
  readonly samples?: (model: Model, signal: AbortSignal) => Promise<SampleFeeds>;
}
