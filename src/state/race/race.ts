import { createStore } from 'zustand/vanilla';
import type { ErrorFacts } from '../../core/race/events.ts';
import type { RaceRecord } from '../../core/race/record.ts';
import type { Unsure } from '../../core/stats/enough.ts';

/** Where the race stands; the record of the last one stays until the next begins. */
export type RaceStatus =
  | { readonly state: 'idle' }
  | { readonly state: 'running' }
  /** Waiting for a hidden tab to come back. */
  | { readonly state: 'paused' }
  | { readonly state: 'done' }
  | { readonly state: 'stopped' }
  | { readonly state: 'failed'; readonly error: ErrorFacts };

/** Begun and not over; also while it waits for its tab. */
export const isGoing = ({ state }: Pick<RaceStatus, 'state'>): boolean =>
  state === 'running' || state === 'paused';

export interface RaceState {
  readonly status: RaceStatus;
  readonly record: RaceRecord | null;
  /** What is known least surely, of a race that runs until all is sure enough; null otherwise. */
  readonly unsure: Unsure | null;
}

export const race = createStore<RaceState>(() => ({
  status: { state: 'idle' },
  record: null,
  unsure: null,
}));
