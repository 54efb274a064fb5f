import type { Backend } from '../backends/backend.ts';
import type { LaneFigures } from '../figures/figures.ts';
import type { Variant } from '../models/model.ts';
import type { Lane } from '../race/lane.ts';
import type { RaceRecord } from '../race/record.ts';
import type { PairedRatio } from '../stats/paired.ts';

/** The lane that a loop written by hand runs in place of the harness. */
export const BASELINE = 'bare';
const TWIN = 'twin';
/**
 * A timing of twins lasts so many times as long as one of a race, 100 clock steps in place of 25.
 * Medians of timings stand on steps: at 25, one step between two equal lanes reads as 4%.
 */
export const FINER_TIMING = 4;

/** One variant in two lanes, and in a baseline loop: three names for the same work. */
export function twinLanes(variant: Variant, backend: Backend): Lane[] {
  const lane = (id: string, reference = false): Lane => ({ id, variant, backend, reference });
  return [lane('first', true), lane(TWIN), lane(BASELINE)];
}

const NONE: PairedRatio = { ratio: Number.NaN, interval: null, pairs: 0 };

/** Ratio of the reference lane's time to another's. */
export const ratioTo = (figures: readonly LaneFigures[], id: string): PairedRatio =>
  figures.find(({ lane }) => lane.id === id)?.speedup ?? NONE;

/** The ratios of a race of twins: a lane over its twin, and a lane over the baseline loop. */
export const twinRatios = (figures: readonly LaneFigures[]) => ({
  null: ratioTo(figures, TWIN),
  overhead: ratioTo(figures, BASELINE),
});

/** The first error that took a lane out of a race; null where none did. */
export function deathIn({ lanes }: RaceRecord): Error | null {
  for (const { state } of lanes) {
    if (state.name === 'died') return Object.assign(new Error(state.error.message), state.error);
  }
  return null;
}
