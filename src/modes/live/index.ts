import { liveViewsLater, type ModeSlice } from '../../ui/bench/modes/slice.ts';
import { kind } from './core/kind.ts';

export const live: ModeSlice = {
  kind,
  length: null,
  actions: async () => (await import('./state/running.ts')).liveActions,
  views: liveViewsLater(async () => (await import('./ui/views.ts')).liveViews),
};
