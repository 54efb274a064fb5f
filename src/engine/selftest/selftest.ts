import * as v from 'valibot';
import { SelfTestSchema } from '../../core/selftest/schema.ts';
import type { SelfTest } from '../../core/selftest/selftest.ts';
import type { ClockReading, TimerReadings } from '../../core/selftest/timer.ts';
import type { Milliseconds } from '../../core/units.ts';
import { dusted, watchClock } from '../device/clock.ts';
import { deviceId } from '../device/deviceId.ts';
import type { DeviceFacts } from '../device/devices.ts';

/** Rises when the stored form changes. */
const KEY = 'inferometer-self-test-1';

const StoredSchema = v.object({ device: v.string(), selfTest: SelfTestSchema });

/** The latest self-test on this device; null where there is none, or storage holds something else. */
export function storedSelfTest(facts: DeviceFacts): SelfTest | null {
  try {
    const stored = v.parse(StoredSchema, JSON.parse(localStorage.getItem(KEY) ?? ''));
    return stored.device === deviceId(facts) ? stored.selfTest : null;
  } catch {
    return null;
  }
}

export function storeSelfTest(facts: DeviceFacts, selfTest: SelfTest): void {
  try {
    localStorage.setItem(KEY, JSON.stringify({ device: deviceId(facts), selfTest }));
  } catch {
    // Storage is off or full: it holds until the page closes.
  }
}

/** The clocks are compared twice, this far apart. */
const APART: Milliseconds = 1000;
/** The quickest of these exchanges knows best what the worker's clock says. */
const EXCHANGES = 20;

function clockWorker(signal: AbortSignal) {
  const worker = new Worker(new URL('../device/clock.worker.ts', import.meta.url), {
    type: 'module',
  });
  const ask = <T>(question: 'now' | 'watch') =>
    new Promise<T>((resolve, reject) => {
      signal.onabort = () => reject(signal.reason);
      worker.onerror = ({ message }) => reject(new Error(message || 'A worker could not start.'));
      worker.onmessage = ({ data }: MessageEvent<T>) => resolve(data);
      worker.postMessage(question);
    });
  return { ask, end: () => worker.terminate() };
}

/** How far the worker's clock is ahead of the page's, and by how much that may be wrong. */
async function ahead(ask: <T>(question: 'now') => Promise<T>) {
  let best = { at: 0, offset: 0, doubt: Number.POSITIVE_INFINITY };
  for (let i = 0; i < EXCHANGES; i++) {
    const asked = performance.now();
    const theirs = await ask<number>('now');
    const doubt = (performance.now() - asked) / 2;
    if (doubt < best.doubt) best = { at: asked + doubt, offset: theirs - asked - doubt, doubt };
  }
  return best;
}

/**
 * Watches the clocks of the page and of a worker; takes some 1.5 s.
 * @throws the signal's reason; an Error where no worker can start
 */
export async function measureClocks(signal: AbortSignal): Promise<TimerReadings> {
  signal.throwIfAborted();
  const { ask, end } = clockWorker(signal);
  try {
    const worker = await ask<ClockReading>('watch');
    const begin = await ahead(ask);
    await new Promise((resolve) => setTimeout(resolve, APART));
    signal.throwIfAborted();
    const later = await ahead(ask);
    const page = watchClock();
    return {
      page,
      worker,
      drift: dusted(later.offset - begin.offset),
      doubt: begin.doubt + later.doubt + page.step + worker.step,
      elapsed: later.at - begin.at,
    };
  } finally {
    end();
  }
}
