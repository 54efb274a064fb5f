import type { Summary } from '../../core/report/summary.ts';

/** What of a measurement that is over lies in this browser now. */
export function savedText({ samples, status }: Pick<Summary, 'samples' | 'status'>): string {
  if (samples === 0)
    return 'Nothing was measured. The record of what happened is saved in this browser.';
  return status === 'done'
    ? 'Saved in this browser, with every sample.'
    : 'What was measured before that is saved in this browser, with every sample.';
}
