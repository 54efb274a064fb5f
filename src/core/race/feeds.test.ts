import { expect, it } from 'vitest';
import { someFeeds } from './feeds.ts';
import type { FeedSet } from './tensors.ts';

it('takes feeds from the middle of a set', () => {
  const set: FeedSet = {
    count: 3,
    inputs: [
      { name: 'x', type: 'float32', dims: [1, 2], data: Float32Array.of(1, 2, 3, 4, 5, 6) },
      { name: 'n', type: 'int64', dims: [], data: BigInt64Array.of(7n, 8n, 9n) },
    ],
  };
  const { count, inputs } = someFeeds(set, 1, 2);
  expect(count).toBe(2);
  expect(inputs.map(({ data }) => Array.from(data, Number))).toEqual([
    [3, 4, 5, 6],
    [8, 9],
  ]);
});
