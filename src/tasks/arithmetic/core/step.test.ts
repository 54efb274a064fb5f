import { expect, it } from 'vitest';
import type { LaneRunner } from '../../../core/session/runner.ts';
import type { FeedSet } from '../../../core/tensors/tensors.ts';
import { paceOf } from './pace.ts';
import { type StepTime, stepOn } from './step.ts';
import { taskOf } from './testing.ts';

const task = taskOf();
const memory = { heap: 0, gpu: null, gpuPeak: null };
const LANE_MS = 3;

/** A lane whose cache after a run holds how many characters it has seen. */
function lane(): { runner: Pick<LaneRunner, 'load' | 'turn'>; loaded: FeedSet[] } {
  const loaded: FeedSet[] = [];
  return {
    loaded,
    runner: {
      load: async (_, feeds) => void loaded.push(feeds),
      turn: async () => {
        const [tokens, past] = loaded.at(-1)?.inputs ?? [];
        const seen = (tokens?.dims[1] ?? 0) + (past?.dims[2] ?? 0);
        const outputs = [
          { name: 'logits', dims: [1, 16], data: new Float64Array(16).fill(seen) },
          { name: 'present_key_0', dims: [1, 4, seen, 24], data: new Float32Array(96 * seen) },
        ];
        return { ms: Float64Array.of(LANE_MS), outputs: [outputs], memory };
      },
    },
  };
}

const tokens = (length: number) =>
  ({ name: 'tokens', type: 'int32', dims: [1, length], data: new Int32Array(length) }) as const;

it('hands the cache of a run to the next, and tells what each took', async () => {
  const { runner, loaded } = lane();
  const times: StepTime[] = [];
  let now = 0;
  const step = stepOn(
    runner,
    task,
    () => (now += 5),
    (time) => times.push(time),
  );
  const first = await step({ tokens: tokens(10), cache: null });
  expect(loaded[0]?.inputs[1]?.dims).toEqual([1, 4, 0, 24]);
  const second = await step({ tokens: tokens(1), cache: first.cache });
  expect(loaded[1]?.inputs[1]).toMatchObject({ name: 'past_key_0', dims: [1, 4, 10, 24] });
  expect(second.logits[0]).toBe(11);
  expect(times).toEqual([
    { ms: LANE_MS, roundTrip: 5 },
    { ms: LANE_MS, roundTrip: 5 },
  ]);
});

it('tells the first run apart from those of a character each', () => {
  expect(paceOf([])).toBeNull();
  const time = (ms: number) => ({ ms, roundTrip: 2 * ms });
  expect(paceOf([time(9)])).toEqual({ first: 9, each: null });
  expect(paceOf([9, 1, 2, 4].map(time))).toEqual({
    first: 9,
    each: { ms: 2, roundTrip: 4, perSecond: 500, of: 3 },
  });
});
