import type { ModeKind } from '../../../core/modes/mode.ts';

export const kind: ModeKind = {
  kind: 'batches',
  title: 'Batches',
  asks: 'How many inputs should go into one inference?',
  how: 'Several inputs at once can share work, but each waits for all of them. You see how many are answered per second with 1 to 64 at once, and what each waits for.',
  report: {
    noun: 'batch sweep',
    load: async () => (await import('./found.ts')).batchReports,
  },
};
