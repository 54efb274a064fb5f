/** What a report was measured under, in words. */

import type { Conditions, GpuConditions } from '../conditions/conditions.ts';
import { POWER_PRIORS } from '../energy/priors.ts';
import { count, figure, list, memoryChips, percent } from '../format.ts';
import type { Stop } from '../race/race.ts';
import type { Milliseconds } from '../units.ts';
import type { Found, Report } from './report.ts';

export interface ConditionRow {
  readonly title: string;
  readonly value: string;
}

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
  if (!Number.isFinite(ms)) return 'it stood still';
  return ms < 1 ? `${figure(ms * 1000)} µs` : `${figure(ms)} ms`;
};

/** Sentence parts for how long a race was to go on. */
export function stopText(stop: Stop): string {
  switch (stop.kind) {
    case 'seconds':
      return `for ${figure(stop.seconds)} s`;
    case 'enough':
      return `until it was sure, at most ${figure(stop.seconds)} s`;
    case 'rounds':
      return `for ${count(stop.rounds)} rounds`;
    case 'sweep':
      return 'every input once';
    default:
      return stop satisfies never;
  }
}

function deviceRows(conditions: Conditions): ConditionRow[] {
  const { cores, gpu, battery, calibration, pressure, deviceMemory } = conditions;
  return [
    { title: 'Browser', value: browserLine(conditions) },
    { title: 'Kind of device', value: POWER_PRIORS[conditions.deviceClass].title },
    { title: 'WASM threads', value: `${conditions.threads} of ${cores} cores` },
    { title: 'GPU', value: gpu.state === 'missing' ? 'no WebGPU' : `${gpu.name} (${gpu.state})` },
    { title: 'shader-f16', value: gpu.shaderF16 ? 'yes' : 'no' },
    { title: 'Isolated', value: conditions.isolated ? 'yes' : 'no' },
    { title: 'Clock step', value: step(conditions.timerStep) },
    {
      title: 'Device memory',
      value: deviceMemory === null ? 'not told' : memoryChips(deviceMemory),
    },
    {
      title: 'Battery',
      value: battery
        ? `${percent(battery.level)}, ${battery.charging ? 'charging' : 'discharging'}`
        : 'not told',
    },
    { title: 'Pressure before', value: pressure ?? 'not told' },
    { title: 'Power', value: calibration ? 'watts read from a meter' : 'estimated by class' },
    { title: 'Instrument', value: conditions.instrument },
    { title: 'Runtime', value: conditions.runtime },
  ];
}

function settingRows(found: Found): ConditionRow[] {
  switch (found.kind) {
    case 'race': {
      const { stop, seed, input, dimensions } = found.settings;
      const sizes = Object.entries(dimensions).map(([name, size]) => `${name} ${size}`);
      return [
        { title: 'Input', value: input },
        { title: 'Raced', value: stopText(stop) },
        { title: 'Seed', value: String(seed) },
        ...(sizes.length > 0 ? [{ title: 'Sizes', value: list(sizes) }] : []),
      ];
    }
    case 'sustained': {
      const { seconds, deadlineMs, seed } = found.settings;
      return [
        { title: 'Ran for', value: `${figure(seconds)} s` },
        { title: 'Deadline', value: `${figure(deadlineMs)} ms` },
        { title: 'Seed', value: String(seed) },
      ];
    }
    case 'load':
      return [{ title: 'Seed', value: String(found.record.seed) }];
    case 'batches':
      return [{ title: 'Free dimension', value: found.record.dimension }];
    default:
      return found satisfies never;
  }
}

/** Everything that two reports should have in common to be compared. */
export function conditionRows({ model, found, conditions }: Report): ConditionRow[] {
  return [
    { title: 'Model', value: model.title },
    ...settingRows(found),
    ...(conditions ? deviceRows(conditions) : []),
  ];
}
