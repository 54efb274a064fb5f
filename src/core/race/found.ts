import type { Stop } from './race.ts';
import type { RaceRecord } from './record.ts';

/** What a race was told to do. */
export interface RaceSettings {
  readonly stop: Stop;
  readonly seed: number;
  /** What the inputs were, in words: "test image 3", "a drawing", "random numbers, seed 1". */
  readonly input: string;
  /** The same as data, in the form of the task's kind; absent in what version 0.1.0 saved. */
  readonly inputFacts?: object;
  /** Sizes of dynamic dimensions, by name. */
  readonly dimensions: Readonly<Record<string, number>>;
}

/** What a race found. */
export interface RaceFound {
  readonly kind: 'race';
  readonly settings: RaceSettings;
  readonly record: RaceRecord;
}

export const isRace = (found: { readonly kind: string }): found is RaceFound =>
  found.kind === 'race';
