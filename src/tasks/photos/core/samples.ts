import * as v from 'valibot';
import { PictureSample } from '../../../core/pictures/sample.ts';
import { fileName } from '../../../core/schema/shipped.ts';

/** A photo to try. */
const PhotoSample = v.object({
  ...PictureSample.entries,
  /** Its class; null where the model has none that fits without doubt, and so cannot be right. */
  class: v.nullable(v.pipe(v.string(), v.nonEmpty())),
});

/** The part of a manifest's entry that lists the photos; they lie in a folder beside the models. */
export const PhotoSamples = v.object({ folder: fileName, photos: v.array(PhotoSample) });

export type PhotoSamples = v.InferOutput<typeof PhotoSamples>;
