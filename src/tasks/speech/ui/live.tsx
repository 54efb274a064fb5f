import { asTyped } from '../../../core/format.ts';
import type { LiveViews } from '../../../ui/tasks/live.ts';
import { speechModel } from '../core/kind.ts';
import { soundLive } from '../state/live.ts';
import { SoundStage } from './SoundStage.tsx';

export default {
  ...soundLive,
  Stage: ({ model, lanes, label }) => (
    <SoundStage lanes={lanes} threshold={speechModel(model).task.threshold} label={label} />
  ),
  legend: (thicker, deadline) =>
    `Above, each lane’s curve of the probability of speech${thicker}; below, the sound, shaded where a clip is known to contain speech. Red at the foot: an answer later than ${asTyped(deadline)} ms, or sound that was skipped.`,
} satisfies LiveViews;
