import { medianOf, quantile, steppedQuantile } from '../../../core/stats/quantiles.ts';
import type { Milliseconds } from '../../../core/units.ts';
import type { SustainedSlice } from './record.ts';

/** What one slice says by itself. */
export interface SliceFigures {
  readonly slice: SustainedSlice;
  /** From the begin of the run; the time in between was spent in inferences, as far as measured. */
  readonly from: Milliseconds;
  readonly at: Milliseconds;
  readonly median: Milliseconds;
  readonly p5: Milliseconds;
  readonly p95: Milliseconds;
  readonly worst: Milliseconds;
  /** Time inside inferences. */
  readonly busy: Milliseconds;
}

/** Slices never change, so that each is sorted once however often the run is drawn. */
const known = new WeakMap<SustainedSlice, SliceFigures>();

export function sliceFigures(slice: SustainedSlice): SliceFigures {
  const before = known.get(slice);
  if (before) return before;
  const { at, batch, ms } = slice;
  const ascending = Float64Array.from(ms).sort();
  const busy = batch * ascending.reduce((sum, each) => sum + each, 0);
  const figures = {
    slice,
    from: Math.max(0, at - busy),
    at,
    median: steppedQuantile(ascending, 0.5),
    p5: quantile(ascending, 0.05),
    p95: quantile(ascending, 0.95),
    worst: ascending.at(-1) ?? 0,
    busy,
  };
  known.set(slice, figures);
  return figures;
}

/** A stretch in which nothing was measured. */
export interface Gap {
  readonly from: Milliseconds;
  readonly to: Milliseconds;
}

/** Shorter ones are the time between turns. */
const MIN_GAP: Milliseconds = 1000;

/** Where the tab was hidden, or the device slept: no slice accounts for that time. */
export function gapsOf(slices: readonly SliceFigures[]): Gap[] {
  return slices.flatMap(({ from }, i) => {
    const before = slices[i - 1]?.at ?? from;
    return from - before >= MIN_GAP ? [{ from: before, to: from }] : [];
  });
}

/** Warming lasts no longer than this, nor than a quarter of the run. */
const MAX_WARMING: Milliseconds = 10_000;
/** A slice this much slower than those after it is still warming: as for a race, see steady.ts. */
const TOLERANCE = 1.05;

/**
 * How many slices at the begin are warming: the WASM engine tiers functions up, the runtime
 * allocates lazily. Only the begin is looked at, since a run that slows down later does not warm.
 */
export function warmingSlices(slices: readonly SliceFigures[]): number {
  const whole = slices.at(-1)?.at ?? 0;
  const end = Math.min(MAX_WARMING, whole / 4);
  const early = slices.filter(({ from }) => from < end).length;
  const settled = medianOf(slices.slice(early, 2 * early + 1).map(({ median }) => median));
  let warming = 0;
  while (warming < early && (slices[warming]?.median ?? 0) > settled * TOLERANCE) warming++;
  return warming;
}
