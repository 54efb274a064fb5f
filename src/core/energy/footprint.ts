import type { Interval, Joules } from '../units.ts';
import { gridOf, WORLD } from './grids.ts';
import type { DeviceClass } from './priors.ts';

/** Watt-hours, litres, grams: what a number of joules comes down to. */
const JOULES_PER_WH = 3600;

const times = ({ low, high }: Interval, factor: number): Interval => ({
  low: low * factor,
  high: high * factor,
});

export const wattHours = (joules: Interval): Interval => times(joules, 1 / JOULES_PER_WH);

/** Grams of CO2 equivalent. */
export const carbonOf = (joules: Interval, gramsPerKwh: number): Interval =>
  times(wattHours(joules), gramsPerKwh / 1000);

/**
 * Litres: E * (WUE on site + PUE * WUE off site), where a device has PUE 1 and no water of its own
 * (Li et al., Making AI Less Thirsty, arXiv 2304.03271).
 */
export const waterOf = (joules: Interval, litresPerKwh: number): Interval =>
  times(wattHours(joules), litresPerKwh / 1000);

/** In whatever currency the price is in. */
export const costOf = (joules: Interval, pricePerKwh: number): Interval =>
  times(wattHours(joules), pricePerKwh / 1000);

/** A share of a full battery. */
export const batteryShare = (joules: Interval, batteryWh: number): Interval =>
  times(wattHours(joules), 1 / batteryWh);

/** What a class of device has, where the user has not typed it; null where that would be a guess. */
export const BATTERY_WH: Readonly<Record<DeviceClass, number | null>> = {
  phone: 15,
  laptop: 55,
  desktop: null,
  unknown: null,
};

/** What the user's electricity is like. */
export interface FootprintSettings {
  /** Id of a grid, or `own`. */
  readonly grid: string;
  /** For `own`; null until typed. */
  readonly ownGrams: number | null;
  /** Null leaves money out. */
  readonly pricePerKwh: number | null;
  readonly currency: string;
  /** Null takes that of the device's class. */
  readonly batteryWh: number | null;
}

export const FOOTPRINT_DEFAULTS: FootprintSettings = {
  grid: 'world',
  ownGrams: null,
  pricePerKwh: null,
  currency: '€',
  batteryWh: null,
};

export interface Footprint {
  readonly wattHours: Interval;
  /** Grams CO2 equivalent; null where the user's own figure is not typed yet. */
  readonly grams: Interval | null;
  readonly litres: Interval;
  /** Whether the water is the world's average because the grid's is not known. */
  readonly worldWater: boolean;
  readonly cost: Interval | null;
  readonly battery: {
    readonly share: Interval;
    readonly wh: number;
    /** The capacity is the class's, not typed. */
    readonly assumed: boolean;
  } | null;
}

/**
 * What a number of inferences comes down to.
 * @param each joules of one
 */
export function footprintOf(
  each: Interval,
  count: number,
  settings: FootprintSettings,
  device: DeviceClass,
): Footprint {
  const joules: { readonly low: Joules; readonly high: Joules } = times(each, count);
  const { grid, ownGrams, pricePerKwh, batteryWh } = settings;
  const { gramsPerKwh, litresPerKwh } = gridOf(grid);
  const grams = grid === 'own' ? ownGrams : gramsPerKwh;
  const wh = batteryWh ?? BATTERY_WH[device];
  return {
    wattHours: wattHours(joules),
    grams: grams === null ? null : carbonOf(joules, grams),
    litres: waterOf(joules, litresPerKwh ?? (WORLD.litresPerKwh as number)),
    worldWater: litresPerKwh === null || grid === 'own',
    cost: pricePerKwh === null ? null : costOf(joules, pricePerKwh),
    battery:
      wh === null ? null : { share: batteryShare(joules, wh), wh, assumed: batteryWh === null },
  };
}
