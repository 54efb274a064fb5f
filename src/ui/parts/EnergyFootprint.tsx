import { Link } from 'wouter';
import type { EnergyEstimate } from '../../core/energy/estimate.ts';
import { footprintOf } from '../../core/energy/footprint.ts';
import type { DeviceClass } from '../../core/energy/priors.ts';
import { TIER_TITLES } from '../../core/energy/words.ts';
import { count, list } from '../../core/format.ts';
import styles from './EnergyFootprint.module.css';
import { footprintParts, gridText } from './footprintWords.ts';
import { Term } from './Term.tsx';
import { useEnergy } from './useEnergy.ts';

/** Inferences that a person would notice. */
const MANY = 1000;

interface Estimated {
  readonly id: string;
  readonly title: string;
  readonly energy: EnergyEstimate;
}

const middle = ({ energy }: Estimated) => energy.marginal.low + energy.marginal.high;

/** What a thousand inferences of the most frugal lane come down to, above idle. */
export function EnergyFootprint({
  lanes,
  device,
}: {
  readonly lanes: readonly Estimated[];
  /** The one that raced. */
  readonly device: DeviceClass;
}) {
  const settings = useEnergy((state) => state.footprint);
  const [first] = lanes;
  if (!first) return null;
  const best = lanes.reduce((least, each) => (middle(each) < middle(least) ? each : least), first);
  const found = footprintOf(best.energy.marginal, MANY, settings, device);
  const assumed = found.battery?.assumed
    ? ` The battery capacity of ${found.battery.wh} Wh is assumed from the class of this device.`
    : '';
  const water = found.worldWater ? ' Water is the world average for power stations.' : '';
  return (
    <p className={styles['footprint']} data-figure="footprint">
      <Term
        explains={`Energy above idle, tier “${TIER_TITLES[best.energy.tier]}”, times ${count(MANY)}; grid: ${gridText(settings)}.${water}${assumed}`}
      >
        {count(MANY)} inferences
      </Term>{' '}
      of {best.title}: <b>{list(footprintParts(found, settings))}</b> (
      {TIER_TITLES[best.energy.tier]}
      ). <Link href="/device/energy">Set your meter, grid, price and battery</Link>
    </p>
  );
}
