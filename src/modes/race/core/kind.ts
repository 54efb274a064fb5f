import type { ModeKind } from '../../../core/modes/mode.ts';

export const kind: ModeKind = {
  kind: 'race',
  title: 'Race',
  asks: 'One model in several variants: which is fastest on this device, and are its answers still right?',
  how: 'The model runs in turn as 32-bit floats and as 8-bit integers, on the processor and, where there is one, on the GPU. You see the time of every inference, memory, an estimate of energy, and whether the answers agree.',
  report: {
    noun: 'race',
    load: async () => (await import('./found.ts')).raceReports,
  },
};
