import { Link } from 'wouter';
import { ENERGY_METHOD, methodTitle } from '../../core/energy/method.ts';
import { type DeviceClass, POWER_PRIORS } from '../../core/energy/priors.ts';
import { tierSentence } from '../../core/energy/words.ts';
import type { LaneFigures } from '../../core/figures/figures.ts';
import { list } from '../../core/format.ts';
import { laneTitle } from '../../core/race/lane.ts';

/** Where each lane's power comes from, lanes that share a sentence together. */
function sentences(figures: readonly LaneFigures[]): string {
  const lanes = new Map<string, string[]>();
  for (const { lane, energy } of figures) {
    if (!energy) continue;
    const says = tierSentence(energy);
    lanes.set(says, [...(lanes.get(says) ?? []), laneTitle(lane)]);
  }
  const all = [...lanes];
  const [only] = all;
  if (all.length === 1 && only) return only[0];
  return all.map(([says, titles]) => `${list(titles)}: ${says}`).join(' ');
}

/** How the energy of a race came about, and where it can be known better. */
export function EnergyMethodLine({
  figures,
  device,
  stored,
}: {
  readonly figures: readonly LaneFigures[];
  readonly device: DeviceClass;
  /** Of a report: what is said of this device now would change nothing in it. */
  readonly stored: boolean;
}) {
  const priors = figures.some(
    ({ energy }) => energy?.tier === 'class' || energy?.tier === 'unknown',
  );
  const { title, source } = POWER_PRIORS[device];
  return (
    <>
      Energy is {methodTitle(ENERGY_METHOD)}. {sentences(figures)}
      {priors && ` The class is “${title.toLowerCase()}”: ${source}`}
      {!stored && (
        <>
          {' '}
          <Link href="/device/energy">
            {priors ? 'Calibrate it with a meter' : 'See the calibration'}
          </Link>
          {priors && (
            <>
              , or <Link href="/device">choose what this device is</Link>
            </>
          )}
          .
        </>
      )}
    </>
  );
}
