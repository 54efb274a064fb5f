import type { NodeProto, TensorProto } from '../../onnx/onnx_pb.ts';
import { numberOf } from '../static/attributes.ts';
import { floatsOf } from '../static/weights.ts';
import { type Draft, isStandard } from './draft.ts';

/** y = scale * x + shift, with a pair of numbers for each channel (axis 1). */
export interface Affine {
  readonly scale: Float64Array;
  readonly shift: Float64Array;
}

/** Activations of the layout [batch, channels, …]. */
export interface Activations {
  readonly channels: number;
  readonly rank: number;
}

/**
 * A constant that is broadcast over activations as one number for each channel; null where it
 * differs along another axis or makes the activations larger.
 */
export function perChannel(
  tensor: TensorProto | null,
  { channels, rank }: Activations,
): Float64Array | null {
  if (!tensor) return null;
  const dims = tensor.dims.map(Number);
  if (dims.length > rank) return null;
  // Shapes are aligned at their ends.
  const axis = 1 - (rank - dims.length);
  const fits = dims.every((dim, i) => dim === 1 || (i === axis && dim === channels));
  if (!fits) return null;
  const numbers = floatsOf(tensor, 1);
  return Float64Array.from({ length: channels }, (_, c) =>
    numbers.length === 1 ? (numbers[0] as number) : (numbers[c] as number),
  );
}

/** scale * (x - mean) / sqrt(variance + epsilon) + bias, as BatchNormalization computes it. */
function normalization(draft: Draft, node: NodeProto, { channels }: Activations): Affine | null {
  const trains = numberOf(node, 'training_mode', 0) !== 0 || node.output.slice(1).some(Boolean);
  // Until operator set 9 there could be statistics for each element.
  if (trains || numberOf(node, 'spatial', 1) === 0) return null;
  const [gamma, beta, mean, variance] = node.input.slice(1).map((name) => {
    const tensor = draft.floats(name);
    return tensor && floatsOf(tensor, 1);
  });
  if (!gamma || !beta || !mean || !variance || gamma.length !== channels) return null;
  const epsilon = Math.fround(numberOf(node, 'epsilon', 1e-5));
  const scale = Float64Array.from(gamma, (g, c) => g / Math.sqrt((variance[c] ?? 0) + epsilon));
  const shift = scale.map((s, c) => (beta[c] ?? 0) - s * (mean[c] ?? 0));
  return { scale, shift };
}

const filled = (channels: number, x: number) => new Float64Array(channels).fill(x);

/**
 * What a node does to each channel of one of its inputs, where that is a product and a sum with
 * constants: BatchNormalization, Mul, Div, Add and Sub. Null for anything else.
 */
export function affineOf(
  draft: Draft,
  node: NodeProto,
  input: string,
  activations: Activations,
): Affine | null {
  if (isStandard(node, 'BatchNormalization')) {
    return node.input[0] === input ? normalization(draft, node, activations) : null;
  }
  if (!isStandard(node, 'Mul', 'Div', 'Add', 'Sub') || node.input.length !== 2) return null;
  const first = node.input[0] === input;
  const c = perChannel(draft.floats(node.input[first ? 1 : 0] ?? ''), activations);
  if (!c) return null;
  const { channels } = activations;
  switch (node.opType) {
    case 'Mul':
      return { scale: c, shift: filled(channels, 0) };
    case 'Div':
      return first ? { scale: c.map((x) => 1 / x), shift: filled(channels, 0) } : null;
    case 'Add':
      return { scale: filled(channels, 1), shift: c };
    default:
      return first
        ? { scale: filled(channels, 1), shift: c.map((x) => -x) }
        : { scale: filled(channels, -1), shift: c };
  }
}
