import { medianOf } from '../../../core/stats/quantiles.ts';
import type { Milliseconds } from '../../../core/units.ts';
import type { Gap, SliceFigures } from './slices.ts';

/** A point of the picture: one slice, or the middle of several neighbours. */
export interface CurvePoint {
  /** From the begin of the run. */
  readonly at: Milliseconds;
  /** null where nothing was measured: the line breaks there. */
  readonly median: Milliseconds | null;
  /** Where 90% of the timings lie. */
  readonly band: readonly [Milliseconds, Milliseconds] | null;
}

/** The run as at most so many points; more cannot be told apart. */
export function curveOf(
  slices: readonly SliceFigures[],
  gaps: readonly Gap[],
  most: number,
): CurvePoint[] {
  const each = Math.max(1, Math.ceil(slices.length / most));
  const points: CurvePoint[] = [];
  let group: SliceFigures[] = [];
  const close = () => {
    const [first, last] = [group[0], group.at(-1)];
    if (!first || !last) return;
    const middle = (of: (slice: SliceFigures) => number) => medianOf(group.map(of));
    points.push({
      at: (first.from + last.at) / 2,
      median: middle(({ median }) => median),
      band: [middle(({ p5 }) => p5), middle(({ p95 }) => p95)],
    });
    group = [];
  };
  for (const slice of slices) {
    const gap = gaps.find(({ to }) => to === slice.from);
    if (gap) {
      close();
      points.push({ at: (gap.from + gap.to) / 2, median: null, band: null });
    }
    group.push(slice);
    if (group.length === each) close();
  }
  close();
  return points;
}

const STEPS: readonly Milliseconds[] = [1, 2, 5, 10, 20, 30, 60, 120, 300, 600].map(
  (seconds) => 1000 * seconds,
);
const MAX_TICKS = 7;

/** Round moments from 0 to an end, three to seven of them. */
export function timeTicks(end: Milliseconds): Milliseconds[] {
  const step = STEPS.find((each) => end / each < MAX_TICKS) ?? (STEPS.at(-1) as number);
  return Array.from({ length: Math.floor(end / step) + 1 }, (_, i) => i * step);
}
