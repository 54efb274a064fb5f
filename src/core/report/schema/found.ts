import * as v from 'valibot';
import type { BatchRecord } from '../../../modes/batches/core/record.ts';
import type { LoadRecord } from '../../../modes/load/core/record.ts';
import type { SustainedRecord, SustainedSettings } from '../../../modes/sustained/core/record.ts';
import { PressureSchema } from '../../conditions/schema.ts';
import type { Stop } from '../../race/race.ts';
import {
  ErrorSchema,
  FidelitySchema,
  LaneSchema,
  OpenedSchema,
  RaceRecordSchema,
} from '../../race/schema.ts';
import { amount, durations, durations32, finite, positive, whole } from '../../schema/numbers.ts';
import { reads } from '../../schema/reads.ts';
import type { RaceSettings } from '../report.ts';

const StopSchema = reads<Stop>()(
  v.variant('kind', [
    v.object({ kind: v.picklist(['seconds', 'enough']), seconds: positive }),
    v.object({ kind: v.literal('rounds'), rounds: v.pipe(whole, v.minValue(1)) }),
    v.object({ kind: v.literal('sweep') }),
  ]),
);

const SettingsSchema = reads<RaceSettings>()(
  v.object({
    stop: StopSchema,
    seed: finite,
    input: v.string(),
    dimensions: v.record(v.string(), finite),
  }),
);

const SustainedSettingsSchema = reads<SustainedSettings>()(
  v.object({
    seconds: positive,
    deadlineMs: positive,
    seed: finite,
  }),
);

const one = {
  lane: LaneSchema,
  excluded: whole,
  opened: v.nullable(OpenedSchema),
  died: v.nullable(ErrorSchema),
};

const SustainedSchema = reads<SustainedRecord>()(
  v.object({
    ...one,
    coldMs: v.nullable(amount),
    slices: v.array(v.object({ at: amount, batch: v.pipe(whole, v.minValue(1)), ms: durations32 })),
    pressure: v.array(v.object({ at: amount, state: PressureSchema })),
    repeats: FidelitySchema,
  }),
);

const LoadSchema = reads<LoadRecord>()(
  v.object({
    ...one,
    seed: finite,
    points: v.array(
      v.pipe(
        v.object({
          arrivals: v.variant('kind', [
            v.object({ kind: v.literal('open'), perSecond: positive }),
            v.object({ kind: v.literal('closed'), clients: v.pipe(whole, v.minValue(1)) }),
          ]),
          seconds: positive,
          arrived: durations,
          started: durations,
          ended: durations,
          waiting: whole,
        }),
        v.check(
          ({ arrived, started, ended }) =>
            started.length <= arrived.length && ended.length <= started.length,
          'more requests ended than had come',
        ),
      ),
    ),
  }),
);

const BatchesSchema = reads<BatchRecord>()(
  v.object({
    ...one,
    dimension: v.string(),
    points: v.array(
      v.object({
        batch: v.pipe(whole, v.minValue(1)),
        ms: durations,
        heap: amount,
        error: v.nullable(ErrorSchema),
      }),
    ),
  }),
);

/** As in a report's document: a race's record without the model, which stands beside it. */
export const FoundSchema = v.variant('kind', [
  v.object({ kind: v.literal('race'), settings: SettingsSchema, record: RaceRecordSchema }),
  v.object({
    kind: v.literal('sustained'),
    settings: SustainedSettingsSchema,
    record: SustainedSchema,
  }),
  v.object({ kind: v.literal('load'), record: LoadSchema }),
  v.object({ kind: v.literal('batches'), record: BatchesSchema }),
]);
