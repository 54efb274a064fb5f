/** Words that all pages of reports share. */
import type { Found, ReportStatus } from '../../core/report/report.ts';

export const KINDS: Readonly<Record<Found['kind'], string>> = {
  race: 'Race',
  sustained: 'Sustained run',
  load: 'Load',
  batches: 'Batch sizes',
};

/** How a measurement ended, where it is not simply done. */
export const ENDINGS: Readonly<Record<Exclude<ReportStatus, 'done'>, string>> = {
  running: 'running',
  stopped: 'stopped early',
  failed: 'failed',
  interrupted: 'interrupted: its page was closed or reloaded',
};
