import type { TaskSlice } from '../../ui/tasks/slice.ts';
import type { SpottingFacts } from './core/kind.ts';
import { spottingCore } from './core/kind.ts';
import type { SpottingTask } from './core/task.ts';

export const spotting: TaskSlice<SpottingTask, SpottingFacts> = {
  ...spottingCore,
  state: () => import('./state/state.ts'),
  ui: () => import('./ui/views.ts'),
  live: () => import('./ui/live.tsx'),
};
