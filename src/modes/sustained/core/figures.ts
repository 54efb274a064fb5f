import { quantile } from '../../../core/stats/quantiles.ts';
import type { Fraction, Milliseconds } from '../../../core/units.ts';
import { type Misses, missesOf } from './deadline.ts';
import type { SustainedRecord, SustainedSettings, SustainedSlice } from './record.ts';
import { type Gap, gapsOf, type SliceFigures, sliceFigures, warmingSlices } from './slices.ts';
import { type Onset, onsetOf, paceOf, type Throttle, throttleOf } from './throttle.ts';

/** The slow end of a run's timings. */
export interface Tail {
  readonly p99: Milliseconds;
  /** null with fewer than 10,000 timings: fewer than ten would lie beyond it. */
  readonly p999: Milliseconds | null;
  readonly worst: Milliseconds;
}

/** Everything that a sustained run says; warming slices are in none of it but the picture. */
export interface SustainedFigures {
  /** All, warming ones first. */
  readonly slices: readonly SliceFigures[];
  readonly warming: number;
  /** From the begin to the end of the last slice. */
  readonly ranMs: Milliseconds;
  readonly inferences: number;
  /** Most inferences that one timing held. */
  readonly batch: number;
  readonly gaps: readonly Gap[];
  readonly throttle: Throttle | null;
  /** null unless the run became slower beyond doubt. */
  readonly onset: Onset | null;
  readonly misses: Misses;
  /** null while the run goes on: sorting millions of timings takes time. */
  readonly tail: Tail | null;
  /** Share of the time, pauses left out, that was spent in inferences. */
  readonly busy: Fraction;
}

const MIN_FOR_P999 = 10_000;

function tailOf(slices: readonly SustainedSlice[]): Tail | null {
  const all = new Float32Array(slices.reduce((sum, { ms }) => sum + ms.length, 0));
  if (all.length === 0) return null;
  let next = 0;
  for (const { ms } of slices) {
    all.set(ms, next);
    next += ms.length;
  }
  all.sort();
  return {
    p99: quantile(all, 0.99),
    p999: all.length < MIN_FOR_P999 ? null : quantile(all, 0.999),
    worst: all.at(-1) as number,
  };
}

/** @param over false leaves out what costs time, so that a run can be drawn while it goes on */
export function sustainedFigures(
  { slices }: SustainedRecord,
  { deadlineMs }: SustainedSettings,
  over: boolean,
): SustainedFigures {
  const all = slices.map(sliceFigures);
  const warming = warmingSlices(all);
  const kept = all.slice(warming);
  const gaps = gapsOf(all);
  const after = new Set(gaps.map(({ to }) => to));
  const own = kept.map(({ slice }) => slice);
  const throttle = throttleOf(kept);
  const ranMs = all.at(-1)?.at ?? 0;
  const paused = gaps.reduce((sum, { from, to }) => sum + to - from, 0);
  const spent = all.reduce((sum, { busy }) => sum + busy, 0);
  return {
    slices: all,
    warming,
    ranMs,
    inferences: own.reduce((sum, { ms, batch }) => sum + ms.length * batch, 0),
    batch: own.reduce((most, { batch }) => Math.max(most, batch), 1),
    gaps,
    throttle,
    // The sentence's judge is the picture's: no moment of a change that is none.
    onset: throttle && paceOf(throttle) === 'slower' ? onsetOf(kept) : null,
    misses: missesOf(own, deadlineMs, (slice) => after.has(sliceFigures(slice).from)),
    tail: over ? tailOf(own) : null,
    busy: ranMs === 0 ? 0 : Math.min(1, spent / (ranMs - paused)),
  };
}
