import { Fault } from '../../../core/errors.ts';
import {
  dimensionName,
  type FeedInput,
  type FeedSet,
  isNameless,
  type OutputTensor,
  requireRoom,
  shapeText,
  type TensorSpec,
} from '../../../core/tensors/tensors.ts';

/** Inputs in one inference that are tried, in this order. */
export const BATCH_SIZES = [1, 2, 4, 8, 16, 32, 64] as const;

const isFree = ({ shape }: TensorSpec): boolean => {
  const [first] = shape;
  return typeof first === 'string' || (first !== undefined && first < 0);
};

const isNamed = (dim: number | string | undefined): dim is string =>
  typeof dim === 'string' && !isNameless(dim);

/** The free batch dimension of a model's inputs, or a sentence why there is none. */
export type FreeBatch =
  | { readonly dimension: string; readonly inputs: readonly string[] }
  | { readonly missing: string };

/**
 * The dimension along which several inputs can go into one inference: the first one of an input,
 * where it is free. Inputs whose first dimension is fixed go along as they are.
 */
export function freeBatch(specs: readonly TensorSpec[]): FreeBatch {
  const free = specs.filter(isFree);
  const [lead] = free;
  if (!lead) {
    const shapes = specs.map((spec) => `${spec.name}[${shapeText(spec)}]`);
    return {
      missing: `The first dimension of its inputs is fixed: ${shapes.join(', ')}. Export the model with a free batch dimension to try several inputs at once.`,
    };
  }
  const names = new Set(free.flatMap(({ shape }) => (isNamed(shape[0]) ? [shape[0]] : [])));
  if (names.size > 1) {
    return {
      missing: `The first dimensions of its inputs are free but have different names: ${[...names].join(', ')}. A batch needs the same one in all inputs.`,
    };
  }
  const [name] = names;
  const elsewhere = name !== undefined && specs.some(({ shape }) => shape.indexOf(name, 1) > 0);
  if (elsewhere) {
    return {
      missing: `"${name}" is not only used as a first dimension, so several inputs cannot be stacked along it.`,
    };
  }
  return { dimension: dimensionName(lead, 0), inputs: free.map((spec) => spec.name) };
}

/** One input of a set, as often as asked for in one inference; a copy. */
export function stacked({ inputs }: FeedSet, batched: readonly string[], size: number): FeedSet {
  return {
    count: 1,
    inputs: inputs.map((input): FeedInput => {
      const [first = 1, ...rest] = input.dims;
      if (!batched.includes(input.name)) return { ...input };
      if (first !== 1) {
        throw new Fault(
          'SizeError',
          `Input "${input.name}" already holds ${first} inputs: set the size of its first dimension to 1.`,
        );
      }
      const one = input.data;
      requireRoom(one.byteLength, size);
      const Typed = one.constructor as new (length: number) => typeof one;
      const data = new Typed(one.length * size);
      // The same type of array, though the compiler sees only that it is one of them.
      for (let i = 0; i < size; i++) data.set(one as never, i * one.length);
      return { ...input, dims: [size, ...rest], data };
    }),
  };
}

/** The first input's share of a batch's outputs; outputs that are not batched as they are. */
export function firstOf(outputs: readonly OutputTensor[], size: number): OutputTensor[] {
  return outputs.map((output) => {
    const [first, ...rest] = output.dims;
    if (first !== size) return output;
    const data = output.data.slice(0, output.data.length / size) as typeof output.data;
    return { ...output, dims: [1, ...rest], data };
  });
}
