import type { Milliseconds } from '../../core/units.ts';

/** Sleepers wake up late by up to about this; the rest is waited out with open eyes. */
const LATE: Readonly<Record<'atomics' | 'timer', Milliseconds>> = { atomics: 0.5, timer: 5 };

/** Nobody ever wakes it: only its timeout ends a wait. Shared memory needs isolation. */
const never =
  typeof SharedArrayBuffer === 'undefined' ? null : new Int32Array(new SharedArrayBuffer(4));

/**
 * Comes back at a moment of this worker's clock, late by a clock step or two. Blocks the thread: a
 * worker only, and only while nothing else in it waits for messages.
 */
export async function sleepUntil(moment: Milliseconds): Promise<void> {
  const { atomics, timer } = LATE;
  const left = moment - performance.now();
  if (never && left > atomics) Atomics.wait(never, 0, 0, left - atomics);
  else if (!never && left > timer) {
    await new Promise((resolve) => setTimeout(resolve, left - timer));
  }
  while (performance.now() < moment);
}
