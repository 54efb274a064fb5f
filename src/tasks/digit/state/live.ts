import { classAnswers } from '../../../core/live/answer.ts';
import { cameraLive } from '../../../state/live/camera.ts';

export const digitLive = cameraLive({
  answers: classAnswers,
  worker: () =>
    new Worker(new URL('./frames.worker.ts', import.meta.url), { type: 'module', name: 'frames' }),
});
