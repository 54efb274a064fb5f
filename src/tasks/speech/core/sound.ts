import { Fault } from '../../../core/errors.ts';
import type { FeedSet } from '../../../core/tensors/tensors.ts';
import type { Seconds } from '../../../core/units.ts';
import { frameLabels } from './agreement.ts';
import { cutFrames } from './frames.ts';
import type { Segment } from './segments.ts';
import { timedFeed } from './stream.ts';
import type { SpeechTask } from './task.ts';

/** More sound than this is left out: every lane hears all of it after the rounds. */
export const MAX_SECONDS: Seconds = 30;

/** A piece of sound, ready to be raced on. */
export interface HeardSound {
  /** Of the task's rate, -1..1. */
  readonly samples: Float32Array;
  /** Whether sound after `MAX_SECONDS` was left out. */
  readonly cut: boolean;
  /** Where somebody speaks; null where nobody knows. */
  readonly speech: readonly Segment[] | null;
  /** As `cutFrames` makes them. */
  readonly frames: readonly Float32Array[];
  /** As `frameLabels` has them, where speech is known. */
  readonly labels: Int8Array | null;
  /** As `timedFeed` makes it. */
  readonly timed: FeedSet;
}

/**
 * @param samples of the task's rate
 * @param speech where somebody speaks, if that is known
 * @param name as the user knows it
 * @throws Fault UnsupportedInputError for sound that is shorter than a frame
 */
export function heardSound(
  task: SpeechTask,
  samples: Float32Array,
  speech: readonly Segment[] | null,
  name: string,
): HeardSound {
  const { frame, sampleRate } = task;
  if (samples.length < frame) {
    throw new Fault(
      'UnsupportedInputError',
      `${name} lasts ${((1000 * samples.length) / sampleRate).toFixed(0)} ms; the model hears ${(1000 * frame) / sampleRate} ms at a time.`,
    );
  }
  const most = MAX_SECONDS * sampleRate;
  const kept = samples.slice(0, most);
  const frames = cutFrames(task, kept);
  return {
    samples: kept,
    cut: samples.length > most,
    speech,
    frames,
    labels: speech && frameLabels(task, frames.length, speech),
    timed: timedFeed(task, frames),
  };
}
