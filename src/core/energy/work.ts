import type { Backend } from '../backends/backend.ts';
import type { Precision } from '../models/model.ts';
import type { Bytes, Milliseconds } from '../units.ts';
import type { Calibration } from './calibration.ts';
import type { DeviceClass } from './priors.ts';

/**
 * How an estimate came about, from worst to best known. `unknown` and `class` are priors: no
 * watt was read on this device. `calibrated`: watts of other loads were. `measured`: of this very
 * variant on this backend.
 */
export type EnergyTier = 'unknown' | 'class' | 'calibrated' | 'measured';

/** One inference. */
export interface EnergyWork {
  /** Its time; the median of many. */
  readonly ms: Milliseconds;
  /** Multiply-accumulates; null where not known. */
  readonly macs: number | null;
  /** Bytes moved, at least; null where not known. */
  readonly bytes: Bytes | null;
  readonly precision: Precision;
  readonly backend: Backend;
  /** See `variantKey`. */
  readonly variant: string;
}

/** What is known of the device. */
export interface EnergyBasis {
  readonly device: DeviceClass;
  readonly cores: number;
  /** Whether the CPU plays the GPU. */
  readonly softwareGpu: boolean;
  /** What the user measured on it; null for nothing. */
  readonly calibration: Calibration | null;
}
