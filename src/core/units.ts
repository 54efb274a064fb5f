/** Units as type names: a signature says what a number means. */
export type Milliseconds = number;
export type Seconds = number;
export type Bytes = number;
export type Joules = number;
export type Watts = number;
/** A share from 0 to 1. */
export type Fraction = number;

/** A closed interval; `low <= high`, both in the same unit. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}
/** 10 log10 of a ratio of powers. */
export type Decibel = number;
