/** A whole piece of sound as lanes hear it: frame after frame, each lane with its own memory. */
import type { FeedSet } from '../../../core/tensors/tensors.ts';
import { silentState, speechFeeds } from './frames.ts';
import type { SpeechTask } from './task.ts';

/**
 * All frames of a sound in turn; the state that a lane's inference leaves is its next one's. Only
 * so a form shows that fails by feeding on its own answers.
 *
 * @param frames as `cutFrames` makes them
 */
export function streamFeeds(task: SpeechTask, frames: readonly Float32Array[]): FeedSet {
  const silence = silentState(task);
  return {
    ...speechFeeds(
      task,
      frames,
      frames.map(() => silence),
    ),
    recurrent: [{ output: task.stateOutput, input: task.stateInput }],
  };
}

/**
 * The frame that is timed again and again: the sound's middle one with the state of silence, the
 * same numbers for all lanes. Its time stands for all, since the network computes the same for
 * any; its answer does not, since it was told nothing of what came before.
 *
 * @throws Fault UnsupportedInputError without a frame
 */
export function timedFeed(task: SpeechTask, frames: readonly Float32Array[]): FeedSet {
  const middle = Math.floor(frames.length / 2);
  return speechFeeds(task, frames.slice(middle, middle + 1), [silentState(task)]);
}
