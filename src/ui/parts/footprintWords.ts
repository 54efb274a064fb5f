import type { Footprint, FootprintSettings } from '../../core/energy/footprint.ts';
import { gridOf } from '../../core/energy/grids.ts';
import { amount } from '../../core/energy/words.ts';
import { range } from '../../core/format.ts';
import type { Interval } from '../../core/units.ts';

/** A share as a reader takes it in: "0.3–1.2%". */
export const shareText = ({ low, high }: Interval): string =>
  `${range({ low: low * 100, high: high * 100 })}%`;

/** "Germany, 381 g/kWh" */
export function gridText({ grid, ownGrams }: FootprintSettings): string {
  if (grid === 'own') return ownGrams === null ? 'your own figure' : `your ${ownGrams} g/kWh`;
  const { title, gramsPerKwh } = gridOf(grid);
  return `${title}, ${gramsPerKwh} g/kWh`;
}

/** "0.2–0.9 Wh, 0.08–0.34 g CO₂e, …": what is known, in the order of certainty. */
export function footprintParts(found: Footprint, { currency }: FootprintSettings): string[] {
  const { wattHours, grams, litres, cost, battery } = found;
  return [
    amount(wattHours, 'Wh'),
    grams ? `${amount(grams, 'g')} CO₂e` : '',
    `${amount(litres, 'L')} of water`,
    cost ? `${currency} ${range(cost)}` : '',
    battery ? `${shareText(battery.share)} of a ${battery.wh} Wh battery` : '',
  ].filter((part) => part !== '');
}
