import type { RaceRecord } from '../race/record.ts';
import type { LaneFigures } from '../report/figures.ts';
import type { Milliseconds } from '../units.ts';

/** `wrong`: its answers are. `doubt`: its figures are. `slow`: why it takes so long. */
export type Severity = 'wrong' | 'doubt' | 'slow';

/** What a press of the button does. */
export type Remedy =
  | { readonly kind: 'race-longer'; readonly seconds: number }
  /** Chooses a lane too, by its id, and races again. */
  | { readonly kind: 'race-with'; readonly lane: string }
  /** Opens another page by its route. */
  | { readonly kind: 'open'; readonly path: string; readonly title: string };

/** A finding with what it rests on. */
export interface Verdict {
  /** Which rule says so: "fell-back". */
  readonly rule: string;
  /** Id of the lane that it is about; null for the whole race. */
  readonly lane: string | null;
  readonly severity: Severity;
  /** What is the matter, with the figures that it rests on. */
  readonly sentence: string;
  /** What to try. */
  readonly advice: string;
  readonly remedy: Remedy | null;
}

/** What the rules look at. */
export interface Evidence {
  readonly record: RaceRecord;
  readonly figures: readonly LaneFigures[];
  readonly device: {
    readonly isolated: boolean;
    readonly cores: number;
    readonly softwareGpu: boolean;
    readonly timerStep: Milliseconds;
  };
}

/** @returns nothing where it has nothing to say, one verdict for each lane that it is about */
export type Rule = (evidence: Evidence) => readonly Verdict[];
