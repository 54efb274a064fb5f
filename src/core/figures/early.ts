/** What a lane says of itself before anybody can tell its warm-up from its steady running. */
import type { EnergyEstimate } from '../energy/estimate.ts';
import type { LaneRecord } from '../race/record.ts';
import { samplesFrom } from '../race/samples.ts';
import { medianOf, steppedQuantile } from '../stats/quantiles.ts';
import { looksSteadyFrom } from '../stats/steady.ts';
import type { Interval, Milliseconds } from '../units.ts';

/** Provisional figures: wherever one is shown, it is marked as such. */
export interface EarlyFigures {
  readonly turns: number;
  /** Turns before this index look like warm-up; all of them where fewer than three look steady. */
  readonly from: number;
  /** Of the turns that look steady; null while there are fewer than three. */
  readonly median: Milliseconds | null;
  /** The least and the most of them; of all turns while fewer than three look steady. */
  readonly range: Interval;
  /** Against the reference; null for the reference itself, and without a common round. */
  readonly speedup: EarlySpeedup | null;
  readonly energy: EnergyEstimate | null;
}

export interface EarlySpeedup {
  /** How many times as fast as the reference: the median of the ratios within each round. */
  readonly ratio: number;
  readonly range: Interval;
  readonly rounds: number;
}

const rangeOf = (values: ArrayLike<number>): Interval => {
  const ascending = Float64Array.from(values).sort();
  return { low: ascending[0] as number, high: ascending.at(-1) as number };
};

type EarlyTimes = Omit<EarlyFigures, 'energy' | 'speedup'>;

/** @returns null where nothing was measured */
export function earlyTimes(lane: LaneRecord): EarlyTimes | null {
  const { turns } = lane;
  if (turns.length === 0) return null;
  const from = looksSteadyFrom(turns.map(({ median }) => median));
  const some = from < turns.length;
  const samples = samplesFrom(lane, some ? from : 0).sort();
  return {
    turns: turns.length,
    from,
    median: some ? steppedQuantile(samples, 0.5) : null,
    range: rangeOf(samples),
  };
}

/** The ratios of the rounds that both have from the given turns on. */
export function earlySpeedup(
  lane: LaneRecord,
  from: number,
  reference: LaneRecord,
  referenceFrom: number,
): EarlySpeedup | null {
  const theirs = new Map(
    reference.turns.slice(referenceFrom).map(({ round, median }) => [round, median]),
  );
  const ratios = lane.turns.slice(from).flatMap(({ round, median }) => {
    const ratio = (theirs.get(round) ?? 0) / median;
    return ratio > 0 && Number.isFinite(ratio) ? [ratio] : [];
  });
  if (ratios.length === 0) return null;
  return { ratio: medianOf(ratios), range: rangeOf(ratios), rounds: ratios.length };
}
