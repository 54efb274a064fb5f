import { type ComponentType, use } from 'react';
import type { Model } from '../../core/models/model.ts';
import type { Lane } from '../../core/race/lane.ts';
import type { Milliseconds } from '../../core/units.ts';
import { taskLive } from '../../state/live/kinds.ts';
import type { LiveKind } from '../../state/live/source.ts';

/** What is drawn of a session. */
export interface StageProps {
  readonly model: Model;
  readonly lanes: readonly Lane[];
  /** Where frames come from, in a sentence. */
  readonly label: string;
}

/** How one kind of task is fed live, with what a person sees of it. */
export interface LiveViews extends LiveKind {
  /** Draws each frame with what the lanes said of it; it watches frames by itself. */
  readonly Stage: ComponentType<StageProps>;
  /** How to read what is drawn. @param thicker which lane's lines are, as a clause */
  readonly legend: (thicker: string, deadline: Milliseconds) => string;
  /** What is said where a frame held nothing to ask about. */
  readonly nothing?: string;
}

/** Suspends until its code is here; a sentence where there is nothing to follow live. */
export function useLiveViews(model: Model): LiveViews | string {
  const live = taskLive(model);
  // What a slice loads as its live part is `LiveViews`: see slice.ts.
  return typeof live === 'string' ? live : (use(live) as LiveViews);
}
