import { laneActions } from '../../state/modes/laneMode.ts';
import { type ModeSlice, viewsLater } from '../../ui/bench/modes/slice.ts';
import { kind } from './core/kind.ts';
import { length } from './state/options.ts';

export const load: ModeSlice = {
  kind,
  length,
  actions: async () => laneActions((await import('./state/load.ts')).load),
  views: viewsLater(async () => (await import('./ui/views.ts')).loadViews),
};
