import type { Model } from '../../core/models/model.ts';
import type { FeedsFor } from '../../core/race/feeds.ts';
import type { Stop } from '../../core/race/race.ts';
import type { Labels } from '../../core/race/record.ts';
import type { Task } from '../../core/tasks/task.ts';
import type { FeedSet } from '../../core/tensors/tensors.ts';
import type { Milliseconds } from '../../core/units.ts';
import type { BoxCounter } from '../../tasks/spotting/core/counter.ts';
import type { BenchState } from './bench.ts';

/** What a race runs on: timed feeds, labelled feeds to check answers with, and their labels. */
export interface RaceInputs {
  readonly stop: Stop;
  readonly feeds: FeedsFor;
  readonly checks: (() => Promise<FeedSet>) | null;
  readonly labels: Labels;
  /** Counts a detector's boxes. */
  readonly counter?: BoxCounter;
  /** Time each lane may spend on `checks`, where the usual time is too short. */
  readonly checkMs?: Milliseconds;
}

/** How the models of one kind of task are fed on the bench. */
export interface TaskInputs {
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
  readonly ready: (state: BenchState) => boolean;
  /**
   * The one feed that is run again and again.
   * @throws RangeError where nothing is ready
   */
  readonly one: (model: Model, state: BenchState) => FeedsFor;
  /** What a race runs on, where that is more than the one feed. */
  readonly race?: (model: Model, state: BenchState, signal: AbortSignal) => Promise<RaceInputs>;
  /** Whether a race runs every labelled input once, and ends with the last. */
  readonly sweeps?: (state: BenchState) => boolean;
  /** The input in words, as reports keep it. */
  readonly says: (model: Model, state: BenchState) => string;
}

/**
 * A model's task of the kind that a module feeds.
 * @throws RangeError for a model of another kind
 */
export function taskOf<K extends Task['kind']>(
  { task }: Model,
  kind: K,
): Extract<Task, { kind: K }> {
  const isOfKind = (one: Task): one is Extract<Task, { kind: K }> => one.kind === kind;
  if (!isOfKind(task)) throw new RangeError(`A model of ${task.kind} was fed as one of ${kind}.`);
  return task;
}
