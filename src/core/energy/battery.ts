import type { Fraction, Milliseconds, Watts } from '../units.ts';

/** What a browser said of the battery at a moment. */
export interface BatteryReading {
  readonly at: Milliseconds;
  readonly level: Fraction;
}

/** Power from a slope, and what one step of the level is worth over that time. */
export interface Slope {
  readonly watts: Watts;
  readonly step: Watts;
}

/**
 * Watts from how fast a battery's level falls: E = drop * capacity. Browsers round the level, mostly
 * to hundredths, so only the moments at which it changes are exact: from the first change to the
 * last one.
 * @param readings in the order of time, the first when watching began
 * @param wattHours what the battery holds when full
 * @returns null where it fell fewer than two times, or rose
 */
export function slopeOf(readings: readonly BatteryReading[], wattHours: number): Slope | null {
  const changes = readings.filter(({ level }, i) => i > 0 && level !== readings[i - 1]?.level);
  const [first] = changes;
  const last = changes.at(-1);
  if (!first || !last || first === last) return null;
  const rising = readings.some(({ level }, i) => level > (readings[i - 1]?.level ?? 1));
  const seconds = (last.at - first.at) / 1000;
  if (rising || seconds <= 0) return null;
  const joules = wattHours * 3600;
  const steps = changes.slice(1).map(({ level }, i) => (changes[i]?.level ?? level) - level);
  return {
    watts: ((first.level - last.level) * joules) / seconds,
    // The system looks at its battery every half minute or so: each end may be late by as much.
    step: Math.max((Math.min(...steps) * joules) / seconds / 2, 0),
  };
}
