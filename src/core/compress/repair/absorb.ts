import type { NodeProto, TensorProto } from '../../onnx/onnx_pb.ts';
import { type Draft, isStandard } from '../prepare/draft.ts';
import {
  allFinite,
  biasOf,
  type LinearLayer,
  linearOf,
  scaledWeights,
  storeBias,
} from '../prepare/linear.ts';
import { floatsOf } from '../static/weights.ts';

/** What can multiply the channels (the last axis) of a tensor by factors at no cost. */
export interface Absorber {
  /** The node that does most of it, for people. */
  readonly title: string;
  readonly nodes: readonly NodeProto[];
  /** Whether float32 holds the products. */
  readonly fits: (factors: Float64Array) => boolean;
  /** Multiplies, for good. */
  readonly multiply: (factors: Float64Array) => void;
}

/** One number for each channel along the last axis, or one for all, spread; null for another shape. */
function spread(tensor: TensorProto, channels: number): Float32Array | null {
  const dims = tensor.dims.map(Number);
  const numbers = floatsOf(tensor, 1);
  if (numbers.length === 1 && dims.length <= 1) {
    return new Float32Array(channels).fill(numbers[0] as number);
  }
  const row = dims.at(-1) === channels && dims.slice(0, -1).every((dim) => dim === 1);
  return row ? numbers : null;
}

/** Something constant that can be multiplied. */
type Part = Pick<Absorber, 'fits' | 'multiply'> & { readonly node: NodeProto };

/** A constant in one place of a node, with a number for each channel. */
function vector(draft: Draft, node: NodeProto, place: number, channels: number): Part | null {
  const tensor = draft.floats(node.input[place] ?? '');
  const numbers = tensor && spread(tensor, channels);
  if (!tensor || !numbers) return null;
  const given = tensor.dims.map(Number);
  const dims = given.at(-1) === channels ? given : [channels];
  const times = (factors: Float64Array) => numbers.map((x, c) => x * (factors[c] as number));
  return {
    node,
    fits: (factors) => allFinite(times(factors)),
    multiply: (factors) => draft.storeFor(node, place, dims, times(factors)),
  };
}

/** The weights of a product and its bias. */
function product(draft: Draft, layer: LinearLayer): Part | null {
  const { node, weight } = layer;
  const bias = biasOf(draft, layer);
  if (!bias || draft.readings(node.input[1] ?? '') !== 1) return null;
  const sums = (factors: Float64Array) => bias.map((b, o) => b * (factors[o] as number));
  return {
    node,
    fits: (factors) =>
      allFinite(scaledWeights(layer, factors, null)) && allFinite(Float32Array.from(sums(factors))),
    multiply: (factors) => {
      draft.storeFor(node, 1, weight.dims.map(Number), scaledWeights(layer, factors, null));
      storeBias(draft, layer, sums(factors));
    },
  };
}

/** Places of the scale and the shift that a normalization ends with. */
const NORMALIZATIONS: ReadonlyMap<string, readonly number[]> = new Map([
  ['LayerNormalization', [1, 2]],
  ['SimplifiedLayerNormalization', [1]],
  ['RMSNormalization', [1]],
  ['SkipLayerNormalization', [2, 3]],
  ['SkipSimplifiedLayerNormalization', [2]],
]);

function normalization(draft: Draft, node: NodeProto, channels: number): Part[] | null {
  const places = NORMALIZATIONS.get(node.opType);
  const [scale] = places ?? [];
  if (!places || scale === undefined) return null;
  // A scale of one axis belongs to the last one.
  if (draft.floats(node.input[scale] ?? '')?.dims.length !== 1) return null;
  const parts = places
    .filter((place) => Boolean(node.input[place]))
    .map((place) => vector(draft, node, place, channels));
  return parts.every((part) => part !== null) ? parts : null;
}

/** The constants that make a tensor, and so can scale it; null where some of it comes from elsewhere. */
function partsOf(draft: Draft, tensor: string, channels: number): Part[] | null {
  const node = draft.producer(tensor);
  if (!node || node.output[0] !== tensor) return null;
  const inside = (name = '') =>
    draft.soleReader(name) === node ? partsOf(draft, name, channels) : null;
  const normalized = normalization(draft, node, channels);
  if (normalized) return normalized;
  if (isStandard(node, 'MatMul', 'Gemm')) {
    const layer = linearOf(draft, node);
    const part = layer && layer.outputs === channels ? product(draft, layer) : null;
    return part && [part];
  }
  if (isStandard(node, 'Relu', 'LeakyRelu', 'Identity')) return inside(node.input[0]);
  if (!isStandard(node, 'Mul', 'Add')) return null;
  const place = node.input.findIndex((name) => draft.constant(name) !== null);
  const part = place < 0 ? null : vector(draft, node, place, channels);
  if (node.opType === 'Mul') {
    if (place >= 0) return part && [part];
    // Either factor will do, as in gated layers.
    return inside(node.input[0]) ?? inside(node.input[1]);
  }
  const rest = part && inside(node.input[1 - place]);
  return part && rest && [...rest, part];
}

/**
 * What can take a factor per channel of the activations, or why nothing can.
 * @param readers how many of their readers know of the factor
 */
export function absorberOf(
  draft: Draft,
  activations: string,
  channels: number,
  readers: number,
): Absorber | string {
  if (draft.readings(activations) !== readers) {
    return 'something else reads its activations';
  }
  const parts = partsOf(draft, activations, channels);
  const last = parts?.at(-1);
  if (!parts || !last) {
    return 'its activations come from nothing constant that could be divided';
  }
  return {
    title: draft.ledger.title(last.node),
    nodes: [...new Set(parts.map(({ node }) => node))],
    fits: (factors) => parts.every((part) => part.fits(factors)),
    multiply: (factors) => {
      for (const part of parts) part.multiply(factors);
    },
  };
}
