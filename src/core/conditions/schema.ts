import * as v from 'valibot';
import { CalibrationSchema } from '../energy/calibration.ts';
import { amount, anyNumber, share, whole } from '../schema/numbers.ts';
import { reads } from '../schema/reads.ts';
import type { Conditions, Pressure } from './conditions.ts';

export const PressureSchema = reads<Pressure>()(
  v.picklist(['nominal', 'fair', 'serious', 'critical']),
);

export const ConditionsSchema = reads<Conditions>()(
  v.object({
    browser: v.string(),
    userAgent: v.string(),
    instrument: v.string(),
    runtime: v.string(),
    isolated: v.boolean(),
    cores: v.pipe(whole, v.minValue(1)),
    threads: v.pipe(whole, v.minValue(1)),
    gpu: v.object({
      state: v.picklist(['missing', 'hardware', 'software']),
      name: v.string(),
      shaderF16: v.boolean(),
    }),
    /** Infinite where the clock was never seen to move. */
    timerStep: v.pipe(anyNumber, v.minValue(0)),
    deviceMemory: v.nullable(amount),
    deviceClass: v.picklist(['phone', 'laptop', 'desktop', 'unknown']),
    battery: v.nullable(v.object({ level: share, charging: v.boolean() })),
    calibration: v.nullable(CalibrationSchema),
    pressure: v.nullable(PressureSchema),
  }),
);
