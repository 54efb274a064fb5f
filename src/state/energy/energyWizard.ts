import { createStore } from 'zustand/vanilla';
import type { Slope } from '../../core/energy/battery.ts';
import type { MeterKind } from '../../core/energy/calibration.ts';
import type { ErrorFacts } from '../../core/race/events.ts';

/** A stretch that is over. */
export interface Ran {
  readonly wallSeconds: number;
  /** Inside inferences; 0 of the idle device. */
  readonly busySeconds: number;
  readonly inferences: number;
  /** Why it must not be used; null for a good one. */
  readonly spoiled: string | null;
  /** From the battery, where that is the meter. */
  readonly slope: Slope | null;
}

export type WizardRun =
  | { readonly state: 'none' }
  /** Downloads and the first runs; the meter need not be read yet. */
  | { readonly state: 'starting'; readonly id: string }
  | { readonly state: 'running'; readonly id: string; readonly secondsLeft: number }
  | { readonly state: 'failed'; readonly id: string; readonly error: ErrorFacts };

export interface WizardState {
  readonly meter: MeterKind;
  /** How long the idle device and each load are watched. */
  readonly seconds: number;
  /** Everything that was typed, as it was typed. */
  readonly typed: {
    /** The step in which the meter shows watts. */
    readonly step: string;
    /** What the battery holds when full, in watt-hours. */
    readonly battery: string;
    readonly idle: string;
    /** Watts by load. */
    readonly loads: Readonly<Record<string, string>>;
  };
  readonly run: WizardRun;
  readonly idle: Ran | null;
  readonly ran: Readonly<Record<string, Ran>>;
}

/** Below this a calibration counts as short: meters average over seconds, chips warm up. */
export const LONG_ENOUGH_SECONDS = 30;

export const FRESH: WizardState = {
  meter: 'plug',
  seconds: LONG_ENOUGH_SECONDS,
  typed: { step: '0.1', battery: '', idle: '', loads: {} },
  run: { state: 'none' },
  idle: null,
  ran: {},
};

export const wizard = createStore<WizardState>(() => FRESH);
