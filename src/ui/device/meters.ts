import type { MeterKind } from '../../core/energy/calibration.ts';

/** How a person reads power on a kind of device, in steps that can be followed. */
export interface Meter {
  readonly kind: MeterKind;
  readonly title: string;
  /** In a sentence: "read from a wall or USB meter". */
  readonly name: string;
  readonly steps: readonly string[];
  /** A command to type, where there is one. */
  readonly command: string | null;
  /** What it sees and what it does not. */
  readonly sees: string;
}

export const METERS: readonly Meter[] = [
  {
    kind: 'plug',
    title: 'Wall or USB-C power meter',
    name: 'a wall or USB meter',
    steps: [
      'Charge the battery fully, or take it out; otherwise the meter also sees the charging.',
      'Plug the device into the meter and set it to show watts.',
      'In each step below, note the watts of the last ten seconds, averaged by eye.',
    ],
    command: null,
    sees: 'The whole device with its power supply, screen and memory.',
  },
  {
    kind: 'powermetrics',
    title: 'macOS: powermetrics',
    name: 'powermetrics',
    steps: [
      'Open Terminal and start this command; it asks for your password.',
      'Read “Combined Power (CPU + GPU + ANE)”. It is in milliwatts: 5300 mW are 5.3 W.',
      'In each step below, average the last ten lines.',
    ],
    command: 'sudo powermetrics --samplers cpu_power,gpu_power -i 1000',
    sees: 'The chip’s own estimate for CPU, GPU and neural engine; not the screen, memory or power supply.',
  },
  {
    kind: 'rapl',
    title: 'Linux: RAPL (turbostat, powerstat)',
    name: 'RAPL',
    steps: [
      'Open a terminal and start this command; or “sudo powerstat -R 1”.',
      'Read the column PkgWatt, or “Watts” of powerstat.',
      'In each step below, average the last five lines.',
    ],
    command: 'sudo turbostat --quiet --Summary --show PkgWatt --interval 2',
    sees: 'The processor package, as it reports itself; not the screen, memory, disk or power supply.',
  },
  {
    kind: 'profiler',
    title: 'Firefox: the Profiler’s power tracks',
    name: 'the Firefox Profiler',
    steps: [
      'In Firefox, open profiler.firefox.com, enable the toolbar button and choose the preset “Power”.',
      'Start recording, run a step below, and capture.',
      'Select the step’s time on the power track: its tooltip shows the average power.',
    ],
    command: null,
    sees: 'The processor package, on Windows, macOS and Linux with RAPL; not the screen or power supply.',
  },
  {
    kind: 'battery',
    title: 'The battery’s level',
    name: 'the battery',
    steps: [
      'Unplug the power supply, keep the screen on and its brightness fixed.',
      'Enter the battery’s capacity in Wh, from its label or the system’s battery report.',
      'Each step takes 10 to 20 minutes, in which the level must fall by two percentage points; there is nothing to read.',
    ],
    command: null,
    sees: 'The whole device, coarsely: browsers report the level in whole per cent.',
  },
];

export const meterOf = (kind: MeterKind): Meter =>
  METERS.find((meter) => meter.kind === kind) as Meter;

/** How long each step may last. */
const DURATIONS: Readonly<Record<'meter' | 'battery', readonly (readonly [number, string])[]>> = {
  meter: [
    [30, '30 seconds'],
    [60, 'a minute'],
    [120, '2 minutes'],
    [5, '5 seconds (short: trust it less)'],
  ],
  battery: [
    [600, '10 minutes'],
    [1200, '20 minutes'],
  ],
};

export const durationsOf = (kind: MeterKind) => DURATIONS[kind === 'battery' ? 'battery' : 'meter'];
