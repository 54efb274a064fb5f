import type { FeedSet, OutputTensor } from '../tensors/tensors.ts';
import type { Milliseconds } from '../units.ts';
import type { LiveAnswer } from './answer.ts';

/** One picture of a camera, or one piece of sound. */
export interface LiveFrame<Shown> {
  /** When it arrived, on the session's clock. */
  readonly at: Milliseconds;
  /** Frames that arrived since the one before, this one included: the others were skipped. */
  readonly offered: number;
  /** Time to turn it into the model's input; outside every inference. */
  readonly prepareMs: Milliseconds;
  /** The input for a lane; null where there is nothing in the frame to ask about. */
  readonly feeds: ((lane: string) => FeedSet) | null;
  readonly read: (
    lane: string,
    outputs: readonly OutputTensor[],
  ) => LiveAnswer | Promise<LiveAnswer>;
  /** What a person sees of it. */
  readonly shown: Shown;
}

/** Where frames come from. */
export interface LiveFrames<Shown> {
  /**
   * Waits for the next frame.
   * @returns null when there will be no more
   * @throws what the device throws; on abort, the reason
   */
  next(): Promise<LiveFrame<Shown> | null>;
  /** Lanes warmed up, or the tab was hidden: forgets what arrived meanwhile, and what came before. */
  restart(): void;
}

/** What one lane did with a frame. */
export interface LiveTurn {
  readonly lane: string;
  /** The inference alone, on the lane's own clock. */
  readonly ms: Milliseconds;
  /** From the frame's arrival to the answer, without the other lane's turn on the same frame. */
  readonly wholeMs: Milliseconds;
  readonly answer: LiveAnswer;
}
