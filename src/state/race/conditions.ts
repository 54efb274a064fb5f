import type { Conditions, GpuConditions } from '../../core/conditions/conditions.ts';
import { INSTRUMENT, RUNTIME } from '../../core/report/instrument.ts';
import { type DeviceFacts, findBattery, type GpuFacts } from '../../engine/device/devices.ts';
import { pressureNow } from '../../engine/device/pressure.ts';
import { deviceClass } from '../bench/selectors.ts';
import { type DeviceState, device } from '../device/device.ts';

const gpuConditions = (gpu: GpuFacts): GpuConditions =>
  gpu.state === 'missing'
    ? { state: gpu.state, name: gpu.why, shaderF16: false }
    : { state: gpu.state, name: gpu.name, shaderF16: gpu.shaderF16 };

/** What the page runs under, as far as it was found without asking anew. */
export function conditionsFrom(facts: DeviceFacts, state: DeviceState): Conditions {
  const { browser, isolated, cores, threads, gpu, timerStep, deviceMemory, battery } = facts;
  return {
    browser,
    userAgent: navigator.userAgent,
    instrument: INSTRUMENT,
    runtime: RUNTIME,
    isolated,
    cores,
    threads,
    gpu: gpuConditions(gpu),
    timerStep,
    deviceMemory,
    deviceClass: deviceClass(state),
    battery,
    calibration: state.calibration,
    pressure: pressureNow(),
  };
}

/** What a measurement that starts now runs under; null before the page has looked. */
export async function takeConditions(): Promise<Conditions | null> {
  const state = device.getState();
  if (!state.facts) return null;
  // The pressure first: soon the measurement itself is what presses.
  const conditions = conditionsFrom(state.facts, state);
  return { ...conditions, battery: await findBattery() };
}
