import * as v from 'valibot';
import { fileName, readShipped, sha256 } from '../schema/shipped.ts';
import { carriedSchema, TaskSchema } from '../tasks/schema.ts';
import type { Model, Variant } from './model.ts';

const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
const whole = v.pipe(v.number(), v.integer(), v.minValue(0));
const Pack = v.object({ file: fileName, bytes: whole, sha256, count: whole });

const VariantEntry = v.object({
  id: v.string(),
  title: v.string(),
  precision: v.picklist(['fp32', 'fp16', 'int8', 'int4']),
  file: fileName,
  bytes: whole,
  sha256,
  made: v.string(),
  operators: v.record(v.string(), whole),
  accuracy: v.object({ value: share, correct: whole, of: whole, data: v.string() }),
});

const Common = v.object({
  id: v.string(),
  title: v.string(),
  sentence: v.string(),
  task: TaskSchema,
  parameters: whole,
  macs: whole,
  licence: v.object({ spdx: v.string(), notice: v.string() }),
  variants: v.pipe(v.array(VariantEntry), v.minLength(1)),
});

const Packs = v.object({ samples: v.exactOptional(Pack), preview: v.exactOptional(Pack) });

const ModelEntry = v.intersect([Common, carriedSchema('entry', Packs)]);

const Manifest = v.object({ version: v.literal(1), models: v.array(ModelEntry) });

function toVariant(entry: v.InferOutput<typeof VariantEntry>): Variant {
  const { file, sha256: digest, ...rest } = entry;
  return { ...rest, source: { kind: 'zoo', file, sha256: digest } };
}

/**
 * Reads the zoo's manifest (untrusted: it came over the network).
 * @throws Fault ManifestError naming the first field that is wrong.
 */
export function readManifest(json: unknown): Model[] {
  const { models } = readShipped(Manifest, json, 'models/manifest.json');
  return models.map((entry) => ({
    ...entry,
    licence: `${entry.licence.spdx}. ${entry.licence.notice}`,
    variants: entry.variants.map(toVariant),
  }));
}
