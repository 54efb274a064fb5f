import type { Interval, Watts } from '../units.ts';
import { floorEnergy } from './floor.ts';
import { ENERGY_METHOD } from './method.ts';
import { powerOf } from './power.ts';
import type { EnergyBasis, EnergyTier, EnergyWork } from './work.ts';

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
