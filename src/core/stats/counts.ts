import type { Fraction } from '../units.ts';

/** Things found in answers (boxes, say), and how many of them are of something that is there. */
export interface Counts {
  /** Found, and of something that is there. */
  readonly matched: number;
  readonly found: number;
  readonly expected: number;
}

export const addCounts = (a: Counts, b: Counts): Counts => ({
  matched: a.matched + b.matched,
  found: a.found + b.found,
  expected: a.expected + b.expected,
});

/** Share of what was found that is there; NaN where none was found. */
export const precision = ({ matched, found }: Counts): Fraction => matched / found;

/** Share of what is there that was found; NaN where there are none. */
export const recall = ({ matched, expected }: Counts): Fraction => matched / expected;

/**
 * Harmonic mean of precision and recall (van Rijsbergen's F measure), which falls with everything
 * missed and everything too many; NaN where there is nothing on either side.
 */
export const f1 = ({ matched, found, expected }: Counts): Fraction =>
  (2 * matched) / (found + expected);
