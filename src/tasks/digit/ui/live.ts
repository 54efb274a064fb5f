import { PictureStage } from '../../../ui/media/PictureStage.tsx';
import type { LiveViews } from '../../../ui/tasks/live.ts';
import { digitLive } from '../state/live.ts';

export default {
  ...digitLive,
  Stage: PictureStage,
  legend: () =>
    'The page looks for a dark digit on light paper in the bright square; the corner shows it as the models see it.',
  nothing: 'There is no dark digit on light paper in the bright square, so no lane is running.',
} satisfies LiveViews;
