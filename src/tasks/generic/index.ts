import type { TaskSlice } from '../../ui/tasks/slice.ts';
import type { GenericTask, SeedFacts } from './core/kind.ts';
import { genericCore } from './core/kind.ts';

export const generic: TaskSlice<GenericTask, SeedFacts> = {
  ...genericCore,
  state: () => import('./state/state.ts'),
  ui: () => import('./ui/views.ts'),
  live: 'It is not known what this model’s inputs mean, so neither a camera nor a microphone can feed it. Run a race on it.',
};
