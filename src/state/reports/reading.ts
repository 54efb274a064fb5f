import { loadFoundKinds } from '../../core/modes/register.ts';
import { growthOf, headOf } from '../../core/report/document.ts';
import type { Report } from '../../core/report/report.ts';
import { readReport } from '../../core/report/schema/report.ts';
import { samplesIn } from '../../core/report/stored.ts';
import { type Summary, summaryOf } from '../../core/report/summary.ts';
import { readStored, type StoredReport, storeWhole } from '../../engine/reports/storage.ts';

/** What those need who read reports: they load with this file, when the first report needs it. */
export { samplesIn, summaryOf };

/**
 * A stored report with all samples, brought up to this page's version.
 * @returns null where there is none
 * @throws Fault StorageError, ReportError, NewerReportError
 */
export async function readWhole(id: string): Promise<Report | null> {
  const document = await readStored(id);
  await loadFoundKinds();
  return document && readReport(document);
}

/**
 * Stores a report that no longer grows, in this page's version.
 * @param wanted asked of what is stored under its id
 * @returns what a list shows of it; null where it was not wanted
 * @throws Fault StorageError
 */
export async function storeWholeReport(
  report: Report,
  wanted: (there: StoredReport | undefined) => boolean,
): Promise<Summary | null> {
  const summary = summaryOf(report);
  const { id, startedAt, found } = report;
  const head = headOf(report);
  const stored = { id, startedAt, summary, deletedAt: null, head };
  return (await storeWhole(stored, growthOf(found, new Map()), wanted)) ? summary : null;
}
