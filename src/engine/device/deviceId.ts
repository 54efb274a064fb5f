import type { DeviceFacts } from './devices.ts';

/** What results belong to: another browser, GPU or number of cores has others. */
export function deviceId({ gpu, cores }: DeviceFacts): string {
  const gpuName = gpu.state === 'missing' ? 'no GPU' : gpu.name;
  return [navigator.userAgent, gpuName, `${cores} cores`].join('; ');
}
