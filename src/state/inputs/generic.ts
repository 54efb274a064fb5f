import type { Model } from '../../core/models/model.ts';
import { randomFeeds } from '../../core/race/inputs.ts';
import type { TaskInputs } from './taskInputs.ts';

const seedOf = ({ task }: Model): number => (task.kind === 'generic' ? task.seed : 0);

/** Models of which only the tensors are known run on seeded random numbers. */
export const genericInputs: TaskInputs = {
  ready: () => true,
  one:
    (model, { dimensions }) =>
    ({ inputs }) =>
      randomFeeds(inputs, dimensions, seedOf(model)),
  says: (model) => `random numbers, seed ${seedOf(model)}`,
};
