import { createStore } from 'zustand/vanilla';
import type { ErrorFacts } from '../../core/race/events.ts';
import type { Report } from '../../core/report/report.ts';
import type { Summary } from '../../core/report/summary.ts';

export interface ReportsState {
  /** Newest first; null until storage was asked. */
  readonly list: readonly Summary[] | null;
  /** What was last refused: a file, or by storage; until it is dismissed. */
  readonly fault: ErrorFacts | null;
  /** What became of the files that were last imported, in words. */
  readonly imported: string | null;
  /** The report that was just taken out, for as long as it can be had back. */
  readonly deleted: Summary | null;
  /** Reports that were read whole, by id; null where there is none of that id. */
  readonly open: ReadonlyMap<string, Report | null>;
}

export const reports = createStore<ReportsState>(() => ({
  list: null,
  fault: null,
  imported: null,
  deleted: null,
  open: new Map(),
}));
