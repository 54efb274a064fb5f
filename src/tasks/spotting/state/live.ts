import { cameraLive } from '../../../state/live/camera.ts';
import { boxAnswers } from '../core/live.ts';

export const spottingLive = cameraLive({
  answers: boxAnswers,
  worker: () =>
    new Worker(new URL('./frames.worker.ts', import.meta.url), { type: 'module', name: 'frames' }),
});
