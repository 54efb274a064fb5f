import { ask } from '../../../core/session/ask.ts';
import type { LaneRunner } from '../../../core/session/runner.ts';
import type { FeedInput } from '../../../core/tensors/tensors.ts';
import type { Milliseconds } from '../../../core/units.ts';
import { cacheOf, outputOf } from './feeds.ts';
import { emptyCache, type Step } from './generate.ts';
import type { ArithmeticTask } from './task.ts';

/** What one run took. */
export interface StepTime {
  /** In the lane: the run with its outputs read. */
  readonly ms: Milliseconds;
  /** From asking to the answer, with all messages there and back. */
  readonly roundTrip: Milliseconds;
}

/**
 * A step that a lane takes. The cache travels to the lane and back with every run, which is in
 * the round trip and not in `ms`.
 * @param took told of each run
 */
export const stepOn =
  (
    runner: Pick<LaneRunner, 'load' | 'turn'>,
    task: ArithmeticTask,
    clock: () => Milliseconds,
    took: (time: StepTime) => void,
  ): Step<FeedInput[]> =>
  async ({ tokens, cache }) => {
    const asked = clock();
    const past = cache ?? emptyCache(task, tokens.dims[0] ?? 1);
    const { ms, outputs } = await ask(runner, { count: 1, inputs: [tokens, ...past] });
    took({ ms: ms[0] ?? Number.NaN, roundTrip: clock() - asked });
    const [found = []] = outputs;
    const logits = Float32Array.from(outputOf(found, task.logits).data);
    return { logits, cache: cacheOf(found, task) };
  };
