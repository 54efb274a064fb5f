import { createStore } from 'zustand/vanilla';
import { MEASURING } from '../../core/measuring.ts';
import type { Milliseconds } from '../../core/units.ts';

/**
 * Who measures now, or null. Two things that run at once would measure each other, so only one
 * may: a race, a profile, a compression, a calibration, a self-test.
 */
export interface MeasurementLock {
  /** As a sentence: "A model is being compressed." */
  readonly taken: string | null;
}

export const measurementLock = createStore<MeasurementLock>(() => ({ taken: null }));

/**
 * Runs a task that has the device to itself.
 * @param why what holds the measurement lock meanwhile, as a sentence
 * @returns false at once, with nothing run, where something else holds them
 * @throws what the task throws
 */
export async function withMeasurementLock(
  why: string,
  task: () => Promise<void>,
): Promise<boolean> {
  if (measurementLock.getState().taken !== null) return false;
  measurementLock.setState({ taken: why });
  try {
    const measuring = task();
    keepQuiet(measuring);
    await measuring;
    return true;
  } finally {
    measurementLock.setState({ taken: null });
    freedAt = performance.now();
  }
}

/** Tells the service worker, and that of a newer version, to fetch nothing meanwhile. */
function keepQuiet(measuring: Promise<void>): void {
  const done = measuring.catch(() => {});
  void navigator.locks?.request(MEASURING, { mode: 'shared' }, () => done).catch(() => {});
}

/** Whoever presses Run at once, or again, shall not find the page busy with itself. */
const QUIET_MS: Milliseconds = 4000;
let freedAt: Milliseconds = 0;

/** Runs a task once, when nothing has measured for a while. */
export function whenQuiet(task: () => void): void {
  const left = freedAt + QUIET_MS - performance.now();
  if (measurementLock.getState().taken === null && left <= 0) task();
  else setTimeout(() => whenQuiet(task), Math.max(left, QUIET_MS / 4));
}

/** What takes the measurement lock and can be stopped by the user. */
export class Stoppable {
  private running: AbortController | null = null;

  /** Ends the task at once; does nothing where it does not run. */
  readonly stop = (): void =>
    this.running?.abort(new DOMException('It was stopped.', 'AbortError'));

  /** As `withMeasurementLock`; the signal is aborted when the task is stopped. */
  run(why: string, task: (signal: AbortSignal) => Promise<void>): Promise<boolean> {
    return withMeasurementLock(why, async () => {
      const running = new AbortController();
      this.running = running;
      try {
        await task(running.signal);
      } finally {
        this.running = null;
      }
    });
  }
}
