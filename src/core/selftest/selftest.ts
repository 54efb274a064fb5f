import type { Interval } from '../units.ts';

/** Rises when a check changes its meaning; results of other versions are not comparable. */
export const SELF_TEST_VERSION = 1;

export type CheckId = 'timer' | 'null-race' | 'known-cost' | 'overhead';

/** One thing that the instrument showed about itself on this device. */
export interface Check {
  readonly id: CheckId;
  readonly title: string;
  /** null where it could not be decided, and the sentence says why. */
  readonly passed: boolean | null;
  /** What was found, with figures and what was expected. */
  readonly sentence: string;
  readonly figures: readonly {
    readonly title: string;
    readonly value: number;
    /** "ms", "×", "%" or "" for a count. */
    readonly unit: string;
    readonly interval: Interval | null;
  }[];
}

/** What the instrument showed about itself on one device at one time. */
export interface SelfTest {
  readonly version: typeof SELF_TEST_VERSION;
  /** ISO 8601. */
  readonly at: string;
  readonly checks: readonly Check[];
}
