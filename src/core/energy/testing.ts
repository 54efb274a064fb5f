/** Fixtures for tests of energy. */
import type { Calibration, CalibrationRow } from './calibration.ts';

/** 10 W above 5 W idle for 25 s, of which 20 s were inferences; the meter has steps of 0.1 W. */
export const row = (more: Partial<CalibrationRow> = {}): CalibrationRow => ({
  load: 'Digits fp32',
  variant: null,
  backend: { kind: 'wasm', threads: 4 },
  wallSeconds: 25,
  busySeconds: 20,
  inferences: 1000,
  macs: null,
  bytes: null,
  wattsIdle: 5,
  wattsBusy: 15,
  wattsStep: 0.1,
  ...more,
});

export const calibrationOf = (...rows: readonly CalibrationRow[]): Calibration => ({
  id: 'one',
  device: 'X11; Linux x86_64; no GPU; 8 cores',
  meter: 'plug',
  short: false,
  madeAt: '2026-11-25T09:00:00.000Z',
  rows: [...rows],
});
