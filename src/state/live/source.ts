import type { LiveAnswers } from '../../core/live/answer.ts';
import type { LiveFrames } from '../../core/live/frame.ts';
import type { LiveShown } from '../../core/live/shown.ts';
import type { Model } from '../../core/models/model.ts';
import type { Milliseconds } from '../../core/units.ts';

/** What a live session listens to or looks through. */
export type LiveFrom =
  | { readonly kind: 'camera'; readonly facing: 'user' | 'environment' }
  | { readonly kind: 'microphone' }
  /** One of the model's clips, at the pace of real time. */
  | { readonly kind: 'clip'; readonly id: string };

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

/** How one kind of task is fed live, and what can be said of its answers. */
export interface LiveKind {
  readonly answers: LiveAnswers;
  /** The time within which an answer is wanted, where the task itself sets it. */
  readonly deadline?: (model: Model) => Milliseconds;
  /** What can be chosen; the usual one first. */
  readonly sources: (
    model: Model,
  ) => readonly { readonly from: LiveFrom; readonly title: string }[];
  /** @throws Fault CaptureError, and as downloads do; the signal's reason */
  readonly open: (request: SourceRequest) => Promise<LiveSource>;
}
