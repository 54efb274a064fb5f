/** Slices for tests: one a second, of which only the timings differ. */
import { type Random, seededRandom } from '../../../core/tensors/random.ts';
import type { SustainedSlice } from './record.ts';
import { type SliceFigures, sliceFigures } from './slices.ts';

/** @param level the median of each second in milliseconds, filled up to a busy second */
export function secondsOf(levels: readonly number[], seed = 1, noise = 0.02): SliceFigures[] {
  const random = seededRandom(seed);
  return levels.map((level, second) => sliceFigures(sliceOf(second + 1, level, random, noise)));
}

/** Timings spread evenly around a level, as many as fit into a tenth of a second. */
function sliceOf(second: number, level: number, random: Random, noise: number): SustainedSlice {
  const shift = 1 + noise * (random.unit() - 0.5);
  const fits = Math.max(1, Math.round(100 / level));
  const ms = Float32Array.from(
    { length: fits },
    () => level * shift * (0.95 + 0.1 * random.unit()),
  );
  return { at: second * 1000, batch: 1, ms };
}
