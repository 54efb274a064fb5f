/** Calibrations that the user made or imported, and which of them is in use. */

import * as v from 'valibot';
import {
  type Calibration,
  CalibrationSchema,
  calibrationFile,
  deviceIdentity,
  readCalibrations,
} from '../../core/energy/calibration.ts';
import { FOOTPRINT_DEFAULTS, type FootprintSettings } from '../../core/energy/footprint.ts';
import { errorFacts } from '../../core/race/events.ts';
import type { DeviceFacts } from '../../engine/device/devices.ts';
import { device } from '../device/device.ts';
import { saveFile } from '../page/saveFile.ts';
import { type Chosen, energy } from './energy.ts';
import { FOOTPRINT_KEY, KEY } from './energyKeys.ts';

/** Nobody compares more by hand, and storage is not endless. */
const MAX_KEPT = 20;

const StoredSchema = v.object({
  kept: v.array(CalibrationSchema),
  chosen: v.nullable(v.object({ id: v.string(), device: v.string() })),
});

const positive = v.nullable(v.pipe(v.number(), v.finite(), v.gtValue(0)));
const FootprintSchema = v.object({
  grid: v.string(),
  ownGrams: positive,
  pricePerKwh: positive,
  currency: v.string(),
  batteryWh: positive,
});

export function deviceId({ gpu, cores }: DeviceFacts): string {
  const name = gpu.state === 'missing' ? 'no GPU' : gpu.name;
  return deviceIdentity(navigator.userAgent, name, cores);
}

export function thisDevice(): string | null {
  const { facts } = device.getState();
  return facts && deviceId(facts);
}

/** The chosen calibration, where it was chosen for this device. */
function inUse(): Calibration | null {
  const { kept, chosen } = energy.getState();
  if (!chosen || chosen.device !== thisDevice()) return null;
  return kept.find(({ id }) => id === chosen.id) ?? null;
}

/** Hands the calibration in use to all figures. */
function applyCalibration(): void {
  const calibration = inUse();
  if (device.getState().calibration !== calibration) device.setState({ calibration });
}

function read<T>(key: string, schema: v.GenericSchema<unknown, T>): T | null {
  try {
    return v.parse(schema, JSON.parse(localStorage.getItem(key) ?? ''));
  } catch {
    // Nothing was kept, storage is off, or it holds something else.
    return null;
  }
}

function write(key: string, value: unknown): void {
  try {
    localStorage.setItem(key, JSON.stringify(value));
  } catch {
    // Storage is off or full: it holds until the page closes.
  }
}

export function recallCalibrations(): void {
  const stored = read(KEY, StoredSchema);
  const footprint = read(FOOTPRINT_KEY, FootprintSchema) ?? FOOTPRINT_DEFAULTS;
  energy.setState({ ...(stored ?? { kept: [], chosen: null }), footprint });
  // Which calibration is of this device can be told once the device is known.
  device.subscribe(({ facts }, before) => {
    if (facts !== before.facts) applyCalibration();
  });
  applyCalibration();
}

function keep(kept: readonly Calibration[], chosen: Chosen | null): void {
  energy.setState({ kept: kept.slice(0, MAX_KEPT), chosen, refusal: null });
  write(KEY, { kept: energy.getState().kept, chosen });
  applyCalibration();
}

/** Keeps a calibration that was just made here, and uses it from now on. */
export function addCalibration(calibration: Calibration): void {
  const { kept } = energy.getState();
  keep([calibration, ...kept], { id: calibration.id, device: calibration.device });
}

/** Uses a kept one on this device, wherever it was made; null uses the class of the device again. */
export function chooseCalibration(id: string | null): void {
  const here = thisDevice();
  keep(energy.getState().kept, id !== null && here !== null ? { id, device: here } : null);
}

export function discardCalibration(id: string): void {
  const { kept, chosen } = energy.getState();
  const calibration = kept.find((each) => each.id === id);
  if (!calibration) return;
  const wasChosen = chosen?.id === id;
  keep(
    kept.filter((each) => each !== calibration),
    wasChosen ? null : chosen,
  );
  energy.setState({ discarded: { calibration, chosen: wasChosen ? chosen : null } });
}

export function restoreDiscarded(): void {
  const { discarded, kept, chosen } = energy.getState();
  if (!discarded) return;
  const all = [...kept, discarded.calibration].sort((a, b) => b.madeAt.localeCompare(a.madeAt));
  energy.setState({ discarded: null });
  keep(all, chosen ?? discarded.chosen);
}

export function exportCalibrations(): void {
  const text = calibrationFile(energy.getState().kept);
  saveFile(new Blob([text], { type: 'application/json' }), 'inferometer-energy.json');
}

/** Those that are here already stay as they are; the newest one made on this device is used. */
export async function importCalibrations(file: Blob): Promise<void> {
  try {
    const found = readCalibrations(await file.text());
    const { kept, chosen } = energy.getState();
    const known = new Set(kept.map(({ id }) => id));
    const all = [...kept, ...found.filter(({ id }) => !known.has(id))].sort((a, b) =>
      b.madeAt.localeCompare(a.madeAt),
    );
    const own = all.find((each) => each.device === thisDevice());
    keep(all, chosen ?? (own ? { id: own.id, device: own.device } : null));
  } catch (thrown) {
    energy.setState({ refusal: errorFacts(thrown) });
  }
}

export function dismissEnergyRefusal(): void {
  energy.setState({ refusal: null });
}

export function setFootprint(part: Partial<FootprintSettings>): void {
  const footprint = { ...energy.getState().footprint, ...part };
  energy.setState({ footprint });
  write(FOOTPRINT_KEY, footprint);
}
