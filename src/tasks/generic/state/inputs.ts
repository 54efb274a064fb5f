import { noiseFeeds } from '../../../engine/race/noise.ts';
import { type TaskInputs, taskOf } from '../../../state/bench/taskInputs.ts';

/** Models of which only the tensors are known run on seeded random numbers. */
export const genericInputs: TaskInputs = {
  ready: () => true,
  one:
    (model, { dimensions }) =>
    ({ inputs }) =>
      noiseFeeds(inputs, dimensions, taskOf(model, 'generic').seed),
  says: (model) => `random numbers, seed ${taskOf(model, 'generic').seed}`,
};
