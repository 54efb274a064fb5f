import type { TaskSlice } from '../../ui/tasks/slice.ts';
import type { FileInputFacts } from './core/kind.ts';
import { filesCore } from './core/kind.ts';
import type { FilesTask } from './core/task.ts';

export const files: TaskSlice<FilesTask, FileInputFacts> = {
  ...filesCore,
  state: () => import('./state/state.ts'),
  ui: () => import('./ui/views.ts'),
  live: 'A file does not change while you watch, so there is nothing to show live. Run a race on it.',
};
