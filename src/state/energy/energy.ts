import { createStore } from 'zustand/vanilla';
import type { Calibration } from '../../core/energy/calibration.ts';
import { FOOTPRINT_DEFAULTS, type FootprintSettings } from '../../core/energy/footprint.ts';
import type { ErrorFacts } from '../../core/race/events.ts';

/** Which calibration turns times into energy, and the device for which that was said. */
export interface Chosen {
  readonly id: string;
  readonly device: string;
}

export interface EnergyState {
  /** Newest first; also those that came from other devices. */
  readonly kept: readonly Calibration[];
  readonly chosen: Chosen | null;
  /** The one that was discarded last, to bring it back. */
  readonly discarded: { readonly calibration: Calibration; readonly chosen: Chosen | null } | null;
  /** Why the last import failed; null unless it did. */
  readonly refusal: ErrorFacts | null;
  /** What the user's electricity is like. */
  readonly footprint: FootprintSettings;
}

export const energy = createStore<EnergyState>(() => ({
  kept: [],
  chosen: null,
  discarded: null,
  refusal: null,
  footprint: FOOTPRINT_DEFAULTS,
}));
