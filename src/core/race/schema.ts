/** What is read of races from storage and from files: untrusted, whoever wrote it. */
import * as v from 'valibot';
import { BackendSchema } from '../backends/schema.ts';
import { VariantSchema } from '../models/schema.ts';
import { amount, anyNumber, durations, share, values, values32, whole } from '../schema/numbers.ts';
import { reads } from '../schema/reads.ts';
import { Specs } from '../schema/specs.ts';
import type { LaneMemory, LaneOpened } from '../session/runner.ts';
import { steppedMedian } from '../stats/quantiles.ts';
import type { ErrorFacts } from './events.ts';
import type { Fidelity } from './fidelity.ts';
import type { Lane } from './lane.ts';
import type { LaneRecord, LaneTurn, RaceRecord } from './record.ts';

export const ErrorSchema = reads<ErrorFacts>()(
  v.object({
    name: v.string(),
    message: v.string(),
  }),
);

export const LaneSchema = reads<Lane>()(
  v.object({
    id: v.string(),
    variant: VariantSchema,
    backend: BackendSchema,
    reference: v.boolean(),
  }),
);

const MemorySchema = reads<LaneMemory>()(
  v.object({
    heap: amount,
    gpu: v.nullable(amount),
    gpuPeak: v.nullable(amount),
  }),
);

export const OpenedSchema = reads<LaneOpened>()(
  v.object({
    fetched: v.array(
      v.object({
        name: v.string(),
        bytes: amount,
        ms: amount,
        from: v.picklist(['network', 'cache', 'page']),
      }),
    ),
    runtimeMs: amount,
    runtimeMemory: MemorySchema,
    sessionMs: amount,
    inputs: Specs,
    outputs: Specs,
    placement: v.array(
      v.object({ provider: v.string(), nodes: whole, operators: v.array(v.string()) }),
    ),
    memory: MemorySchema,
  }),
);

export const FidelitySchema = reads<Fidelity>()(
  v.object({
    compared: whole,
    sameTop: whole,
    signal: anyNumber,
    noise: anyNumber,
    maxAbs: anyNumber,
    notFinite: whole,
    boxes: v.exactOptional(v.object({ matched: whole, found: whole, expected: whole })),
  }),
);

/** Its median is not stored: it follows from the samples. */
const TurnSchema = reads<LaneTurn>()(
  v.pipe(
    v.object({
      round: whole,
      at: amount,
      batch: v.pipe(whole, v.minValue(1)),
      ms: durations,
    }),
    v.transform((turn) => ({ ...turn, median: steppedMedian(turn.ms) })),
  ),
);

const StateSchema = reads<LaneRecord['state']>()(
  v.variant('name', [
    v.object({ name: v.picklist(['waiting', 'opening', 'racing', 'finished']) }),
    v.object({ name: v.literal('died'), error: ErrorSchema }),
  ]),
);

/** Data in the form of a kind of task, which reads them once the model is known. */
export const FormOfTask = v.custom<object>((value) => typeof value === 'object' && value !== null);

export const LaneRecordSchema = reads<LaneRecord>()(
  v.object({
    lane: LaneSchema,
    state: StateSchema,
    opened: v.nullable(OpenedSchema),
    coldMs: v.nullable(amount),
    turns: v.array(TurnSchema),
    batch: v.pipe(whole, v.minValue(1)),
    memory: v.nullable(MemorySchema),
    ledger: v.object({
      runtime: v.exactOptional(MemorySchema),
      session: v.exactOptional(MemorySchema),
      first: v.exactOptional(MemorySchema),
      running: v.exactOptional(MemorySchema),
    }),
    excluded: v.array(v.object({ round: whole, why: v.picklist(['hidden', 'clock']) })),
    repeats: FidelitySchema,
    answer: v.nullable(v.array(v.object({ name: v.string(), dims: v.array(whole), data: values }))),
    boxes: v.exactOptional(FormOfTask),
    fidelity: FidelitySchema,
    labelled: whole,
    correct: whole,
    drawn: v.exactOptional(whole),
    stream: v.exactOptional(values32),
  }),
);

/** The model stands once in a report, beside what was found. */
export const RaceRecordSchema = reads<Omit<RaceRecord, 'model'>>()(
  v.object({
    phase: v.picklist(['opening', 'cold', 'rounds', 'checking', 'done']),
    progress: share,
    unlabelled: v.nullable(ErrorSchema),
    lanes: v.pipe(
      v.array(LaneRecordSchema),
      v.minLength(1),
      v.check(
        (lanes) => new Set(lanes.map(({ lane }) => lane.id)).size === lanes.length,
        'two lanes have the same id',
      ),
      v.check(
        (lanes) => lanes.filter(({ lane }) => lane.reference).length <= 1,
        'two lanes claim to be the reference',
      ),
    ),
  }),
);
