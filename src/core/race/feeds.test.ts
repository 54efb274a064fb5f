import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { FeedSet } from '../tensors/tensors.ts';
import { joinedFeeds, someFeeds } from './feeds.ts';

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

const ones = (count: number, dims: readonly number[] = [2], name = 'x'): FeedSet => {
  const size = count * dims.reduce((product, dim) => product * dim, 1);
  return { count, inputs: [{ name, type: 'float32', dims, data: new Float32Array(size).fill(1) }] };
};

it('joins sets so that each can be taken out again', () => {
  const set = fc.integer({ min: 1, max: 4 }).chain((count) =>
    fc
      .array(fc.float({ noNaN: true }), { minLength: 2 * count, maxLength: 2 * count })
      .map((values): FeedSet => {
        const data = Float32Array.from(values);
        return { count, inputs: [{ name: 'x', type: 'float32', dims: [2], data }] };
      }),
  );
  fc.assert(
    fc.property(fc.array(set, { minLength: 1, maxLength: 4 }), (sets) => {
      const whole = joinedFeeds(sets);
      let from = 0;
      for (const one of sets) {
        expect(someFeeds(whole, from, one.count)).toEqual(one);
        from += one.count;
      }
      expect(whole.count).toBe(from);
    }),
  );
  expect(joinedFeeds([])).toEqual({ count: 0, inputs: [] });
});

it('joins no sets of other inputs', () => {
  expect(() => joinedFeeds([ones(1), ones(1, [3])])).toThrow(
    'one has "x", float32 2, another "x", float32 3.',
  );
  expect(() => joinedFeeds([ones(1), ones(1, [2], 'y')])).toThrow(/"y"/);
  expect(() => joinedFeeds([ones(1), { count: 1, inputs: [] }])).toThrow(/fewer/);
});
