import { watchPressure } from '../../engine/device/pressure.ts';
import { whenFree } from '../../engine/reports/living.ts';
import { dropStored, storedReports } from '../../engine/reports/storage.ts';
import { storing, writingLock } from './storing.ts';
import { storeRaces } from './storingRaces.ts';

/** A deleted report can be had back for some seconds; after this nobody can any more. */
const PAST_UNDO_MS = 60_000;

/** Everything that keeps reports while the page lives; what other pages left is put in order. */
export function startStoring(): void {
  watchPressure();
  storeRaces();
  // Where storage is off there is nothing to recover, and the first race will say so.
  void recover().catch(() => {});
}

async function recover(): Promise<void> {
  for (const { id, deletedAt, head } of await storedReports()) {
    if (deletedAt !== null && Date.now() - deletedAt > PAST_UNDO_MS) await dropStored(id);
    else if (head['status'] === 'running') {
      whenFree(writingLock(id), () => void interrupt(id).catch(() => {}));
    }
  }
}

/** A report that nobody writes any more: its page was closed, reloaded or crashed. */
async function interrupt(id: string): Promise<void> {
  // Comes with the first report that needs it.
  const [{ storeWholeReport, readWhole, samplesIn }, { storedVerdicts }] = await Promise.all([
    import('./reading.ts'),
    import('../../core/report/storedVerdicts.ts'),
  ]);
  const report = await readWhole(id);
  if (report?.status !== 'running') return;
  // It had not begun to measure.
  if (samplesIn(report.found) === 0) return dropStored(id);
  const over = { ...report, status: 'interrupted' as const };
  const summary = await storeWholeReport(
    { ...over, verdicts: storedVerdicts(over) },
    (there) => there?.head['status'] === 'running',
  );
  if (summary) storing.setState({ interrupted: summary });
}

export function dismissInterrupted(): void {
  storing.setState({ interrupted: null });
}
