import type { TaskSlice } from '../../ui/tasks/slice.ts';
import type { SoundFacts } from './core/kind.ts';
import { speechCore } from './core/kind.ts';
import type { SpeechTask } from './core/task.ts';

export const speech: TaskSlice<SpeechTask, SoundFacts> = {
  ...speechCore,
  state: () => import('./state/state.ts'),
  ui: () => import('./ui/views.ts'),
  live: () => import('./ui/live.tsx'),
};
