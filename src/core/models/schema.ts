import * as v from 'valibot';
import { ArithmeticTask } from '../../tasks/arithmetic/core/task.ts';
import { FilesTaskSchema } from '../../tasks/files/core/task.ts';
import { PhotoSamples } from '../../tasks/photos/core/samples.ts';
import { PhotosTask } from '../../tasks/photos/core/task.ts';
import { SpeechClip, SpeechTask } from '../../tasks/speech/core/task.ts';
import { SpottingTaskSchema } from '../../tasks/spotting/core/task.ts';
import { amount, share, whole } from '../schema/numbers.ts';
import { reads } from '../schema/reads.ts';
import type { Task } from '../tasks/task.ts';
import type { Model, Variant } from './model.ts';

const Spec = v.object({
  name: v.string(),
  type: v.string(),
  shape: v.array(v.union([v.number(), v.string()])),
});
export const Specs = v.array(Spec);

const TaskSchema = reads<Task>()(
  v.variant('kind', [
    v.object({
      kind: v.literal('digit'),
      input: v.string(),
      output: v.string(),
      labels: v.array(v.string()),
    }),
    PhotosTask,
    SpeechTask,
    FilesTaskSchema,
    SpottingTaskSchema,
    ArithmeticTask,
    v.object({ kind: v.literal('generic'), seed: v.number(), inputs: Specs }),
  ]),
);

const Pack = v.object({ file: v.string(), bytes: amount, sha256: v.string(), count: whole });

export const VariantSchema = reads<Variant>()(
  v.object({
    id: v.string(),
    title: v.string(),
    precision: v.picklist(['fp32', 'fp16', 'int8', 'int4', 'unknown']),
    bytes: amount,
    source: v.variant('kind', [
      v.object({ kind: v.literal('zoo'), file: v.string(), sha256: v.string() }),
      v.object({ kind: v.literal('dropped'), file: v.string() }),
    ]),
    operators: v.exactOptional(v.record(v.string(), whole)),
    accuracy: v.exactOptional(
      v.object({ value: share, correct: whole, of: whole, data: v.string() }),
    ),
    pruned: v.exactOptional(v.boolean()),
    random: v.exactOptional(v.object({ operator: v.string(), node: v.string() })),
    made: v.exactOptional(v.string()),
  }),
);

export const ModelSchema = reads<Model>()(
  v.object({
    id: v.string(),
    title: v.string(),
    sentence: v.string(),
    task: TaskSchema,
    variants: v.pipe(v.array(VariantSchema), v.minLength(1)),
    parameters: v.exactOptional(amount),
    macs: v.exactOptional(amount),
    licence: v.exactOptional(v.string()),
    samples: v.exactOptional(Pack),
    preview: v.exactOptional(Pack),
    photos: v.exactOptional(PhotoSamples),
    clips: v.exactOptional(v.array(SpeechClip)),
  }),
);
