import { createStore } from 'zustand/vanilla';
import type { Calibration } from '../../core/energy/calibration.ts';
import type { DeviceClass } from '../../core/energy/priors.ts';
import type { DeviceFacts } from '../../engine/device/devices.ts';

export interface DeviceState {
  /** What was found; null while the page is still looking. */
  readonly facts: DeviceFacts | null;
  /** The class the user picked, which narrows the energy estimate; null leaves the guess. */
  readonly pickedClass: DeviceClass | null;
  /** Watts that the user read on this device, and chose to use; null for none. */
  readonly calibration: Calibration | null;
}

export const device = createStore<DeviceState>(() => ({
  facts: null,
  pickedClass: null,
  calibration: null,
}));
