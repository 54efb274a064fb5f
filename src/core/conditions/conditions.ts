import type { Calibration } from '../energy/calibration.ts';
import type { DeviceClass } from '../energy/priors.ts';
import type { Bytes, Fraction, Milliseconds } from '../units.ts';

/** What an operating system says of its processors' load (Compute Pressure, Chromium 125). */
export type Pressure = 'nominal' | 'fair' | 'serious' | 'critical';

export interface GpuConditions {
  readonly state: 'missing' | 'hardware' | 'software';
  /** What the adapter calls itself, or why there is none. */
  readonly name: string;
  readonly shaderF16: boolean;
}

/** What a measurement ran under: without it no two reports can be compared. */
export interface Conditions {
  /** "Chromium 156" */
  readonly browser: string;
  /** As the browser sends it; tells the operating system, coarsely. */
  readonly userAgent: string;
  /** The instrument's own version and the runtime's: "onnxruntime-web 1.30.0". */
  readonly instrument: string;
  readonly runtime: string;
  readonly isolated: boolean;
  readonly cores: number;
  readonly threads: number;
  readonly gpu: GpuConditions;
  readonly timerStep: Milliseconds;
  /** Rounded down and capped by browsers; null where not told. */
  readonly deviceMemory: Bytes | null;
  /** As picked by the user, or else as guessed. */
  readonly deviceClass: DeviceClass;
  /** null where there is none, or the browser hides it. */
  readonly battery: { readonly level: Fraction; readonly charging: boolean } | null;
  /** Watts that the user read on it and chose to use; null for none. */
  readonly calibration: Calibration | null;
  /** Just before the first lane started; null where the browser does not tell. */
  readonly pressure: Pressure | null;
}
