import { classAnswers } from '../../../core/live/answer.ts';
import { cameraLive } from '../../../state/live/camera.ts';
import { classNamesOf } from './state.ts';

export const photosLive = cameraLive({
  answers: classAnswers,
  labels: classNamesOf,
  worker: () =>
    new Worker(new URL('./frames.worker.ts', import.meta.url), { type: 'module', name: 'frames' }),
});
