import type { BatchRecord } from '../../modes/batches/core/record.ts';
import type { LoadRecord } from '../../modes/load/core/record.ts';
import type { SustainedRecord, SustainedSettings } from '../../modes/sustained/core/record.ts';
import type { Conditions } from '../conditions/conditions.ts';
import type { Model } from '../models/model.ts';
import type { ErrorFacts } from '../race/events.ts';
import type { Stop } from '../race/race.ts';
import type { RaceRecord } from '../race/record.ts';
import type { SelfTest } from '../selftest/selftest.ts';
import type { Verdict } from '../verdict/verdict.ts';

/** What a race was told to do. */
export interface RaceSettings {
  readonly stop: Stop;
  readonly seed: number;
  /** What the inputs were, in words: "test image 3", "a drawing", "random numbers, seed 1". */
  readonly input: string;
  /** Sizes of dynamic dimensions, by name. */
  readonly dimensions: Readonly<Record<string, number>>;
}

/** What was measured. */
export type Found =
  | { readonly kind: 'race'; readonly settings: RaceSettings; readonly record: RaceRecord }
  | {
      readonly kind: 'sustained';
      readonly settings: SustainedSettings;
      readonly record: SustainedRecord;
    }
  | { readonly kind: 'load'; readonly record: LoadRecord }
  | { readonly kind: 'batches'; readonly record: BatchRecord };

/**
 * `running` while it grows; `interrupted` when the page went away before it ended: all that was
 * measured until then is there.
 */
export type ReportStatus = 'running' | 'done' | 'stopped' | 'failed' | 'interrupted';

/** Everything that one measurement found, with the conditions it ran under. */
export interface Report {
  /** Unique; a report that is imported twice is the same report. */
  readonly id: string;
  /** ISO 8601. */
  readonly startedAt: string;
  readonly endedAt: string | null;
  readonly status: ReportStatus;
  /** Why it failed; null unless it did. */
  readonly error: ErrorFacts | null;
  /** null where nobody knows them: a table of samples was imported. */
  readonly conditions: Conditions | null;
  readonly model: Model;
  readonly found: Found;
  /** What the rules said when it ended. */
  readonly verdicts: readonly Verdict[];
  /** The latest self-test on the device before it ended; null if there was none. */
  readonly selfTest: SelfTest | null;
  /** The user's own words about it. */
  readonly note: string;
}
