import * as v from 'valibot';
import type { FoundKind } from '../../../core/modes/found.ts';
import { oneLaneEntries, oneLaneOf } from '../../../core/modes/oneLane.ts';
import { durations, finite, positive, whole } from '../../../core/schema/numbers.ts';
import { reads } from '../../../core/schema/reads.ts';
import { loadFigures } from './figures.ts';
import type { LoadRecord } from './record.ts';
import { loadHeadline } from './words.ts';

export interface LoadFound {
  readonly kind: 'load';
  readonly record: LoadRecord;
}

const PointSchema = v.pipe(
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
    'more requests ended than had arrived',
  ),
);

const RecordSchema = reads<LoadRecord>()(
  v.object({ ...oneLaneEntries, seed: finite, points: v.array(PointSchema) }),
);

export const loadReports: FoundKind<LoadFound> = {
  schema: v.object({ kind: v.literal('load'), record: RecordSchema }),
  table: {
    columns: ['lane', 'arrivals', 'per_second', 'clients', 'arrived_ms', 'started_ms', 'ended_ms'],
    *rows({ record: { lane, points } }) {
      for (const { arrivals, arrived, started, ended } of points) {
        const perSecond = arrivals.kind === 'open' ? arrivals.perSecond : '';
        const clients = arrivals.kind === 'closed' ? arrivals.clients : '';
        for (const [i, come] of arrived.entries()) {
          const served = [started[i] ?? '', ended[i] ?? ''];
          yield [lane.id, arrivals.kind, perSecond, clients, come, ...served];
        }
      }
    },
  },
  lanes: oneLaneOf,
  samples: ({ record }) => record.points.reduce((sum, { ended }) => sum + ended.length, 0),
  headline: ({ found: { record } }) => loadHeadline(record, record.points.map(loadFigures)),
  settings: ({ record }) => [{ title: 'Seed', value: String(record.seed) }],
};
