import * as v from 'valibot';
import type { FoundKind } from '../../../core/modes/found.ts';
import { oneLaneEntries, oneLaneOf } from '../../../core/modes/oneLane.ts';
import { ErrorSchema } from '../../../core/race/schema.ts';
import { amount, durations, whole } from '../../../core/schema/numbers.ts';
import { reads } from '../../../core/schema/reads.ts';
import { batchFigures, batchHeadline } from './batchFigures.ts';
import type { BatchRecord } from './record.ts';

export interface BatchesFound {
  readonly kind: 'batches';
  readonly record: BatchRecord;
}

const RecordSchema = reads<BatchRecord>()(
  v.object({
    ...oneLaneEntries,
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

export const batchReports: FoundKind<BatchesFound> = {
  schema: v.object({ kind: v.literal('batches'), record: RecordSchema }),
  table: {
    columns: ['lane', 'batch', 'ms', 'error'],
    *rows({ record: { lane, points } }) {
      for (const { batch, ms, error } of points) {
        for (const sample of ms) yield [lane.id, batch, sample, ''];
        if (error) yield [lane.id, batch, '', error.message];
      }
    },
  },
  lanes: oneLaneOf,
  samples: ({ record }) => record.points.reduce((sum, { ms }) => sum + ms.length, 0),
  headline: ({ found: { record } }) => batchHeadline(record, batchFigures(record)),
  settings: ({ record }) => [{ title: 'Free dimension', value: record.dimension }],
};
