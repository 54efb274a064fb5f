/** What a report was measured under, in words. */

import type { Conditions, GpuConditions } from '../conditions/conditions.ts';
import { POWER_PRIORS } from '../energy/priors.ts';
import { figure, memoryChips, percent } from '../format.ts';
import type { ConditionRow } from '../modes/found.ts';
import { foundKind } from '../modes/register.ts';
import type { Milliseconds } from '../units.ts';
import type { Report } from './report.ts';

const SYSTEMS: readonly (readonly [RegExp, string])[] = [
  [/Android/, 'Android'],
  [/iPhone|iPad/, 'iOS'],
  [/Windows/, 'Windows'],
  [/CrOS/, 'ChromeOS'],
  [/Macintosh|Mac OS/, 'macOS'],
  [/Linux/, 'Linux'],
];

/** The operating system as the browser tells it: coarsely. iPads call themselves Macs. */
export const systemOf = (userAgent: string): string =>
  SYSTEMS.find(([sign]) => sign.test(userAgent))?.[1] ?? 'unknown system';

/** "Chromium 156 on Linux" */
export const browserLine = ({ browser, userAgent }: Conditions): string =>
  `${browser} on ${systemOf(userAgent)}`;

const GPUS: Readonly<Record<GpuConditions['state'], string>> = {
  hardware: 'WebGPU',
  software: 'software WebGPU',
  missing: 'no WebGPU',
};

const threads = (value: number): string => `${value} ${value === 1 ? 'thread' : 'threads'}`;

/** "Chromium 156 on Linux, 2 threads, no WebGPU" */
export const deviceSentence = (conditions: Conditions | null): string =>
  conditions
    ? `${browserLine(conditions)}, ${threads(conditions.threads)}, ${GPUS[conditions.gpu.state]}`
    : 'unknown device';

const step = (ms: Milliseconds): string => {
  if (!Number.isFinite(ms)) return 'it did not advance';
  return ms < 1 ? `${figure(ms * 1000)} µs` : `${figure(ms)} ms`;
};

function deviceRows(conditions: Conditions): ConditionRow[] {
  const { cores, gpu, battery, calibration, pressure, deviceMemory } = conditions;
  return [
    { title: 'Browser', value: browserLine(conditions) },
    { title: 'Kind of device', value: POWER_PRIORS[conditions.deviceClass].title },
    { title: 'WASM threads', value: `${conditions.threads} of ${cores} cores` },
    { title: 'GPU', value: gpu.state === 'missing' ? 'no WebGPU' : `${gpu.name} (${gpu.state})` },
    { title: 'shader-f16', value: gpu.shaderF16 ? 'yes' : 'no' },
    { title: 'Isolated', value: conditions.isolated ? 'yes' : 'no' },
    { title: 'Clock resolution', value: step(conditions.timerStep) },
    {
      title: 'Device memory',
      value: deviceMemory === null ? 'not reported' : memoryChips(deviceMemory),
    },
    {
      title: 'Battery',
      value: battery
        ? `${percent(battery.level)}, ${battery.charging ? 'charging' : 'discharging'}`
        : 'not reported',
    },
    { title: 'Pressure before', value: pressure ?? 'not reported' },
    {
      title: 'Power',
      value: calibration ? 'read from a meter' : 'estimated from the device class',
    },
    { title: 'Instrument', value: conditions.instrument },
    { title: 'Runtime', value: conditions.runtime },
  ];
}

/** Everything that two reports should have in common to be compared. */
export function conditionRows({ model, found, conditions }: Report): ConditionRow[] {
  return [
    { title: 'Model', value: model.title },
    ...foundKind(found.kind).settings(found),
    ...(conditions ? deviceRows(conditions) : []),
  ];
}
