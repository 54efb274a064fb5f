import type { LiveFrame, LiveTurn } from '../../core/live/frame.ts';
import type { LiveShown } from '../../core/live/shown.ts';
import type { Milliseconds } from '../../core/units.ts';

/** A frame with what the lanes said of it. */
export interface AnsweredFrame {
  readonly frame: LiveFrame<LiveShown>;
  /** In the order of the lanes; empty where there was nothing to ask about. */
  readonly turns: readonly LiveTurn[];
  readonly deadline: Milliseconds;
}

type Watcher = (answered: AnsweredFrame) => void;

/**
 * Who draws each frame. Not a store: dozens of frames a second would each render whatever reads
 * one, and what draws on a canvas needs no rendering.
 */
const watchers = new Set<Watcher>();

/** @returns stops watching */
export function watchFrames(watcher: Watcher): () => void {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}

export function showFrame(answered: AnsweredFrame): void {
  for (const watcher of watchers) watcher(answered);
}
