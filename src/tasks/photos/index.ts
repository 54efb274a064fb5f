import type { PictureFacts } from '../../core/pictures/input.ts';
import type { TaskSlice } from '../../ui/tasks/slice.ts';
import { photosCore } from './core/kind.ts';
import type { PhotosTask } from './core/task.ts';

export const photos: TaskSlice<PhotosTask, PictureFacts> = {
  ...photosCore,
  state: () => import('./state/state.ts'),
  ui: () => import('./ui/views.ts'),
  live: () => import('./ui/live.ts'),
};
