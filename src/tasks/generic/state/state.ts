import { type Model, modelOfKind } from '../../../core/models/model.ts';
import { noiseFeeds } from '../../../engine/race/noise.ts';
import type { TaskState } from '../../../state/bench/taskState.ts';
import type { GenericTask, SeedFacts } from '../core/kind.ts';

const seedOf = (model: Model) => modelOfKind<Model<GenericTask>>(model, 'generic').task.seed;

/** Models of which only the tensors are known run on seeded random numbers. */
export default {
  ready: () => true,
  one:
    (model, { dimensions }) =>
    ({ inputs }) =>
      noiseFeeds(inputs, dimensions, seedOf(model)),
  facts: (model) => ({ seed: seedOf(model) }),
} satisfies TaskState<SeedFacts>;
