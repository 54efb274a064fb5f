/** A device for tests: all that a good laptop has, but for what a test takes from it. */
import type { DeviceFacts, GpuFacts } from './devices.ts';

export const HARDWARE_GPU: GpuFacts & { readonly state: 'hardware' | 'software' } = {
  state: 'hardware',
  name: 'Some GPU',
  shaderF16: true,
  timestamps: true,
  largestBuffer: 2 ** 31,
};

export function deviceFacts(more: Partial<DeviceFacts> = {}): DeviceFacts {
  return {
    browser: 'Some 1',
    secure: true,
    isolated: true,
    cores: 8,
    threads: 8,
    simd: true,
    relaxedSimd: true,
    jspi: true,
    gpu: HARDWARE_GPU,
    webnn: { state: 'missing' },
    timerStep: 0.005,
    deviceMemory: null,
    heapLimit: null,
    battery: null,
    deviceClass: 'laptop',
    ...more,
  };
}
