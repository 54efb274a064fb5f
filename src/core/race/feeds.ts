import { Fault } from '../errors.ts';
import type { LaneOpened } from '../session/runner.ts';
import {
  elementCount,
  type FeedInput,
  type FeedSet,
  type TensorArray,
} from '../tensors/tensors.ts';

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

/**
 * Feeds of several sets, one after the other.
 * @throws Fault MismatchError for sets whose inputs differ in name, type or size
 */
export function joinedFeeds(sets: readonly FeedSet[]): FeedSet {
  const [first] = sets;
  if (!first) return { count: 0, inputs: [] };
  const inputs = first.inputs.map((input, i): FeedInput => {
    const parts = sets.map((set) => partLike(input, set.inputs[i]));
    const length = parts.reduce((sum, part) => sum + part.length, 0);
    const data = new (input.data.constructor as new (length: number) => TensorArray)(length);
    let at = 0;
    for (const part of parts) {
      // All are of the same type of array: `partLike` saw to it.
      data.set(part as never, at);
      at += part.length;
    }
    return { ...input, data };
  });
  return { count: sets.reduce((sum, { count }) => sum + count, 0), inputs };
}

function partLike(input: FeedInput, other: FeedInput | undefined): TensorArray {
  const form = ({ name, type, dims }: FeedInput) => `"${name}", ${type} ${dims.join(' × ')}`;
  if (!other || form(other) !== form(input)) {
    throw new Fault(
      'MismatchError',
      `Feeds that run together need the same inputs; one has ${form(input)}, another ${other ? form(other) : 'fewer'}.`,
    );
  }
  return other.data;
}
