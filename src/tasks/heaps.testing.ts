/** A kind of task that exists in tests only: how many grains a heap has. */
import { createElement } from 'react';
import * as v from 'valibot';
import { createStore } from 'zustand/vanilla';
import { type Model, modelOfKind } from '../core/models/model.ts';
import type { FeedSet } from '../core/tensors/tensors.ts';
import type { TaskSlice } from '../ui/tasks/slice.ts';

const HeapsTask = v.object({ kind: v.literal('heaps'), input: v.string(), output: v.string() });
type HeapsTask = v.InferOutput<typeof HeapsTask>;

const grains = v.pipe(v.number(), v.integer(), v.minValue(0));
const Facts = v.object({ grains });
const Carried = v.object({ heaps: v.array(grains) });

interface HeapsModel extends Model<HeapsTask> {
  /** Heaps to try; the answer to each is known: a tenth of its grains. */
  readonly heaps: readonly number[];
}

const heapsModel = (model: Model) => modelOfKind<HeapsModel>(model, 'heaps');

/** What is chosen: a heap of so many grains. */
export const heap = createStore<{ readonly grains: number | null }>(() => ({ grains: null }));

const feedsOf = ({ task }: HeapsModel, heaps: readonly number[]): FeedSet => ({
  count: heaps.length,
  inputs: [{ name: task.input, type: 'float32', dims: [1, 1], data: Float32Array.from(heaps) }],
});

/** Counts lines of ten grains in an answer. */
const counter = {
  find: () => ({ tens: [1, 2] }),
  compare: () => ({ matched: 1, found: 2, expected: 2 }),
  check: () => null,
};

export const heaps: TaskSlice<HeapsTask, { readonly grains: number }> = {
  kind: 'heaps',
  noun: 'heaps',
  schema: HeapsTask,
  carried: { entry: Carried, model: Carried },
  inputs: ({ input }) => [{ name: input, type: 'float32', shape: ['batch', 1] }],
  answers: {
    classes: true,
    output: ({ output }) => output,
    counted: {
      schema: v.object({ tens: v.array(grains) }),
      fewer: (number) => `${number} fewer tens`,
      shared: ({ matched, expected }) => `finds ${matched} of its ${expected} tens`,
      differs: () => 'it counts other tens',
    },
  },
  input: { schema: Facts, words: (facts) => `a heap of ${facts.grains}` },
  state: async () => ({
    default: {
      subscribe: (listener) => heap.subscribe(listener),
      selected: async (model) => heap.setState({ grains: heapsModel(model).heaps[0] ?? null }),
      ready: () => heap.getState().grains !== null,
      one: (model) => () => feedsOf(heapsModel(model), [heap.getState().grains ?? 0]),
      race: async (model, { stop }) => ({
        stop,
        feeds: () => feedsOf(heapsModel(model), [heap.getState().grains ?? 0]),
        checks: async () => feedsOf(heapsModel(model), heapsModel(model).heaps),
        labels: { check: heapsModel(model).heaps.map((all) => Math.floor(all / 10)) },
        counter,
      }),
      facts: () => {
        const { grains: chosen } = heap.getState();
        return chosen === null ? null : { grains: chosen };
      },
      recall: (_, found) => heap.setState({ grains: found?.grains ?? 1 }),
      classNames: () => Array.from({ length: 10 }, (_, tens) => `${tens} tens`),
    },
  }),
  ui: async () => ({
    default: {
      Input: ({ model }) =>
        createElement('p', null, `One of ${heapsModel(model).heaps.length} heaps`),
      Answers: ({ view }) => createElement('p', null, `${view.record.lanes.length} lanes counted`),
    },
  }),
  live: 'A heap does not move.',
};
