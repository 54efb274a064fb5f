/** The list of reports, and one of them read, changed, deleted. */
import { toError } from '../../core/errors.ts';
import { errorFacts } from '../../core/race/events.ts';
import type { Report } from '../../core/report/report.ts';
import { SUMMARY_VERSION, type Summary, summaryOf } from '../../core/report/summary.ts';
import {
  changeStored,
  dropStored,
  readStored,
  type StoredReport,
  storedReports,
} from '../../engine/reports/storage.ts';
import { betweenRounds } from '../page/drawing.ts';
import { readWhole, storeWholeReport } from './reading.ts';
import { reports } from './reports.ts';
import { storing } from './storing.ts';

/** How long a deleted report can be had back. */
const UNDO_MS = 8000;

const newestFirst = (list: readonly Summary[]): Summary[] =>
  [...list].sort((a, b) => (a.startedAt < b.startedAt ? 1 : -1));

/** What is shown of a stored report, made anew where an older page made it; null if it is unreadable. */
async function currentSummary({ id, summary }: StoredReport): Promise<Summary | null> {
  if (summary?.version === SUMMARY_VERSION) return summary;
  try {
    const report = await readWhole(id);
    return report && summaryOf(report);
  } catch (thrown) {
    reports.setState({ fault: errorFacts(thrown) });
    return null;
  }
}

export async function readHistory(): Promise<void> {
  try {
    const list = await betweenRounds(async () => {
      const there = (await storedReports()).filter(({ deletedAt }) => deletedAt === null);
      return Promise.all(there.map(currentSummary));
    });
    reports.setState({ list: newestFirst(list.filter((each) => each !== null)) });
  } catch (thrown) {
    reports.setState({ list: [], fault: errorFacts(thrown) });
  }
}

const setOpen = (id: string, report: Report | null) =>
  reports.setState(({ open }) => ({ open: new Map(open).set(id, report) }));

/** Reads a report whole, anew each time: it may have grown. */
export async function openReport(id: string): Promise<void> {
  try {
    setOpen(id, await betweenRounds(() => readWhole(id)));
  } catch (thrown) {
    reports.setState({ fault: errorFacts(thrown) });
  }
}

/** Puts a changed or new report into the list. */
export function listReport(summary: Summary): void {
  reports.setState(({ list }) => ({
    list: newestFirst([summary, ...(list ?? []).filter(({ id }) => id !== summary.id)]),
  }));
}

export async function setNote(id: string, note: string): Promise<void> {
  try {
    const report = await readWhole(id);
    if (!report || report.note === note) return;
    const changed = { ...report, note };
    const summary = await storeWholeReport(changed, (there) => there !== undefined);
    if (!summary) return;
    setOpen(id, changed);
    listReport(summary);
  } catch (thrown) {
    reports.setState({ fault: errorFacts(thrown) });
  }
}

let dropping: ReturnType<typeof setTimeout> | null = null;

/** Takes a report out of the list; it is dropped once it can no longer be had back. */
export async function deleteReport(summary: Summary): Promise<void> {
  const { id } = summary;
  try {
    await changeStored(id, (stored) => ({ ...stored, deletedAt: Date.now() }));
  } catch (thrown) {
    reports.setState({ fault: errorFacts(thrown) });
    return;
  }
  reports.setState(({ list, open }) => ({
    list: (list ?? []).filter((each) => each.id !== id),
    open: new Map([...open].filter(([each]) => each !== id)),
    deleted: summary,
  }));
  // The bench must not go on offering it.
  storing.setState(({ saved }) => ({
    saved: Object.fromEntries(Object.entries(saved).filter(([, each]) => each?.id !== id)),
  }));
  if (storing.getState().interrupted?.id === id) storing.setState({ interrupted: null });
  dropping = setTimeout(() => void dropDeleted(id), UNDO_MS);
}

async function dropDeleted(id: string): Promise<void> {
  if (reports.getState().deleted?.id === id) reports.setState({ deleted: null });
  // What cannot be dropped now is dropped when a page opens the next time.
  await dropStored(id).catch(() => {});
}

export async function undoDelete(): Promise<void> {
  const { deleted } = reports.getState();
  if (!deleted) return;
  if (dropping !== null) clearTimeout(dropping);
  reports.setState({ deleted: null });
  try {
    await changeStored(deleted.id, (stored) => ({ ...stored, deletedAt: null }));
    if (await readStored(deleted.id)) listReport(deleted);
  } catch (thrown) {
    reports.setState({ fault: errorFacts(toError(thrown)) });
  }
}

export function dismissFault(): void {
  reports.setState({ fault: null, imported: null });
}
