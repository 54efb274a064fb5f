import type { Conditions } from '../conditions/conditions.ts';
import type { LaneFigures } from '../figures/figures.ts';
import type { InspectedNode } from '../inspect/inspection.ts';
import type { Profile } from '../inspect/profile/profile.ts';
import type { Ceilings } from '../inspect/roofline/ceilings.ts';
import type { RaceRecord } from '../race/record.ts';
import type { SelfTest } from '../selftest/selftest.ts';
import type { Milliseconds } from '../units.ts';

/**
 * `wrong`: its answers are. `doubt`: its figures are. `slow`: why it takes so long. `note`: worth
 * knowing, and nothing is the matter.
 */
export type Severity = 'wrong' | 'doubt' | 'slow' | 'note';

/** What a press of the button does. */
export type Remedy =
  | { readonly kind: 'race-longer'; readonly seconds: number }
  /** Chooses a lane too, by its id, and races again. */
  | { readonly kind: 'race-with'; readonly lane: string }
  /** Profiles a lane, so that the rules that rest on a profile can speak. */
  | { readonly kind: 'look-inside'; readonly lane: string }
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

/** What a look inside a lane found: its runs node by node, beside the file and the device. */
export interface Inside {
  readonly profile: Profile;
  /** Median of the same runs without the profiler. */
  readonly plainMs: Milliseconds;
  /** The nodes of the file that was profiled, with what they cost. */
  readonly nodes: readonly InspectedNode[];
  /** What this device can do at most on the lane's backend; null where that was not measured. */
  readonly ceilings: Ceilings | null;
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
  /** By the lane's id, for lanes that were looked into; rules that need one are silent without. */
  readonly insides?: ReadonlyMap<string, Inside>;
  /** The latest on this device; null and undefined where there was none. */
  readonly selfTest?: SelfTest | null;
  readonly conditions?: Pick<Conditions, 'battery' | 'pressure'> | null;
}

/** @returns nothing where it has nothing to say, one verdict for each lane that it is about */
export type Rule = (evidence: Evidence) => readonly Verdict[];
