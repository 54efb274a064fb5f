import { turnSize } from '../../core/race/race.ts';
import { medianOf } from '../../core/stats/quantiles.ts';
import { steadyFrom } from '../../core/stats/steady.ts';
import type { LaneClient } from '../../engine/race/client.ts';
import { device } from '../device/device.ts';

/** A lane that is not steady by then will not be. */
const MAX_MS = 4000;
const MIN_TURNS = 32;

/** Runs the loaded feed until the lane is steady: WASM is compiled better during dozens of runs. */
export async function warmUp(client: LaneClient, signal: AbortSignal): Promise<void> {
  const timerStep = device.getState().facts?.timerStep ?? 1;
  const began = performance.now();
  const medians: number[] = [];
  while (performance.now() - began < MAX_MS) {
    const request = { slot: 'race', from: 0, count: 1, keep: false } as const;
    const { ms } = await client.turn({ ...request, ...turnSize(medians.at(-1), timerStep) });
    signal.throwIfAborted();
    medians.push(medianOf(ms));
    if (medians.length >= MIN_TURNS && steadyFrom(medians) < medians.length / 2) return;
  }
}
