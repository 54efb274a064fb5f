/** Rises when the stored form changes. */
export const KEY = 'inferometer-energy-1';
export const FOOTPRINT_KEY = 'inferometer-footprint-1';

function isKept(): boolean {
  try {
    return [KEY, FOOTPRINT_KEY].some((key) => localStorage.getItem(key) !== null);
  } catch {
    // Storage is off.
    return false;
  }
}

/** Calibrations and electricity of earlier visits; the code for them comes only where some are. */
export async function recallEnergy(): Promise<void> {
  if (isKept()) (await import('./energyKept.ts')).recallKept();
}
