import { foundKind } from '../modes/register.ts';
import { laneName } from '../race/lane.ts';
import type { Milliseconds } from '../units.ts';
import type { Report } from './report.ts';
import { storedHeadline } from './stored.ts';

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
  /** null of what has none. */
  readonly rounds: number | null;
  /** When the last of it was measured, as far as it tells; ISO 8601. */
  readonly lastAt: string;
  /** What was found; null where it is too little, or still grows. */
  readonly sentence: string | null;
}

/** Times count from the first round, so this is earlier than it was by what starting took. */
const lastMoment = (startedAt: string, lastAt: Milliseconds): string =>
  new Date(Date.parse(startedAt) + lastAt).toISOString();

/** Costs as much as all figures of the report, but for one that still runs. */
export function summaryOf(report: Report): Summary {
  const { id, startedAt, endedAt, status, conditions, note, found, model } = report;
  const kind = foundKind(found.kind);
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
    lanes: kind.lanes(found).map(laneName),
    samples: kind.samples(found),
    rounds: kind.rounds?.(found) ?? null,
    lastAt: endedAt ?? lastMoment(startedAt, kind.lastAt?.(found) ?? 0),
    sentence: headline?.sentence.map(({ text }) => text).join('') ?? null,
  };
}
