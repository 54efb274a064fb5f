import type { Fraction } from '../../../core/units.ts';

/** Boxes found, and how many of them are of something that is there. */
export interface Spotted {
  /** Boxes found that are of a true line. */
  readonly matched: number;
  readonly found: number;
  readonly expected: number;
}

export const addSpotted = (a: Spotted, b: Spotted): Spotted => ({
  matched: a.matched + b.matched,
  found: a.found + b.found,
  expected: a.expected + b.expected,
});

/** Share of boxes found that are right; NaN where none was found. */
export const precision = ({ matched, found }: Spotted): Fraction => matched / found;

/** Share of true lines that were found; NaN where there are none. */
export const recall = ({ matched, expected }: Spotted): Fraction => matched / expected;

/**
 * Harmonic mean of precision and recall (van Rijsbergen's F measure), which falls with every line
 * missed and every box too many; NaN where there is nothing on either side.
 */
export const f1 = ({ matched, found, expected }: Spotted): Fraction =>
  (2 * matched) / (found + expected);
