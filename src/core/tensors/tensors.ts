import { Fault } from '../errors.ts';
import { bytes, count as whole } from '../format.ts';
import type { Bytes } from '../units.ts';

/** Element types by their ONNX names as the runtime spells them. */
export type ElementType =
  | 'float32'
  | 'float64'
  | 'float16'
  | 'int8'
  | 'uint8'
  | 'int16'
  | 'uint16'
  | 'int32'
  | 'uint32'
  | 'int64'
  | 'uint64'
  | 'bool';

export type TensorArray =
  | Float32Array<ArrayBuffer>
  | Float64Array<ArrayBuffer>
  | Int8Array<ArrayBuffer>
  | Uint8Array<ArrayBuffer>
  | Int16Array<ArrayBuffer>
  | Uint16Array<ArrayBuffer>
  | Int32Array<ArrayBuffer>
  | Uint32Array<ArrayBuffer>
  | BigInt64Array<ArrayBuffer>
  | BigUint64Array<ArrayBuffer>;

/** A declared input or output; a dimension is a size, or dynamic: its name, or -1 without one. */
export interface TensorSpec {
  readonly name: string;
  readonly type: string;
  readonly shape: readonly (number | string)[];
}

/** The type of a declared output that is no tensor, but a list or a map. */
export const NO_TENSOR = 'not a tensor';

/** Whether a declared output can be read as numbers: no list, no map, no text. */
export const holdsNumbers = ({ type }: Pick<TensorSpec, 'type'>): boolean =>
  type !== NO_TENSOR && type !== 'string';

/** One model input for every feed of a set. */
export interface FeedInput {
  readonly name: string;
  readonly type: ElementType;
  /** Dimensions of one feed. */
  readonly dims: readonly number[];
  /** count * product(dims) elements, feed after feed; float16 as its 16-bit patterns. */
  readonly data: TensorArray;
}

/** `count` complete inputs of a model; what one inference consumes is one feed. */
export interface FeedSet {
  readonly count: number;
  readonly inputs: readonly FeedInput[];
  /** What a model with a memory remembers from one feed to the next; each lane its own. */
  readonly recurrent?: readonly RecurrentState[];
  /** Feeds that begin with the memory in `inputs`; the first always does. */
  readonly starts?: readonly number[];
}

/** An output of one inference that is an input of the next, whatever its size by then. */
export interface RecurrentState {
  readonly output: string;
  readonly input: string;
}

/** One output of one inference; every element type is widened to a JS number. */
export interface OutputTensor {
  readonly name: string;
  readonly dims: readonly number[];
  readonly data: Float32Array | Float64Array;
}

/** False for dynamic dimensions: a name, or -1 without one. */
const isFixed = (dim: number | string): dim is number => typeof dim === 'number' && dim >= 0;

export function elementCount(dims: readonly number[]): number {
  return dims.reduce((product, dim) => product * dim, 1);
}

/** More elements than this (1 GiB of float32) cannot be meant for a bench in a browser. */
const MAX_ELEMENTS = 2 ** 28;

/**
 * Inputs of more than this cannot be made: the page, every lane's worker and the runtime in it hold
 * a copy each, and a runtime's memory ends at 4 GB.
 */
export const MAX_FEED_BYTES: Bytes = 2 ** 29;

/**
 * To be asked before feeds are allocated.
 * @param one bytes of all inputs of one inference
 * @throws Fault SizeError where `count` of them are more than fit
 */
export function requireRoom(one: Bytes, count: number): void {
  if (one * count <= MAX_FEED_BYTES) return;
  const each = count > 1 ? `${whole(count)} times ${bytes(one)}` : bytes(one);
  throw new Fault(
    'SizeError',
    `Its inputs would take ${each} of memory; the limit is ${bytes(MAX_FEED_BYTES)} for all together.`,
  );
}

/**
 * Sizes for a declared shape: dynamic dimensions take the size typed in for their name, else
 * their usual one.
 * @throws Fault SizeError for a size that is no positive whole number or far too big.
 */
export function resolveShape(
  spec: TensorSpec,
  sizes: Readonly<Record<string, number>>,
): readonly number[] {
  const dims = spec.shape.map((dim, axis) => (isFixed(dim) ? dim : sizeOf(spec, axis, sizes)));
  // A declared 0 is an empty tensor and the model's own affair; a typed one is a slip.
  const bad = dims.find(
    (dim, axis) => !Number.isInteger(dim) || dim < (spec.shape[axis] === 0 ? 0 : 1),
  );
  if (bad !== undefined) {
    throw new Fault('SizeError', `Input "${spec.name}" cannot have a size of ${bad}.`);
  }
  if (elementCount(dims) > MAX_ELEMENTS) {
    throw new Fault(
      'SizeError',
      `Input "${spec.name}" of ${dims.join(' × ')} would hold ${elementCount(dims)} numbers; the limit is ${MAX_ELEMENTS}.`,
    );
  }
  return dims;
}

/** What exporters write for every size that they do not know: Paddle "?", Keras "None", others "-1". */
const NO_NAMES: readonly string[] = ['', '?', 'None', '-1'];

/** Whether a dynamic dimension's name says nothing, not even that two that bear it are equal. */
export const isNameless = (dim: string): boolean => NO_NAMES.includes(dim);

/** A declared shape in words: "n,3,224", with a question mark for each size without a name. */
export const shapeText = ({ shape }: Pick<TensorSpec, 'shape'>): string =>
  shape
    .map((dim) => (isFixed(dim) || (typeof dim === 'string' && !isNameless(dim)) ? dim : '?'))
    .join(',');

/** The name a dynamic dimension goes by; nameless ones are called after their place. */
export function dimensionName(spec: TensorSpec, axis: number): string {
  const dim = spec.shape[axis];
  return typeof dim === 'string' && !isNameless(dim) ? dim : `${spec.name}[${axis}]`;
}

/** Sizes that a model was most likely made for, where it says nothing but a name. */
const USUAL = { image: 224, sequence: 128, cache: 32, other: 1 } as const;

/** The size of a dynamic dimension that nobody typed in; 1 for a batch. */
function usualSize(spec: TensorSpec, axis: number): number {
  // What attention remembers: [batch, heads, past, width], of which only the last is no size of a picture.
  if (spec.shape.length === 4 && axis === 2 && /past|cache/i.test(spec.name)) return USUAL.cache;
  // Images stand as [batch, channels, height, width]; 1 by 1 pixel fits through no network.
  if (spec.shape.length === 4 && axis >= 2) return USUAL.image;
  return /^(seq|tokens)/i.test(dimensionName(spec, axis)) ? USUAL.sequence : USUAL.other;
}

/** The size typed in for a dynamic dimension, or else its usual one. */
function sizeOf(spec: TensorSpec, axis: number, sizes: Readonly<Record<string, number>>): number {
  const name = dimensionName(spec, axis);
  return Object.hasOwn(sizes, name) ? (sizes[name] as number) : usualSize(spec, axis);
}

/** The size of every dynamic dimension, by name: as typed in, or else its usual one. */
export function dynamicSizes(
  specs: readonly TensorSpec[],
  typed: Readonly<Record<string, number>>,
): Record<string, number> {
  const sizes: Record<string, number> = {};
  for (const spec of specs) {
    spec.shape.forEach((dim, axis) => {
      const name = dimensionName(spec, axis);
      if (!isFixed(dim) && !Object.hasOwn(sizes, name)) sizes[name] = sizeOf(spec, axis, typed);
    });
  }
  return sizes;
}

/** True when two models can take the same inputs and be compared output by output. */
export function sameSpecs(a: readonly TensorSpec[], b: readonly TensorSpec[]): boolean {
  const key = (specs: readonly TensorSpec[]) =>
    specs
      .map(
        ({ name, type, shape }) =>
          `${name}:${type}:${shape.map((dim) => (isFixed(dim) ? dim : '?')).join(',')}`,
      )
      .sort()
      .join(';');
  return key(a) === key(b);
}
