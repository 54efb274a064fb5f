/** Words that all pages of reports share. */
import { reportNoun } from '../../core/modes/register.ts';
import type { ReportStatus } from '../../core/report/report.ts';

/** "Load test" */
export function reportTitle(kind: string): string {
  const noun = reportNoun(kind);
  return `${noun[0]?.toUpperCase()}${noun.slice(1)}`;
}

/** How a measurement ended, where it is not simply done. */
export const ENDINGS: Readonly<Record<Exclude<ReportStatus, 'done'>, string>> = {
  running: 'running',
  stopped: 'stopped early',
  failed: 'failed',
  interrupted: 'interrupted: the page was closed or reloaded',
};
