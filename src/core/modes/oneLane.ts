/** What modes share that put one lane through something. */
import * as v from 'valibot';
import type { ErrorFacts } from '../race/events.ts';
import type { Lane } from '../race/lane.ts';
import { ErrorSchema, LaneSchema, OpenedSchema } from '../race/schema.ts';
import { whole } from '../schema/numbers.ts';
import type { LaneOpened } from '../session/runner.ts';
import type { AnyFound } from './found.ts';

export interface OneLaneRecord {
  readonly lane: Lane;
  readonly opened: LaneOpened | null;
  /** What was left out or measured again, since the tab was hidden or a clock jumped. */
  readonly excluded: number;
  /** Why the lane ended early; null unless it did. */
  readonly died: ErrorFacts | null;
}

export interface OneLaneFound extends AnyFound {
  readonly record: OneLaneRecord;
}

/** The schema's part of such a record. */
export const oneLaneEntries = {
  lane: LaneSchema,
  excluded: whole,
  opened: v.nullable(OpenedSchema),
  died: v.nullable(ErrorSchema),
};

export const oneLaneOf = ({ record }: OneLaneFound): readonly Lane[] => [record.lane];
