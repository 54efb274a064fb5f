import type { LaneOpened } from './runner.ts';
import { elementCount, type FeedSet } from './tensors.ts';

/** The feeds for lanes like this one; of a model with a memory they take a run to make. */
export type FeedsFor = (opened: LaneOpened) => FeedSet | Promise<FeedSet>;

/** Some of a set's feeds. Copied: a view that is sent to a worker takes its whole buffer along. */
export function someFeeds({ inputs }: FeedSet, from: number, count: number): FeedSet {
  return {
    count,
    inputs: inputs.map((input) => {
      const size = elementCount(input.dims);
      // The same type of array, though the compiler sees only that it is one of them.
      const data = input.data.slice(from * size, (from + count) * size) as typeof input.data;
      return { ...input, data };
    }),
  };
}
