import type { Precision } from '../models/model.ts';
import type { Backend } from '../race/lane.ts';
import type { Bytes, Interval, Milliseconds, Watts } from '../units.ts';
import type { Calibration } from './calibration.ts';
import { floorEnergy } from './floor.ts';
import { ENERGY_METHOD } from './method.ts';
import { powerOf } from './power.ts';
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

export interface EnergyEstimate {
  /** Version of the method; figures of different versions are not comparable. */
  readonly method: number;
  readonly tier: EnergyTier;
  /** Joules per inference above what the idle device draws anyway. */
  readonly marginal: Interval;
  /** Joules per inference with the idle draw of that time counted in. */
  readonly total: Interval;
  /** The middle of the power above idle. */
  readonly watts: Watts;
  /** Joules of arithmetic and memory alone; null where the work is not known. */
  readonly floor: Interval | null;
}

/**
 * E = t * (P_active - P_idle), as an interval, never a point: constant power times time is off
 * systematically on laptops (arXiv 2510.12566). P comes from what the user read, where there is
 * anything that fits, else from the class of the device.
 */
export function estimateEnergy(work: EnergyWork, basis: EnergyBasis): EnergyEstimate {
  const { ms, macs, bytes, precision, backend } = work;
  const { tier, watts, marginal, total } = powerOf(work, basis);
  const joules = ({ low, high }: Interval): Interval => ({
    low: (low * ms) / 1000,
    high: (high * ms) / 1000,
  });
  return {
    method: ENERGY_METHOD.version,
    tier,
    marginal: joules(marginal),
    total: joules(total),
    watts,
    floor: floorEnergy(macs, bytes, precision, backend),
  };
}
