import * as v from 'valibot';
import { BackendSchema } from '../../backends/schema.ts';

const rate = v.pipe(v.number(), v.finite(), v.gtValue(0));

const CeilingSchema = v.object({
  value: rate,
  low: rate,
  high: rate,
  samples: v.pipe(v.number(), v.integer(), v.minValue(1)),
  unit: v.picklist(['GFLOP/s', 'GOP/s', 'GB/s']),
  probe: v.string(),
});

/** As it is stored. */
export const CeilingsSchema = v.object({
  backend: BackendSchema,
  build: v.string(),
  compute: v.object({
    fp32: CeilingSchema,
    int8: v.exactOptional(CeilingSchema),
    fp16: v.exactOptional(CeilingSchema),
  }),
  bandwidth: CeilingSchema,
  measuredAt: v.pipe(v.string(), v.isoTimestamp()),
});

/**
 * What the device was seen to reach, in 10^9 per second; a multiplication and an addition are two
 * operations. `value` is the 75th percentile of the samples, where the fastest quartile begins:
 * what disturbs a run only makes it slower. `low` and `high` are the slowest and the fastest.
 */
export type Ceiling = Readonly<v.InferOutput<typeof CeilingSchema>>;
export type CeilingUnit = Ceiling['unit'];

/**
 * What one backend of this device can do at most, as far as small probes can tell. int8 is absent
 * on WebGPU, where the runtime has no int8 arithmetic; fp16 on WASM, which computes it as float32,
 * and without shader-f16. `bandwidth` counts bytes read and written; `measuredAt` is ISO 8601.
 */
export type Ceilings = Readonly<v.InferOutput<typeof CeilingsSchema>>;
