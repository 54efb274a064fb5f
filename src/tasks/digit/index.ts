import type { TaskSlice } from '../../ui/tasks/slice.ts';
import type { DigitFacts } from './core/kind.ts';
import { digitCore } from './core/kind.ts';
import type { DigitTask } from './core/task.ts';

export const digit: TaskSlice<DigitTask, DigitFacts> = {
  ...digitCore,
  state: () => import('./state/state.ts'),
  ui: () => import('./ui/views.ts'),
  live: () => import('./ui/live.ts'),
};
