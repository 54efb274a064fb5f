import * as v from 'valibot';
import { fileName, sha256 } from '../schema/shipped.ts';

const text = v.pipe(v.string(), v.nonEmpty());

/** A picture to try, and whom to name beside it. */
export const PictureSample = v.object({
  file: fileName,
  bytes: v.pipe(v.number(), v.integer(), v.minValue(1)),
  sha256,
  /** What a person sees. */
  title: text,
  author: text,
  /** SPDX. */
  licence: text,
  source: text,
});

export type PictureSample = v.InferOutput<typeof PictureSample>;
