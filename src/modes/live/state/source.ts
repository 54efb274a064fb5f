import type { Model } from '../../../core/models/model.ts';
import type { Milliseconds } from '../../../core/units.ts';
import type { LiveFrames } from '../core/session.ts';
import type { LiveShown } from '../core/shown.ts';
import type { LiveFrom } from './live.ts';

/** An open camera, microphone or clip. */
export interface LiveSource extends LiveFrames<LiveShown> {
  /** In a sentence: the device's own name, or the clip's title. */
  readonly label: string;
  /** The time between two frames; null where the device does not tell. */
  readonly interval: Milliseconds | null;
  /** To be called in every case: the device listens or looks until then. */
  close(): void;
}

export interface SourceRequest {
  readonly model: Model;
  readonly from: LiveFrom;
  /** Aborted when the user stops it; the source's `next` then throws its reason. */
  readonly signal: AbortSignal;
}

/** How one kind of task is fed live. */
export interface LiveKind {
  /** What can be chosen; the usual one first. */
  readonly sources: (
    model: Model,
  ) => readonly { readonly from: LiveFrom; readonly title: string }[];
  /** @throws Fault CaptureError, and as downloads do; the signal's reason */
  readonly open: (request: SourceRequest) => Promise<LiveSource>;
}
