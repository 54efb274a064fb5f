import type { ModeKind } from '../../../core/modes/mode.ts';

export const kind: ModeKind = {
  kind: 'sustained',
  title: 'Sustained',
  asks: 'How long does it keep its pace?',
  how: 'One lane runs without a pause, as in an app that looks at every frame of a camera. A device that becomes warm slows down: you see when and by how much, and how often an answer comes too late for its deadline.',
  report: {
    noun: 'sustained run',
    load: async () => (await import('./found.ts')).sustainedReports,
  },
};
