import { FOOTPRINT_KEY, KEY } from './energyKeys.ts';

function hasCalibrations(): boolean {
  try {
    return [KEY, FOOTPRINT_KEY].some((key) => localStorage.getItem(key) !== null);
  } catch {
    // Storage is off.
    return false;
  }
}

/** Calibrations and electricity of earlier visits; the code for them comes only where some are. */
export async function recallEnergy(): Promise<void> {
  if (hasCalibrations()) (await import('./calibrations.ts')).recallCalibrations();
}
