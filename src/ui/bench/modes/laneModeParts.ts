import type { ComponentType } from 'react';
import type { FoundKind } from '../../../core/modes/found.ts';
import type { OneLaneFound } from '../../../core/modes/oneLane.ts';
import type { LaneMode } from '../../../state/modes/laneMode.ts';

/** What a mode of one lane shows that no other does. */
export interface LaneModeParts<Options, F extends OneLaneFound> {
  readonly mode: LaneMode<Options, F>;
  readonly reports: FoundKind<F>;
  /** Above what can be set: "One lane, under load". */
  readonly title: string;
  /** Fields for what can be set. */
  readonly Fields: ComponentType<{ readonly disabled: boolean }>;
  /** What was found, live or stored. */
  readonly Found: ComponentType<{
    readonly found: F;
    /** Whether the run has ended, however it did. */
    readonly over: boolean;
  }>;
}
