import { lazy } from 'react';
import { startRace, stopRace } from '../../state/race/run.ts';
import { LanesCard } from '../../ui/bench/LanesCard.tsx';
import type { ModeSlice } from '../../ui/bench/modes/slice.ts';
import { kind } from './core/kind.ts';
import { length } from './state/options.ts';
import { RaceResults } from './ui/RaceResults.tsx';
import { RaceRunPanel } from './ui/RaceRunPanel.tsx';

/** What the page opens with, so its code comes with the page. */
export const race: ModeSlice = {
  kind,
  length,
  actions: async () => ({ start: startRace, stop: stopRace }),
  views: {
    Options: LanesCard,
    RunPanel: RaceRunPanel,
    Results: RaceResults,
    Stored: lazy(() => import('./ui/StoredRace.tsx')),
  },
};
