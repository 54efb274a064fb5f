import { Fault } from '../errors.ts';
import { type Random, seededRandom } from '../tensors/random.ts';
import {
  dynamicSizes,
  type ElementType,
  elementCount,
  type FeedInput,
  type FeedSet,
  requireRoom,
  resolveShape,
  type TensorArray,
  type TensorSpec,
} from '../tensors/tensors.ts';
import type { Bytes } from '../units.ts';

/** Bits of 0.5 in float16; with a random fraction behind it, values from 0.5 to 1. */
const HALF = 0x3800;

/** How one element is made up; bigints go with 64-bit types. */
interface Fill {
  readonly array: { new (length: number): TensorArray; readonly BYTES_PER_ELEMENT: number };
  readonly next: (random: Random) => number | bigint;
}

const bit = (random: Random) => random.int(0, 1);
const bigBit = (random: Random) => BigInt(random.int(0, 1));
const unit = (random: Random) => random.unit();

/**
 * How each element type is filled. Floats are uniform
 * from 0 to 1, which lies inside what most quantized inputs were calibrated for: numbers outside
 * would be clipped and make a good int8 file look wrong. Wide integers are mostly token
 * ids, masks or indices, so only 0 and 1 are certain to be inside every table they index.
 */
const FILLS: Readonly<Record<ElementType, Fill>> = {
  float32: { array: Float32Array, next: unit },
  float64: { array: Float64Array, next: unit },
  float16: { array: Uint16Array, next: (random) => HALF + random.int(0, 1023) },
  int8: { array: Int8Array, next: (random) => random.int(-128, 127) },
  uint8: { array: Uint8Array, next: (random) => random.int(0, 255) },
  int16: { array: Int16Array, next: bit },
  uint16: { array: Uint16Array, next: bit },
  int32: { array: Int32Array, next: bit },
  uint32: { array: Uint32Array, next: bit },
  int64: { array: BigInt64Array, next: bigBit },
  uint64: { array: BigUint64Array, next: bigBit },
  bool: { array: Uint8Array, next: bit },
};

function fillOf(spec: TensorSpec): Fill {
  const fill = (FILLS as Readonly<Record<string, Fill>>)[spec.type];
  if (!fill) {
    throw new Fault(
      'ModelRejectedError',
      `Input "${spec.name}" has element type ${spec.type}, for which no numbers can be made up.`,
    );
  }
  return fill;
}

function filled({ array, next }: Fill, length: number, random: Random): TensorArray {
  const data = new array(length);
  for (let i = 0; i < length; i++) data[i] = next(random);
  return data;
}

/** What `randomFeeds` makes them from. */
export interface RandomRequest {
  readonly specs: readonly TensorSpec[];
  /** Sizes for dynamic dimensions by name; others get their usual ones. */
  readonly typed: Readonly<Record<string, number>>;
  readonly seed: number;
  readonly count: number;
}

/**
 * How much memory random feeds take, all together; counted before any of it is allocated.
 * @throws Fault ModelRejectedError for a type that cannot be filled, SizeError for a size that cannot or too much of them
 */
export function randomFeedBytes({ specs, typed, count }: Omit<RandomRequest, 'seed'>): Bytes {
  const sizes = dynamicSizes(specs, typed);
  const one = specs.reduce((sum, spec) => {
    const elements = elementCount(resolveShape(spec, sizes));
    return sum + elements * fillOf(spec).array.BYTES_PER_ELEMENT;
  }, 0);
  requireRoom(one, count);
  return one * count;
}

/**
 * Feeds of seeded random numbers for a model of which only the declared inputs are known. Millions
 * of numbers take seconds: the page asks `engine/race/noise.ts` for them.
 * @param typed sizes for dynamic dimensions by name; others get their usual ones
 * @throws Fault as `randomFeedBytes`
 */
export function randomFeeds(
  specs: readonly TensorSpec[],
  typed: Readonly<Record<string, number>>,
  seed: number,
  count = 1,
): FeedSet {
  randomFeedBytes({ specs, typed, count });
  const sizes = dynamicSizes(specs, typed);
  const random = seededRandom(seed);
  const inputs = specs.map((spec): FeedInput => {
    const dims = resolveShape(spec, sizes);
    const data = filled(fillOf(spec), count * elementCount(dims), random);
    return { name: spec.name, type: spec.type as ElementType, dims, data };
  });
  return { count, inputs };
}
