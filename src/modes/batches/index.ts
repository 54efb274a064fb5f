import { laneActions } from '../../state/modes/laneMode.ts';
import { type ModeSlice, viewsLater } from '../../ui/bench/modes/slice.ts';
import { kind } from './core/kind.ts';
import { length } from './state/options.ts';

export const batches: ModeSlice = {
  kind,
  length,
  actions: async () => laneActions((await import('./state/batches.ts')).batches),
  views: viewsLater(async () => (await import('./ui/views.ts')).batchViews),
};
