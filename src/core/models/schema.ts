import * as v from 'valibot';
import { amount, share, whole } from '../schema/numbers.ts';
import { reads } from '../schema/reads.ts';
import { carriedSchema, TaskSchema } from '../tasks/schema.ts';
import type { Model, Variant } from './model.ts';

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

const Common = v.object({
  id: v.string(),
  title: v.string(),
  sentence: v.string(),
  task: TaskSchema,
  variants: v.pipe(v.array(VariantSchema), v.minLength(1)),
  parameters: v.exactOptional(amount),
  macs: v.exactOptional(amount),
  licence: v.exactOptional(v.string()),
});

const Packs = v.object({ samples: v.exactOptional(Pack), preview: v.exactOptional(Pack) });

/** Of what the task's kind carries it knows only that it is read. */
export const ModelSchema: v.GenericSchema<unknown, Model> = v.intersect([
  reads<Omit<Model, 'samples' | 'preview'>>()(Common),
  carriedSchema('model', reads<Pick<Model, 'samples' | 'preview'>>()(Packs)),
]);
