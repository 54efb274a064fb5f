import { PictureStage } from '../../../ui/media/PictureStage.tsx';
import type { LiveViews } from '../../../ui/tasks/live.ts';
import { photosLive } from '../state/live.ts';

export default {
  ...photosLive,
  Stage: PictureStage,
  legend: () => 'The models see the bright square.',
} satisfies LiveViews;
