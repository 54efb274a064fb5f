import * as v from 'valibot';

const text = v.pipe(v.string(), v.nonEmpty());
/** Never a path: a manifest must not be able to point outside the models' folder. */
const fileName = v.pipe(v.string(), v.regex(/^\w[\w.-]*$/));

/** A photo to try, and whom to name beside it. */
export const PhotoSample = v.object({
  file: fileName,
  bytes: v.pipe(v.number(), v.integer(), v.minValue(1)),
  sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
  /** What a person sees. */
  title: text,
  /** Its class; null where the model has none that fits without doubt, and so cannot be right. */
  class: v.nullable(text),
  author: text,
  /** SPDX. */
  licence: text,
  source: text,
});

export type PhotoSample = v.InferOutput<typeof PhotoSample>;

/** The part of a manifest's entry that lists the photos; they lie in a folder beside the models. */
export const PhotoSamples = v.object({ folder: fileName, photos: v.array(PhotoSample) });

export type PhotoSamples = v.InferOutput<typeof PhotoSamples>;
