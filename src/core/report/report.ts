import type { Conditions } from '../conditions/conditions.ts';
import type { Model } from '../models/model.ts';
import type { AnyFound, MeasuredFound } from '../modes/found.ts';
import type { ErrorFacts } from '../race/events.ts';
import type { SelfTest } from '../selftest/selftest.ts';
import type { Verdict } from '../verdict/verdict.ts';

/**
 * `running` while it grows; `interrupted` when the page went away before it ended: all that was
 * measured until then is there.
 */
export type ReportStatus = 'running' | 'done' | 'stopped' | 'failed' | 'interrupted';

/** Everything that one measurement found, with the conditions it ran under. */
export interface Report extends MeasuredFound {
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
  /** What was measured. */
  readonly found: AnyFound;
  /** What the rules said when it ended. */
  readonly verdicts: readonly Verdict[];
  /** The latest self-test on the device before it ended; null if there was none. */
  readonly selfTest: SelfTest | null;
  /** The user's own words about it. */
  readonly note: string;
}
