import { Fault } from '../errors.ts';
import { type Random, seededRandom } from '../tensors/random.ts';
import {
  dynamicSizes,
  type ElementType,
  elementCount,
  type FeedInput,
  type FeedSet,
  resolveShape,
  type TensorArray,
  type TensorSpec,
} from '../tensors/tensors.ts';

/** Bits of 0.5 in float16; with a random fraction behind it, values from 0.5 to 1. */
const HALF = 0x3800;

type Fill = (count: number, random: Random) => TensorArray;

/**
 * How each element type is filled. Floats are uniform
 * from 0 to 1, which lies inside what most quantized inputs were calibrated for: numbers outside
 * would be clipped and make a good int8 file look wrong. Wide integers are mostly token
 * ids, masks or indices, so only 0 and 1 are certain to be inside every table they index.
 */
const FILLS: Readonly<Record<ElementType, Fill>> = {
  float32: (n, random) => Float32Array.from({ length: n }, random.unit),
  float64: (n, random) => Float64Array.from({ length: n }, random.unit),
  float16: (n, random) => Uint16Array.from({ length: n }, () => HALF + random.int(0, 1023)),
  int8: (n, random) => Int8Array.from({ length: n }, () => random.int(-128, 127)),
  uint8: (n, random) => Uint8Array.from({ length: n }, () => random.int(0, 255)),
  int16: (n, random) => Int16Array.from({ length: n }, () => random.int(0, 1)),
  uint16: (n, random) => Uint16Array.from({ length: n }, () => random.int(0, 1)),
  int32: (n, random) => Int32Array.from({ length: n }, () => random.int(0, 1)),
  uint32: (n, random) => Uint32Array.from({ length: n }, () => random.int(0, 1)),
  int64: (n, random) => BigInt64Array.from({ length: n }, () => BigInt(random.int(0, 1))),
  uint64: (n, random) => BigUint64Array.from({ length: n }, () => BigInt(random.int(0, 1))),
  bool: (n, random) => Uint8Array.from({ length: n }, () => random.int(0, 1)),
};

function fillOf(spec: TensorSpec): Fill {
  const fill = (FILLS as Readonly<Record<string, Fill>>)[spec.type];
  if (!fill) {
    throw new Fault(
      'UnsupportedInputError',
      `Input "${spec.name}" has element type ${spec.type}, for which no numbers can be made up.`,
    );
  }
  return fill;
}

/**
 * Feeds of seeded random numbers for a model of which only the declared inputs are known.
 * @param typed sizes for dynamic dimensions by name; others get their usual ones
 * @throws Fault UnsupportedInputError for a type or size that cannot be filled
 */
export function randomFeeds(
  specs: readonly TensorSpec[],
  typed: Readonly<Record<string, number>>,
  seed: number,
  count = 1,
): FeedSet {
  const sizes = dynamicSizes(specs, typed);
  const random = seededRandom(seed);
  const inputs = specs.map((spec): FeedInput => {
    const dims = resolveShape(spec, sizes);
    const data = fillOf(spec)(count * elementCount(dims), random);
    return { name: spec.name, type: spec.type as ElementType, dims, data };
  });
  return { count, inputs };
}
