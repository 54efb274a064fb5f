import { duration, figure } from '../format.ts';
import type { Milliseconds } from '../units.ts';
import type { Check } from './selftest.ts';

/** What watching one clock for a while showed. */
export interface ClockReading {
  /** The smallest step that it was seen to make. */
  readonly step: Milliseconds;
  /** How often it ran backwards. */
  readonly backwards: number;
  /** One reading with the loop around it. */
  readonly cost: Milliseconds;
}

/** The clocks of the page and of a worker, which times the lanes. */
export interface TimerReadings {
  readonly page: ClockReading;
  readonly worker: ClockReading;
  /** How much more time went by in the worker than in the page, while `elapsed` did there. */
  readonly drift: Milliseconds;
  /** Of the drift: messages take time, and clocks have steps. */
  readonly doubt: Milliseconds;
  readonly elapsed: Milliseconds;
}

/** Clocks that differ by more than a thousandth do not count the same time. */
const MAX_DRIFT = 1e-3;

/** @returns steps of some µs as such */
const short = (ms: Milliseconds) => (ms < 0.1 ? `${figure(ms * 1000)} µs` : duration(ms));

function faults({ page, worker, drift, doubt, elapsed }: TimerReadings): string[] {
  const found: string[] = [];
  const backwards = page.backwards + worker.backwards;
  if (backwards > 0)
    found.push(`It ran backwards ${backwards} ${backwards === 1 ? 'time' : 'times'}.`);
  if (Math.abs(drift) > doubt + elapsed * MAX_DRIFT) {
    found.push(
      `In ${duration(elapsed)} of the page, ${duration(elapsed + drift)} went by in the worker.`,
    );
  }
  for (const [where, { step, cost }] of Object.entries({ page, worker })) {
    if (!(step > 0) || !Number.isFinite(step)) found.push(`It does not advance in the ${where}.`);
    // Dearer than a step, reading it would show in what is timed.
    else if (cost > Math.max(step, 0.005)) {
      found.push(`Reading it in the ${where} takes ${short(cost)}, more than its resolution.`);
    }
  }
  return found;
}

/** Judges the clock that everything else is timed with. */
export function judgeTimer(readings: TimerReadings): Check {
  const { page, worker, drift, doubt } = readings;
  const found = faults(readings);
  const good = `Its resolution is ${short(worker.step)}, it never ran backwards, and page and worker measured the same second to within ${short(Math.max(Math.abs(drift), doubt))}.`;
  return {
    id: 'timer',
    title: 'The clock',
    passed: found.length === 0,
    sentence: found.length === 0 ? good : found.join(' '),
    figures: [
      { title: 'Resolution in a worker', value: worker.step, unit: 'ms', interval: null },
      { title: 'Resolution in the page', value: page.step, unit: 'ms', interval: null },
      { title: 'Cost of a reading', value: worker.cost, unit: 'ms', interval: null },
      {
        title: 'Worker against page',
        value: drift,
        unit: 'ms',
        interval: { low: drift - doubt, high: drift + doubt },
      },
    ],
  };
}
