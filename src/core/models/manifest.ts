import * as v from 'valibot';
import { ArithmeticTask } from '../../tasks/arithmetic/core/task.ts';
import { FilesTaskSchema } from '../../tasks/files/core/task.ts';
import { PhotoSamples } from '../../tasks/photos/core/samples.ts';
import { PhotosTask } from '../../tasks/photos/core/task.ts';
import { SpeechClip, SpeechTask } from '../../tasks/speech/core/task.ts';
import { SpottingTaskSchema } from '../../tasks/spotting/core/task.ts';
import { fileName, readShipped, sha256 } from '../schema/shipped.ts';
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

const DigitEntry = v.object({
  kind: v.literal('digit'),
  input: v.string(),
  output: v.string(),
  labels: v.array(v.string()),
});

const ModelEntry = v.object({
  id: v.string(),
  title: v.string(),
  sentence: v.string(),
  task: v.variant('kind', [
    DigitEntry,
    PhotosTask,
    SpeechTask,
    FilesTaskSchema,
    SpottingTaskSchema,
    ArithmeticTask,
  ]),
  parameters: whole,
  macs: whole,
  licence: v.object({ spdx: v.string(), notice: v.string() }),
  samples: v.optional(v.union([Pack, PhotoSamples])),
  preview: v.optional(Pack),
  clips: v.optional(v.array(SpeechClip)),
  variants: v.pipe(v.array(VariantEntry), v.minLength(1)),
});

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
  return models.map(({ samples, preview, clips, ...entry }) => ({
    ...entry,
    ...(preview && { preview }),
    ...(clips && { clips }),
    ...(samples && ('photos' in samples ? { photos: samples } : { samples })),
    licence: `${entry.licence.spdx}. ${entry.licence.notice}`,
    variants: entry.variants.map(toVariant),
  }));
}
