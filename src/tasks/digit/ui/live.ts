import { PictureStage } from '../../../ui/media/PictureStage.tsx';
import type { LiveViews } from '../../../ui/tasks/live.ts';
import { digitLive } from '../state/live.ts';

export default {
  ...digitLive,
  Stage: PictureStage,
  legend: () =>
    'A dark digit on light paper is looked for in the bright square; in the corner it is as the networks see it.',
  nothing: 'No dark digit on light paper is in the bright square: no lane is asked.',
} satisfies LiveViews;
