import type { DeviceClass } from '../../core/energy/priors.ts';
import { device } from '../device/device.ts';
import { type BenchState, bench } from './bench.ts';
import { laneChoices } from './selectors.ts';

const DEVICE_CLASS_KEY = 'device-class';

export function chooseModel(modelId: string): void {
  bench.setState({ modelId, chosen: null, dimensions: {} });
}

export function toggleLane(id: string): void {
  const choices = laneChoices(bench.getState(), device.getState());
  const chosen = new Set(choices.filter((choice) => choice.chosen).map(({ lane }) => lane.id));
  if (!chosen.delete(id)) chosen.add(id);
  bench.setState({ chosen });
}

export function setStop(stop: BenchState['stop']): void {
  bench.setState({ stop });
}

export function setDimension(name: string, size: number): void {
  bench.setState(({ dimensions }) => ({ dimensions: { ...dimensions, [name]: size } }));
}

export function dismissRefusal(): void {
  bench.setState({ refusal: null });
}

/** Remembered for this browser, since a device does not change its class. */
export function pickDeviceClass(pickedClass: DeviceClass): void {
  device.setState({ pickedClass });
  try {
    localStorage.setItem(DEVICE_CLASS_KEY, pickedClass);
  } catch {
    // Storage is off: it holds until the page closes.
  }
}

export function recallDeviceClass(): void {
  try {
    const kept = localStorage.getItem(DEVICE_CLASS_KEY);
    if (kept === 'phone' || kept === 'laptop' || kept === 'desktop') {
      device.setState({ pickedClass: kept });
    }
  } catch {
    // Storage is off: nothing was remembered.
  }
}
