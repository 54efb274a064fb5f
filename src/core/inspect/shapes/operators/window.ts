import { TensorProto_DataType as T } from '../../../onnx/onnx_pb.ts';
import type { Dim } from '../dim.ts';
import { add, ceilDivide, floorDivide, mul } from '../dims.ts';
import { tensorType } from '../types.ts';
import { Contradiction, type NodeView, type Rules, type ShapeRule } from '../view.ts';
import { shapeText, unknownDims } from './axes.ts';
import { agreed, ofRank, perAxis, sizesFrom } from './checks.ts';

type Shape = readonly Dim[] | null;

/** Sizes of a window's taps along each axis; null for one that is not known. */
type Kernel = readonly (number | null)[];

/**
 * Sizes after a window has slid over the spatial sizes `input` (ONNX, Conv and MaxPool):
 * floor((in + pads − ((kernel − 1)·dilation + 1)) / stride) + 1, with `ceil_mode` rounded up, where
 * a last window that would start in the end padding is dropped; with auto_pad SAME_*
 * ceil(in / stride).
 * @throws Contradiction for attributes of a wrong length and for a window that does not fit
 */
export function slide(node: NodeView, input: readonly Dim[], kernel: Kernel): Dim[] {
  const rank = input.length;
  const strides = perAxis(node, 'strides', rank);
  const dilations = perAxis(node, 'dilations', rank);
  const auto = node.text('auto_pad', 'NOTSET');
  const pads = auto === 'NOTSET' ? perAxis(node, 'pads', 2 * rank) : null;
  const ceil = node.int('ceil_mode', 0) !== 0;
  return input.map((size, i) => {
    const stride = strides?.[i] ?? 1;
    if (auto.startsWith('SAME')) return ceilDivide(size, stride);
    const taps = kernel[i] ?? null;
    if (taps === null) return node.fresh();
    const extent = (taps - 1) * (dilations?.[i] ?? 1) + 1;
    const [before, after] = [pads?.[i] ?? 0, pads?.[i + rank] ?? 0];
    const room = add(size, before + after - extent);
    if (typeof room === 'number' && room < 0) {
      throw new Contradiction(
        `A window of ${extent} does not fit into ${size} with ${before + after} of padding.`,
      );
    }
    if (!ceil) return add(floorDivide(room, stride), 1);
    const rounded = add(ceilDivide(room, stride), 1);
    // Without this much kernel the last window may start in the padding, and that depends on the size.
    if (after + stride <= extent) return rounded;
    if (typeof rounded !== 'number' || typeof size !== 'number') return node.fresh();
    return (rounded - 1) * stride >= size + before ? rounded - 1 : rounded;
  });
}

/** The kernel by its attribute, else by the spatial sizes of the weights. */
function kernelOf(node: NodeView, weights: readonly Dim[] | null, rank: number): Kernel {
  const taps = perAxis(node, 'kernel_shape', rank) ?? weights?.slice(2);
  if (!taps) return new Array(rank).fill(null);
  return taps.map((size) => (typeof size === 'number' ? size : null));
}

/**
 * [N, C, spatial…] and weights [M, C/group, kernel…] to [N, M, spatial…].
 * @throws Contradiction for channels that do not fit the weights, and as `slide`
 */
export function convolved(node: NodeView, input: Shape, weights: Shape): Shape {
  if (!input) return null;
  const [batch, channels] = input as [Dim, Dim];
  if (weights && weights.length !== input.length) {
    throw new Contradiction(
      `The input ${shapeText(input)} and the weights ${shapeText(weights)} must have the same rank.`,
    );
  }
  if (weights) checkGroups(node, channels, weights);
  const outer = weights?.[0] ?? node.fresh();
  const kernel = kernelOf(node, weights, input.length - 2);
  return [batch, outer, ...slide(node, input.slice(2), kernel)];
}

function checkGroups(node: NodeView, channels: Dim, weights: readonly Dim[]): void {
  const group = node.int('group', 1);
  const [outer, inner] = weights;
  if (typeof channels === 'number' && typeof inner === 'number' && channels !== inner * group) {
    throw new Contradiction(
      `The input has ${channels} channels, and the weights ${shapeText(weights)} in ${group} groups take ${inner * group}.`,
    );
  }
  if (typeof outer === 'number' && outer % group !== 0) {
    throw new Contradiction(`${outer} output channels cannot be split into ${group} groups.`);
  }
}

/**
 * ONNX, ConvTranspose: stride·(in − 1) + output_padding + ((kernel − 1)·dilation + 1) − pads, where
 * auto_pad SAME_* pads by what that is more than stride·in; or what `output_shape` says.
 */
export function transposedConvolved(node: NodeView, padding: readonly number[] | null): Shape {
  const input = images(node);
  const weights = input ? ofRank(node, 1, input.length) : node.shape(1);
  if (!input) return null;
  const rank = input.length - 2;
  const [batch, channels] = input as [Dim, Dim];
  agreed('channels of the input and of the weights', channels, weights?.[0]);
  const outer = weights ? mul(weights[1] as Dim, node.int('group', 1)) : node.fresh();
  // onnxruntime takes the whole shape here too; only its spatial end counts.
  const wanted = node.ints('output_shape')?.slice(-rank);
  if (wanted) return [batch, outer, ...wanted];
  const kernel = kernelOf(node, weights, rank);
  const strides = perAxis(node, 'strides', rank);
  const dilations = perAxis(node, 'dilations', rank);
  const more = perAxis(node, 'output_padding', rank);
  const same = node.text('auto_pad', 'NOTSET').startsWith('SAME');
  const sizes = input.slice(2).map((size, i) => {
    const [taps, stride] = [kernel[i] ?? null, strides?.[i] ?? 1];
    if (taps === null || (padding && padding.length !== 2 * rank)) return node.fresh();
    const extent = (taps - 1) * (dilations?.[i] ?? 1) + 1;
    const beyond = more?.[i] ?? 0;
    const pads = same
      ? Math.max(0, extent + beyond - stride)
      : (padding?.[i] ?? 0) + (padding?.[i + rank] ?? 0);
    return add(mul(stride, add(size, -1)), beyond + extent - pads);
  });
  return [batch, outer, ...sizes];
}

const explicitPads = (node: NodeView) =>
  node.text('auto_pad', 'NOTSET') === 'NOTSET' ? node.ints('pads') : null;

/** A window without weights over [N, C, spatial…]; the batch and the channels stay. */
export function pooled(node: NodeView, input: Shape): Shape {
  if (!input) return null;
  const kernel = perAxis(node, 'kernel_shape', input.length - 2);
  if (!kernel) throw new Contradiction(`${node.node.opType} has no kernel_shape.`);
  return [...input.slice(0, 2), ...slide(node, input.slice(2), kernel)];
}

/** An input of batch, channels and one or more spatial axes. */
export const images = (node: NodeView, index = 0): Shape => ofRank(node, index, 3, Infinity);

const pool: ShapeRule = (node) => {
  const shape = pooled(node, images(node));
  return [node.like(0, shape), tensorType(T.INT64, shape)];
};

const globalPool: ShapeRule = (node) => {
  const input = ofRank(node, 0, 2, Infinity);
  return [node.like(0, input?.map((size, i) => (i < 2 ? size : 1)) ?? null)];
};

/** [N, C, spatial…] to the sizes that were pooled, or those that the third input gives. */
const unpool: ShapeRule = (node) => {
  const input = images(node);
  if (!input) return [node.like(0, null)];
  if (node.has(2)) return [node.like(0, sizesFrom(node, 2) ?? unknownDims(node, input.length))];
  const rank = input.length - 2;
  const kernel = perAxis(node, 'kernel_shape', rank);
  const strides = perAxis(node, 'strides', rank);
  const pads = perAxis(node, 'pads', 2 * rank);
  const sizes = input.slice(2).map((size, i) => {
    const less = (pads?.[i] ?? 0) + (pads?.[i + rank] ?? 0);
    return add(mul(strides?.[i] ?? 1, add(size, -1)), (kernel?.[i] ?? 1) - less);
  });
  return [node.like(0, [...input.slice(0, 2), ...sizes])];
};

const conv: ShapeRule = (node) => [node.like(0, convolved(node, images(node), node.shape(1)))];

/** Convolution, pooling, and what undoes them. */
export const WINDOW: Rules = {
  Conv: conv,
  DeformConv: conv,
  ConvInteger: (node) => [tensorType(T.INT32, convolved(node, images(node), node.shape(1)))],
  QLinearConv: (node) => [node.like(7, convolved(node, images(node), node.shape(3)))],
  ConvTranspose: (node) => [node.like(0, transposedConvolved(node, explicitPads(node)))],
  MaxPool: pool,
  AveragePool: (node) => [node.like(0, pooled(node, images(node)))],
  LpPool: (node) => [node.like(0, pooled(node, images(node)))],
  GlobalAveragePool: globalPool,
  GlobalMaxPool: globalPool,
  GlobalLpPool: globalPool,
  MaxUnpool: unpool,
};
