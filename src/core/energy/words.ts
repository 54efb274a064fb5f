import { count, figure, range } from '../format.ts';
import type { Interval } from '../units.ts';
import type { EnergyEstimate } from './estimate.ts';
import { PRIOR_FACTOR } from './power.ts';
import type { EnergyTier } from './work.ts';

/** A tier in a word or two, to stand beside a figure. */
export const TIER_TITLES: Readonly<Record<EnergyTier, string>> = {
  unknown: 'unknown class',
  class: 'class',
  calibrated: 'calibrated',
  measured: 'measured',
};

/** Half of an interval as a share of its middle, as "±20%". */
export function plusMinus({ low, high }: Interval): string {
  return `±${Math.round((100 * (high - low)) / (high + low))}%`;
}

/** How far the truth may be: "within a factor of 2 either way" or "±20%". */
export function doubtText({ tier, marginal }: Pick<EnergyEstimate, 'tier' | 'marginal'>): string {
  return tier === 'unknown' || tier === 'class'
    ? `within a factor of ${PRIOR_FACTOR[tier]} either way`
    : plusMinus(marginal);
}

/** What the tier means, for a reader. */
export function tierSentence(energy: Pick<EnergyEstimate, 'tier' | 'marginal'>): string {
  const doubt = doubtText(energy);
  switch (energy.tier) {
    case 'unknown':
      return `Estimate for a device of unknown class, ${doubt}. No meter was read.`;
    case 'class':
      return `Estimate from the class of this device, ${doubt}. No meter was read.`;
    case 'calibrated':
      return `Calibrated, ${doubt}: time × power fitted to watts read on this device with other loads.`;
    case 'measured':
      return `Measured, ${doubt}: time × the watts read with this very variant on this backend.`;
  }
}

/** Names of a unit's thousandths and thousands. */
const PREFIXES = [
  [1e-9, 'n'],
  [1e-6, 'µ'],
  [1e-3, 'm'],
  [1, ''],
  [1e3, 'k'],
] as const;

/** "0.2–0.9 Wh", "8–34 mg": the unit fits the interval's high end. */
export function amount({ low, high }: Interval, unit: 'J' | 'Wh' | 'g' | 'L' | 'W'): string {
  const [scale, prefix] = PREFIXES.findLast(([size]) => high >= size) ?? PREFIXES[0];
  return `${range({ low: low / scale, high: high / scale })} ${prefix}${unit}`;
}

/** In the unit in which tables and charts compare inferences. */
export const milliJoules = ({ low, high }: Interval): string =>
  `${range({ low: low * 1000, high: high * 1000 })} mJ`;

/** All that stands behind one energy figure, for its tooltip. */
export function energyDetail(energy: EnergyEstimate): string {
  const { watts, total, floor, method } = energy;
  const bottom = floor
    ? ` Arithmetic and memory alone (lower bound): ${amount(floor, 'J')}, ${timesBelow(energy)} times less.`
    : ' Arithmetic and memory alone: not estimated, since this model’s operation count is not known.';
  return `${tierSentence(energy)} Above idle, at ${figure(watts)} W. With the idle draw: ${milliJoules(total)}.${bottom} Method: version ${method}.`;
}

/** How many times the middle of the floor lies below the middle of the estimate. */
export function timesBelow({ marginal, floor }: EnergyEstimate): string {
  if (!floor) return '';
  const middle = ({ low, high }: Interval) => Math.sqrt(low * high);
  return count(Number((middle(marginal) / middle(floor)).toPrecision(1)));
}
