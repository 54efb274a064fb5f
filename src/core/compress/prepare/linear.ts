import type { NodeProto, TensorProto } from '../../onnx/onnx_pb.ts';
import { numberOf } from '../static/attributes.ts';
import { floatsOf } from '../static/weights.ts';
import { type Draft, isStandard } from './draft.ts';

/**
 * Weights as rows × columns × inner numbers in row-major order. Of rows and columns one are the
 * channels that the layer makes and the other those that it reads; with groups the columns are
 * those of the row's group.
 */
export interface WeightLayout {
  readonly rows: number;
  readonly columns: number;
  readonly inner: number;
  readonly groups: number;
  /** Whether a row makes a channel, as in Conv; else it reads one. */
  readonly rowsMake: boolean;
}

/** A node that multiplies activations by constant weights, and adds a constant bias. */
export interface LinearLayer {
  readonly node: NodeProto;
  /** Name of the activations it reads, of the layout [batch, channels, …] but for MatMul. */
  readonly input: string;
  readonly weight: TensorProto;
  readonly layout: WeightLayout;
  /** Channels made. */
  readonly outputs: number;
  /** Channels read. */
  readonly inputs: number;
}

const product = (sizes: readonly number[]): number => sizes.reduce((a, b) => a * b, 1);

function layoutOf(node: NodeProto, dims: readonly number[]): WeightLayout | null {
  const [rows = 0, columns = 0] = dims;
  switch (node.opType) {
    case 'Conv':
    case 'ConvTranspose': {
      if (dims.length < 3) return null;
      const groups = numberOf(node, 'group', 1);
      const inner = product(dims.slice(2));
      const rowsMake = node.opType === 'Conv';
      return rows % groups === 0 ? { rows, columns, inner, groups, rowsMake } : null;
    }
    case 'Gemm':
      if (dims.length !== 2 || numberOf(node, 'transA', 0) !== 0) return null;
      return { rows, columns, inner: 1, groups: 1, rowsMake: numberOf(node, 'transB', 0) !== 0 };
    case 'MatMul':
      return dims.length === 2 ? { rows, columns, inner: 1, groups: 1, rowsMake: false } : null;
    default:
      return null;
  }
}

/** The oldest operator set whose Gemm, Add and Mul broadcast as all later ones do. */
export const BROADCASTS_SINCE = 7;

/**
 * A Conv, ConvTranspose, Gemm or MatMul with constant float32 weights in second place; null for
 * any other node.
 */
export function linearOf(draft: Draft, node: NodeProto): LinearLayer | null {
  if (!isStandard(node, 'Conv', 'ConvTranspose', 'Gemm', 'MatMul')) return null;
  if (draft.opset < BROADCASTS_SINCE) return null;
  const weight = draft.floats(node.input[1] ?? '');
  if (!weight) return null;
  const layout = layoutOf(node, weight.dims.map(Number));
  if (!layout || layout.rows * layout.columns * layout.inner === 0) return null;
  const { rows, columns, groups, rowsMake } = layout;
  return {
    node,
    input: node.input[0] ?? '',
    weight,
    layout,
    outputs: rowsMake ? rows : columns * groups,
    inputs: rowsMake ? columns * groups : rows,
  };
}

/** Calls back for each run of `inner` weights between a channel read and a channel made. */
export function forEachPair(
  { rows, columns, inner, groups, rowsMake }: WeightLayout,
  visit: (made: number, read: number, start: number) => void,
): void {
  const perGroup = rows / groups;
  for (let row = 0; row < rows; row++) {
    const base = Math.floor(row / perGroup) * columns;
    for (let column = 0; column < columns; column++) {
      const start = (row * columns + column) * inner;
      if (rowsMake) visit(row, base + column, start);
      else visit(base + column, row, start);
    }
  }
}

/** Weights times a factor for each channel made and one for each read, rounded once. */
export function scaledWeights(
  { weight, layout }: LinearLayer,
  made: Float64Array | null,
  read: Float64Array | null,
): Float32Array {
  const from = floatsOf(weight, 1);
  const to = new Float32Array(from.length);
  forEachPair(layout, (o, i, start) => {
    const factor = (made ? (made[o] as number) : 1) * (read ? (read[i] as number) : 1);
    for (let k = start; k < start + layout.inner; k++) to[k] = (from[k] as number) * factor;
  });
  return to;
}

/** The place of the bias among a node's inputs; MatMul has none. */
export const BIAS = 2;

/**
 * What a layer adds to each channel that it makes, Gemm's beta included; zeros without a bias.
 * Null for a bias that is not constant, or that is not one number for each channel.
 */
export function biasOf(draft: Draft, { node, outputs }: LinearLayer): Float64Array | null {
  const name = node.input[BIAS] ?? '';
  if (name === '') return new Float64Array(outputs);
  const tensor = draft.floats(name);
  if (!tensor) return null;
  const dims = tensor.dims.map(Number);
  const elements = product(dims);
  const row = dims.slice(0, -1).every((dim) => dim === 1);
  if (!row || (elements !== outputs && elements !== 1)) return null;
  const beta = node.opType === 'Gemm' ? numberOf(node, 'beta', 1) : 1;
  const numbers = floatsOf(tensor, 1);
  return Float64Array.from({ length: outputs }, (_, i) => {
    return (numbers[elements === 1 ? 0 : i] as number) * beta;
  });
}

/** Gives a layer a bias in place of its own, one number for each channel that it makes. */
export function storeBias(draft: Draft, { node, outputs }: LinearLayer, bias: Float64Array): void {
  if (!node.input[BIAS] && bias.every((b) => b === 0)) return;
  draft.storeFor(node, BIAS, [outputs], bias);
  if (node.opType === 'Gemm') {
    node.attribute = node.attribute.filter(({ name }) => name !== 'beta');
  }
}

export const allFinite = (numbers: Float32Array | Float64Array): boolean => {
  for (let i = 0; i < numbers.length; i++) if (!Number.isFinite(numbers[i])) return false;
  return true;
};
