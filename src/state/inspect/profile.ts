import { createStore } from 'zustand/vanilla';
import type { Backend } from '../../core/backends/backend.ts';
import { backendKey } from '../../core/backends/backends.ts';
import type { Profile } from '../../core/inspect/profile/profile.ts';
import type { Ceilings } from '../../core/inspect/roofline/ceilings.ts';
import type { ErrorFacts } from '../../core/race/events.ts';
import type { Milliseconds } from '../../core/units.ts';

/** A profiled model on one backend. */
export interface Profiled {
  readonly backend: Backend;
  readonly profile: Profile;
  /** Median of the same runs without the profiler, which itself takes time. */
  readonly plainMs: Milliseconds;
}

export type ProfileTask =
  | { readonly state: 'idle' }
  /** What it is doing, as a sentence without its full stop. */
  | { readonly state: 'running'; readonly doing: string }
  | { readonly state: 'failed'; readonly error: ErrorFacts };

export interface ProfileState {
  /** Key of the backend that is chosen; null for the device's usual one. */
  readonly backend: string | null;
  /** By model, backend and sizes, as `profileKey` makes it. */
  readonly profiles: Readonly<Record<string, Profiled>>;
  readonly profiling: ProfileTask;
  /** The run that tells sizes which inference left open. */
  readonly learning: ProfileTask;
  /** By key of the backend. */
  readonly ceilings: Readonly<Record<string, Ceilings>>;
  readonly measuring: ProfileTask;
}

export const profiles = createStore<ProfileState>(() => ({
  backend: null,
  profiles: {},
  profiling: { state: 'idle' },
  learning: { state: 'idle' },
  ceilings: {},
  measuring: { state: 'idle' },
}));

/** Another size of a dynamic dimension is another run, with a profile of its own. */
export const profileKey = (
  source: string,
  backend: Backend,
  sizes: Readonly<Record<string, number>>,
): string => `${source} on ${backendKey(backend)} at ${JSON.stringify(sizes)}`;
