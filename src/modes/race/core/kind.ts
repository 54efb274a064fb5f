import type { ModeKind } from '../../../core/modes/mode.ts';

export const kind: ModeKind = {
  kind: 'race',
  title: 'Race',
  asks: 'One model in several variants: which is fastest on this device, and are its answers still right?',
  how: 'Lanes take turns in random order. You see the time of every inference, memory, an estimate of energy, and whether the answers agree.',
  takes: 'many',
  report: {
    noun: 'race',
    load: async () => (await import('./found.ts')).raceReports,
  },
};
