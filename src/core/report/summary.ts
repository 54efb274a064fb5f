import { laneName } from '../race/lane.ts';
import type { Found, Report } from './report.ts';
import { lanesOf, samplesIn, storedHeadline } from './stored.ts';

/** Rises when a summary changes its meaning: older ones are made anew from their reports. */
export const SUMMARY_VERSION = 2;

/** What a list of reports shows of one, kept so that it need not read all samples of all. */
export interface Summary
  extends Pick<Report, 'id' | 'startedAt' | 'endedAt' | 'status' | 'conditions' | 'note'> {
  readonly version: number;
  readonly kind: Report['found']['kind'];
  readonly model: string;
  /** "fp32 on WASM" */
  readonly lanes: readonly string[];
  readonly samples: number;
  /** Of a race; null of anything else. */
  readonly rounds: number | null;
  /** When the last of it was measured, as far as it tells; ISO 8601. */
  readonly lastAt: string;
  /** What was found; null where it is too little, or still grows. */
  readonly sentence: string | null;
}

const roundsIn = (found: Found): number | null =>
  found.kind === 'race' ? Math.max(...found.record.lanes.map(({ turns }) => turns.length)) : null;

/** Times count from the first round, so this is earlier than it was by what starting took. */
function lastMoment(startedAt: string, found: Found): string {
  const ends =
    found.kind === 'race'
      ? found.record.lanes.map(({ turns }) => turns.at(-1)?.at ?? 0)
      : found.kind === 'sustained'
        ? [found.record.slices.at(-1)?.at ?? 0]
        : [];
  return new Date(Date.parse(startedAt) + Math.max(0, ...ends)).toISOString();
}

/** Costs as much as all figures of the report, but for one that still runs. */
export function summaryOf(report: Report): Summary {
  const { id, startedAt, endedAt, status, conditions, note, found, model } = report;
  const headline = status === 'running' ? null : storedHeadline(report);
  return {
    id,
    startedAt,
    endedAt,
    status,
    conditions,
    note,
    version: SUMMARY_VERSION,
    kind: found.kind,
    model: model.title,
    lanes: lanesOf(found).map(laneName),
    samples: samplesIn(found),
    rounds: roundsIn(found),
    lastAt: endedAt ?? lastMoment(startedAt, found),
    sentence: headline?.sentence.map(({ text }) => text).join('') ?? null,
  };
}
