import type { Backend } from '../race/lane.ts';
import type { Interval, Joules, Milliseconds, Watts } from '../units.ts';
import { type DeviceClass, POWER_PRIORS } from './priors.ts';

/**
 * How an estimate came about, from worst to best known. `unknown` and `class` are priors: no
 * watt was read on this device.
 */
export type EnergyTier = 'unknown' | 'class';

/** The true figure is expected within a factor of this, either way. */
const FACTOR: Readonly<Record<EnergyTier, number>> = { unknown: 3, class: 2 };

export interface EnergyEstimate {
  /** Joules per inference above what the idle device draws anyway. */
  readonly marginal: Interval;
  /** Joules per inference with the idle draw of that time counted in. */
  readonly total: Interval;
  readonly tier: EnergyTier;
  /** The prior's middle, in watts above idle. */
  readonly watts: Watts;
}

/** Watts above idle while a lane runs; a software GPU adapter is the CPU. */
export function activePower(
  backend: Backend,
  device: DeviceClass,
  cores: number,
  softwareGpu: boolean,
): Watts {
  const prior = POWER_PRIORS[device];
  const cpu = (threads: number) => Math.min(prior.cpuCap, threads * prior.wattsPerThread);
  if (backend.kind === 'wasm') return cpu(backend.threads);
  return softwareGpu ? cpu(cores) : prior.gpu;
}

/**
 * E = t * (P_active - P_idle), as an interval, never a point: constant power times time is off
 * systematically on laptops (arXiv 2510.12566), and nothing here was measured with a meter.
 *
 * @param ms time of one inference
 * @param watts power above idle, see `activePower`
 */
export function estimateEnergy(
  ms: Milliseconds,
  watts: Watts,
  device: DeviceClass,
): EnergyEstimate {
  const tier: EnergyTier = device === 'unknown' ? 'unknown' : 'class';
  const within = (joules: Joules): Interval => ({
    low: joules / FACTOR[tier],
    high: joules * FACTOR[tier],
  });
  const seconds = ms / 1000;
  return {
    marginal: within(seconds * watts),
    total: within(seconds * (watts + POWER_PRIORS[device].idle)),
    tier,
    watts,
  };
}

/** What the tier means, for a reader. */
export function tierSentence(tier: EnergyTier): string {
  return tier === 'class'
    ? 'Estimate from the class of this device, within a factor of 2 either way. No meter was read.'
    : 'Estimate for a device of unknown class, within a factor of 3 either way. No meter was read.';
}
