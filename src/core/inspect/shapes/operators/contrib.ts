import { TensorProto_DataType as T } from '../../../onnx/onnx_pb.ts';
import type { Dim } from '../dim.ts';
import { add, floorDivide, mul } from '../dims.ts';
import { tensorType } from '../types.ts';
import type { Rules, ShapeRule } from '../view.ts';
import { axisAt, unknownDims } from './axes.ts';
import { agreed, ofRank } from './checks.ts';
import { CREATE } from './create.ts';
import { gemm, multiplied, swapped } from './matmul.ts';
import { MOVE } from './move.ts';
import { SAMPLE } from './sample.ts';
import { convolved, images, transposedConvolved } from './window.ts';

const same: ShapeRule = (node) => [node.like(0, node.shape(0))];

/** Rules that an operator shares with its namesake in the default domain. */
const shared = (rules: Rules, ...names: string[]): Rules =>
  Object.fromEntries(Object.entries(rules).filter(([name]) => names.includes(name)));

/** transBatch*: the first axis goes behind the batch, before the last one. */
const batchSwapped = (shape: readonly Dim[] | null) =>
  shape && shape.length > 2 ? [...shape.slice(1, -1), shape[0] as Dim, shape.at(-1) as Dim] : shape;

const fusedMatMul: ShapeRule = (node) => {
  const operand = (index: number, name: string) => {
    const shape = node.shape(index);
    const moved = node.int(`transBatch${name}`, 0) ? batchSwapped(shape) : shape;
    return node.int(`trans${name}`, 0) ? swapped(moved) : moved;
  };
  return [node.like(0, multiplied(node, operand(0, 'A'), operand(1, 'B')))];
};

/** Weights of N rows, packed in blocks of a few bits. */
const packedMatMul: ShapeRule = (node) => {
  const shape = node.shape(0);
  if (shape) agreed('inner sizes of data and weights', shape.at(-1), node.int('K', null));
  const columns = node.int('N', null) ?? node.fresh();
  return [node.like(0, shape && [...shape.slice(0, -1), columns])];
};

/** As Gather, of values that lie packed in bytes along their last axis. */
const gatherPacked: ShapeRule = (node) => {
  const [data, indices] = [node.shape(0), node.shape(1)];
  if (!data || !indices) return [node.like(2, null)];
  const axis = axisAt(node.int('gather_axis', 0), data.length);
  const each = node.elem(0) === T.UINT8 ? 8 / node.int('bits', 4) : 1;
  const values = [...data.slice(0, -1), mul(data.at(-1) ?? 1, each)];
  return [node.like(2, [...values.slice(0, axis), ...indices, ...values.slice(axis + 1)])];
};

/** Transposed convolution whose pads are an input. */
const dynamicTransposed: ShapeRule = (node) => {
  // An empty list fits no rank, and so leaves the sizes open.
  const pads = node.has(2) ? (node.numbers(2) ?? []) : null;
  return [node.like(0, transposedConvolved(node, pads))];
};

const expandDims: ShapeRule = (node) => {
  const shape = node.shape(0);
  const at = node.numbers(1)?.[0];
  if (!shape || at === undefined)
    return [node.like(0, unknownDims(node, shape ? shape.length + 1 : null))];
  const axis = axisAt(at, shape.length + 1);
  return [node.like(0, [...shape.slice(0, axis), 1, ...shape.slice(axis)])];
};

/** Real signal [..., n] to [..., floor(n/2) + 1, 2], real and imaginary part last. */
const rfft: ShapeRule = (node) => {
  const shape = ofRank(node, 0, 1, Infinity);
  const bins = shape && add(floorDivide(shape.at(-1) as Dim, 2), 1);
  return [node.like(0, shape && bins !== null ? [...shape.slice(0, -1), bins, 2] : null)];
};

const irfft: ShapeRule = (node) => {
  const shape = ofRank(node, 0, 2, Infinity);
  if (!shape) return [node.like(0, null)];
  return [node.like(0, [...shape.slice(0, -2), mul(2, add(shape.at(-2) as Dim, -1))])];
};

/** Output, mean, inverse deviation, and the sum of input, skip and bias. */
const skipLayerNormalization: ShapeRule = (node) => {
  const shape = node.shape(0);
  const statistic = tensorType(T.FLOAT, shape && [...shape.slice(0, -1), 1]);
  return [node.like(0, shape), statistic, statistic, node.like(0, shape)];
};

/** Token ids [batch, sequence] to embeddings; a mask index per batch; the sum before scaling. */
const embedLayerNormalization: ShapeRule = (node) => {
  const ids = ofRank(node, 0, 2);
  const hidden = agreed('hidden sizes', node.shape(2)?.[1], node.shape(5)?.[0]) ?? node.fresh();
  const [batch, sequence] = ids ?? [node.fresh(), node.fresh()];
  const shape = [batch as Dim, sequence as Dim, hidden];
  return [node.like(2, shape), tensorType(T.INT32, [batch as Dim]), node.like(2, shape)];
};

/**
 * onnxruntime's own operators on floats, as its optimizers and exporters make them (version 1,
 * onnxruntime 1.30).
 */
export const CONTRIB: Rules = {
  ...shared(MOVE, 'Pad'),
  ...shared(CREATE, 'Range'),
  ...shared(SAMPLE, 'GridSample'),
  FusedConv: (node) => [node.like(0, convolved(node, images(node), node.shape(1)))],
  FusedMatMul: fusedMatMul,
  FusedMatMulActivation: fusedMatMul,
  TransposeMatMul: fusedMatMul,
  FusedGemm: (node) => [node.like(0, gemm(node, 0, 1))],
  MatMulNBits: packedMatMul,
  MatMulBnb4: packedMatMul,
  GatherBlockQuantized: gatherPacked,
  Gelu: same,
  FastGelu: same,
  QuickGelu: same,
  BiasGelu: same,
  BiasAdd: same,
  BiasSoftmax: same,
  GroupNorm: same,
  MoE: same,
  QMoE: same,
  SkipLayerNormalization: skipLayerNormalization,
  SkipSimplifiedLayerNormalization: skipLayerNormalization,
  EmbedLayerNormalization: embedLayerNormalization,
  ConvTransposeWithDynamicPads: dynamicTransposed,
  ExpandDims: expandDims,
  Trilu: same,
  Inverse: same,
  Rfft: rfft,
  Irfft: irfft,
};
