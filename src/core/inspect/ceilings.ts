import type { Backend } from '../race/lane.ts';

export type CeilingUnit = 'GFLOP/s' | 'GOP/s' | 'GB/s';

/**
 * What the device was seen to reach, in 10^9 per second. A multiplication and an addition count
 * as two operations.
 */
export interface Ceiling {
  /** The fastest quartile's slowest sample (75th percentile of the rates). */
  readonly value: number;
  /** Slowest and fastest sample. */
  readonly low: number;
  readonly high: number;
  readonly samples: number;
  readonly unit: CeilingUnit;
}

/** What one backend of this device can do at most, as far as small probes can tell. */
export interface Ceilings {
  readonly backend: Backend;
  /** The runtime's build that ran the probes. */
  readonly build: string;
  readonly compute: {
    readonly fp32: Ceiling;
    /** Absent where int8 arithmetic does not run on this backend. */
    readonly int8?: Ceiling;
    /** Absent without shader-f16, and on WASM, which computes float16 as float32. */
    readonly fp16?: Ceiling;
  };
  /** Bytes read and written. */
  readonly bandwidth: Ceiling;
  /** ISO 8601 */
  readonly measuredAt: string;
}
