import type { TaskSlice } from '../../ui/tasks/slice.ts';
import { arithmeticCore } from './core/kind.ts';
import type { Problem } from './core/problem.ts';
import type { ArithmeticTask } from './core/task.ts';

export const arithmetic: TaskSlice<ArithmeticTask, Problem> = {
  ...arithmeticCore,
  state: () => import('./state/state.ts'),
  ui: () => import('./ui/views.ts'),
  live: 'A multiplication is asked only once, so there is nothing to show live. Run a race on it.',
};
