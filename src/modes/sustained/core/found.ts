import * as v from 'valibot';
import { PressureSchema } from '../../../core/conditions/schema.ts';
import { figure } from '../../../core/format.ts';
import type { FoundKind } from '../../../core/modes/found.ts';
import { oneLaneEntries, oneLaneOf } from '../../../core/modes/oneLane.ts';
import { FidelitySchema } from '../../../core/race/schema.ts';
import { amount, durations32, finite, positive, whole } from '../../../core/schema/numbers.ts';
import { reads } from '../../../core/schema/reads.ts';
import { sustainedFigures } from './figures.ts';
import type { SustainedRecord, SustainedSettings } from './record.ts';
import { sustainedHeadline } from './words.ts';

export interface SustainedFound {
  readonly kind: 'sustained';
  readonly settings: SustainedSettings;
  readonly record: SustainedRecord;
}

const SettingsSchema = reads<SustainedSettings>()(
  v.object({ seconds: positive, deadlineMs: positive, seed: finite }),
);

const RecordSchema = reads<SustainedRecord>()(
  v.object({
    ...oneLaneEntries,
    coldMs: v.nullable(amount),
    slices: v.array(v.object({ at: amount, batch: v.pipe(whole, v.minValue(1)), ms: durations32 })),
    pressure: v.array(v.object({ at: amount, state: PressureSchema })),
    repeats: FidelitySchema,
  }),
);

export const sustainedReports: FoundKind<SustainedFound> = {
  schema: v.object({
    kind: v.literal('sustained'),
    settings: SettingsSchema,
    record: RecordSchema,
  }),
  grows: {
    series: ({ record: { slices } }) => [
      { path: 'record.slices', length: slices.length, since: (index) => slices.slice(index) },
    ],
    emptied: (found) => ({ ...found, record: { ...found.record, slices: [] } }),
  },
  table: {
    columns: ['lane', 'slice_end_ms', 'batch', 'ms'],
    *rows({ record: { lane, slices } }) {
      for (const { at, batch, ms } of slices) {
        for (const sample of ms) yield [lane.id, at, batch, sample];
      }
    },
  },
  lanes: oneLaneOf,
  samples: ({ record }) => record.slices.reduce((sum, { ms }) => sum + ms.length, 0),
  lastAt: ({ record }) => record.slices.at(-1)?.at ?? 0,
  // The slow end is in no sentence, and costs the most.
  headline: ({ found: { record, settings } }) =>
    sustainedHeadline(record, settings, sustainedFigures(record, settings, false)),
  settings: ({ settings: { seconds, deadlineMs, seed } }) => [
    { title: 'Ran for', value: `${figure(seconds)} s` },
    { title: 'Deadline', value: `${figure(deadlineMs)} ms` },
    { title: 'Seed', value: String(seed) },
  ],
};
