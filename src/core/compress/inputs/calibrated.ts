/** What a recipe was calibrated on: with it, the recipe makes the same bytes again. */
import * as v from 'valibot';
import { count as counted } from '../../format.ts';
import { randomFeeds } from '../../race/inputs.ts';
import { whole } from '../../schema/numbers.ts';
import { sha256 } from '../../schema/shipped.ts';
import type { FeedSet, TensorSpec } from '../../tensors/tensors.ts';

const some = v.pipe(whole, v.minValue(1));

/** Made up, the same numbers for the same seed and sizes. */
const Noise = v.object({
  kind: v.literal('noise'),
  count: some,
  seed: v.pipe(v.number(), v.safeInteger()),
  /** Of the model's dynamic dimensions, by name. */
  sizes: v.record(v.string(), some),
});

/** The first of the inputs in these files. */
const Files = v.object({
  kind: v.literal('files'),
  count: some,
  files: v.array(v.object({ name: v.string(), sha256 })),
});

/** The first of the samples that come with the model. */
const Samples = v.object({ kind: v.literal('samples'), count: some });

export const CalibratedOnSchema = v.variant('kind', [Noise, Files, Samples]);
export type CalibratedOn = v.InferOutput<typeof CalibratedOnSchema>;
export type NoiseFacts = v.InferOutput<typeof Noise>;
export type FileFacts = v.InferOutput<typeof Files>['files'][number];

/** The seed of the noise that calibrates where no recipe names another. */
export const NOISE_SEED = 11;

/**
 * The inputs that noise stands for, in the page as in scripts.
 * @throws Fault UnsupportedInputError for a type or size that cannot be filled
 */
export const calibrationNoise = (
  specs: readonly TensorSpec[],
  { count, seed, sizes }: Omit<NoiseFacts, 'kind'>,
): FeedSet => randomFeeds(specs, sizes, seed, count);

/** "8 inputs of seeded noise" */
export const noiseTitle = (count: number): string =>
  `${counted(count)} ${count === 1 ? 'input' : 'inputs'} of seeded noise`;
