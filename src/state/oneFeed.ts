import type { Model } from '../core/models/model.ts';
import { randomFeeds } from '../core/race/inputs.ts';
import type { LaneOpened } from '../core/race/runner.ts';
import type { FeedSet } from '../core/race/tensors.ts';
import { digitAt, digitFeeds } from '../core/tasks/digit.ts';
import type { BenchState } from './bench.ts';

/**
 * The one feed that is run again and again: the chosen digit (of all labelled ones, the first), or
 * seeded random numbers.
 * @throws RangeError where no digit was drawn yet
 */
export function oneFeed(
  { task }: Model,
  { digit, preview, dimensions }: BenchState,
): (opened: LaneOpened) => FeedSet {
  if (task.kind === 'generic') {
    return ({ inputs }) => randomFeeds(inputs, dimensions, task.seed);
  }
  const image =
    digit.kind === 'drawn'
      ? digit.image
      : preview && digitAt(preview, digit.kind === 'sample' ? digit.index : 0);
  if (!image) throw new RangeError('There is no digit to race on yet: draw one.');
  return () => digitFeeds(task.input, image, 1);
}
