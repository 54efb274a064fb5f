import type { ClockReading } from '../../core/selftest/timer.ts';
import type { Milliseconds } from '../../core/units.ts';

/** Times carry floating-point dust: 0.00499999… is 5 µs. */
export const dusted = (ms: Milliseconds): Milliseconds => Math.round(ms * 1e4) / 1e4;

/** Watches the clock change a few times; at most 60 ms. */
export function measureTimerStep(): Milliseconds {
  const until = performance.now() + 60;
  let smallest = Number.POSITIVE_INFINITY;
  let last = performance.now();
  for (let changes = 0; changes < 20 && last < until; ) {
    const now = performance.now();
    if (now === last) continue;
    smallest = Math.min(smallest, now - last);
    last = now;
    changes++;
  }
  return dusted(smallest);
}

const SLICES = 5;
const SLICE: Milliseconds = 20;
/** In case that the clock stands still. */
const MAX_READINGS = 1e7;

/** Reads the clock again and again for 100 ms; the least dear of five slices tells its cost. */
export function watchClock(): ClockReading {
  let [step, cost] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  let backwards = 0;
  for (let slice = 0; slice < SLICES; slice++) {
    const begin = performance.now();
    let last = begin;
    let readings = 1;
    for (; last - begin < SLICE && readings < MAX_READINGS; readings++) {
      const now = performance.now();
      if (now < last) backwards++;
      else if (now > last) step = Math.min(step, now - last);
      last = now;
    }
    cost = Math.min(cost, (last - begin) / readings);
  }
  return { step: Number.isFinite(step) ? dusted(step) : 0, backwards, cost };
}
