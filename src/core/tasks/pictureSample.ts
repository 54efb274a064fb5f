import * as v from 'valibot';

const text = v.pipe(v.string(), v.nonEmpty());

/** Never a path: a list of samples must not be able to point outside the models' folder. */
export const fileName = v.pipe(v.string(), v.regex(/^\w[\w.-]*$/));

/** A picture to try, and whom to name beside it. */
export const PictureSample = v.object({
  file: fileName,
  bytes: v.pipe(v.number(), v.integer(), v.minValue(1)),
  sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
  /** What a person sees. */
  title: text,
  author: text,
  /** SPDX. */
  licence: text,
  source: text,
});

export type PictureSample = v.InferOutput<typeof PictureSample>;
