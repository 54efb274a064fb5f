import * as v from 'valibot';
import { fileName, sha256 } from '../../../core/schema/shipped.ts';

const name = v.pipe(v.string(), v.nonEmpty());
const whole = v.pipe(v.number(), v.integer(), v.minValue(1));

/** The part of a manifest's entry that says what a model of photos sees and answers. */
export const PhotosTask = v.object({
  kind: v.literal('photos'),
  /** float32 [batch, 3, side, side]: red, green and blue, each (value - mean) / std of 0..255. */
  input: name,
  /** float32 [batch, classes]: logits. */
  output: name,
  /** Picture. */
  side: v.pipe(whole, v.maxValue(4096)),
  /** Side of the square in the middle that is seen, as a share of the picture's shorter side. */
  crop: v.pipe(v.number(), v.gtValue(0), v.maxValue(1)),
  mean: v.number(),
  std: v.pipe(v.number(), v.gtValue(0)),
  classes: whole,
  /** A file of its own beside the model: see `readLabels`. */
  labels: v.object({
    file: fileName,
    bytes: whole,
    sha256,
  }),
});

export type PhotosTask = v.InferOutput<typeof PhotosTask>;
