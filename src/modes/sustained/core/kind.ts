import type { ModeKind } from '../../../core/modes/mode.ts';

export const kind: ModeKind = {
  kind: 'sustained',
  title: 'Sustained',
  asks: 'How long does it keep its speed?',
  how: 'One lane runs without a pause, as in an app that processes every camera frame. A device that heats up slows down: you see when and by how much, and how often an answer misses its deadline.',
  report: {
    noun: 'sustained run',
    load: async () => (await import('./found.ts')).sustainedReports,
  },
};
