import { toError } from '../errors.ts';
import type { LaneMemory, LaneOpened, Slot } from '../session/runner.ts';
import type { OutputTensor } from '../tensors/tensors.ts';
import type { Milliseconds } from '../units.ts';

/** The stretch of a race; each is entered once, in this order. */
export type RacePhase = 'opening' | 'cold' | 'rounds' | 'checking' | 'done';

/** An error as plain data, so that it can be stored and shown. */
export interface ErrorFacts {
  readonly name: string;
  readonly message: string;
}

/** Anything thrown, as plain data. */
export function errorFacts(thrown: unknown): ErrorFacts {
  const { name, message } = toError(thrown);
  return { name, message };
}

/**
 * What spoils a turn, so that it counts in no figure: the tab was hidden, so that the browser slowed
 * it down, or a clock jumped or stood still (the device slept).
 */
export type Disturbance = 'hidden' | 'clock';

/** What happens in a race, in the order in which it happens. `lane` is a lane's id. */
export type RaceEvent =
  | { readonly kind: 'phase'; readonly phase: RacePhase }
  | { readonly kind: 'progress'; readonly share: number }
  /** The labelled feeds cannot be had; lanes are timed and compared, but not checked with them. */
  | { readonly kind: 'unlabelled'; readonly error: ErrorFacts }
  | { readonly kind: 'opening'; readonly lane: string }
  | { readonly kind: 'opened'; readonly lane: string; readonly opened: LaneOpened }
  | {
      readonly kind: 'cold';
      readonly lane: string;
      readonly ms: Milliseconds;
      readonly memory: LaneMemory;
    }
  | {
      readonly kind: 'turn';
      readonly lane: string;
      readonly round: number;
      /** When it was over, from the begin of the first round. */
      readonly at: Milliseconds;
      /** Milliseconds per inference, in the order taken. */
      readonly ms: Float64Array;
      /** Inferences inside each timing. */
      readonly batch: number;
      readonly memory: LaneMemory;
    }
  | {
      readonly kind: 'excluded';
      readonly lane: string;
      readonly round: number;
      readonly why: Disturbance;
    }
  | {
      /** The first feed once more, between rounds: a lane must not change its answer over time. */
      readonly kind: 'repeated';
      readonly lane: string;
      readonly outputs: readonly OutputTensor[];
    }
  | {
      /** Outputs of consecutive feeds, beside the reference lane's for the same feeds. */
      readonly kind: 'scored';
      readonly lane: string;
      readonly slot: Slot;
      readonly from: number;
      readonly outputs: readonly (readonly OutputTensor[])[];
      /** null when the reference lane is gone. */
      readonly reference: readonly (readonly OutputTensor[])[] | null;
    }
  | { readonly kind: 'finished'; readonly lane: string }
  | { readonly kind: 'died'; readonly lane: string; readonly error: ErrorFacts };
