import type { ModeKind } from '../../../core/modes/mode.ts';

export const kind: ModeKind = {
  kind: 'batches',
  title: 'Batches',
  asks: 'How many inputs should go into one inference?',
  how: 'Several inputs in one batch share work, but each waits for all of them. You see how many inputs are answered per second with batches of 1 to 64, and how long each one waits.',
  report: {
    noun: 'batch sweep',
    load: async () => (await import('./found.ts')).batchReports,
  },
};
