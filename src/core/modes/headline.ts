import type { Lane } from '../race/lane.ts';

/** A piece of a sentence; the emphasised one carries the lane's colour. */
export interface HeadlinePart {
  readonly text: string;
  readonly lane?: Lane;
}

/** What a measurement found, in one sentence. */
export interface Headline {
  readonly sentence: readonly HeadlinePart[];
  /** Interval, rounds and what else a doubter asks first. */
  readonly evidence: string;
}
