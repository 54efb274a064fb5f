import type { ModeKind } from '../../../core/modes/mode.ts';

export const kind: ModeKind = {
  kind: 'load',
  title: 'Load',
  asks: 'How many requests can it answer before they queue?',
  how: 'Requests come at random moments, as from many users, and wait in one queue for one lane. You see how long an answer takes from request to answer as more of them come.',
  report: {
    noun: 'load test',
    load: async () => (await import('./found.ts')).loadReports,
  },
};
