import { TensorProto_DataType as T } from '../../../onnx/onnx_pb.ts';
import type { Dim } from '../dim.ts';
import { add } from '../dims.ts';
import { tensorType } from '../types.ts';
import type { NodeView, Rules, ShapeRule } from '../view.ts';
import { axisAt, withDim } from './axes.ts';
import { agreed, ofRank } from './checks.ts';
import { broadcast } from './elementwise.ts';
import { gemm, multiplied } from './matmul.ts';
import { QUANTIZE } from './quantize.ts';
import { convolved, images, pooled } from './window.ts';

type Shape = readonly Dim[] | null;

const same: ShapeRule = (node) => [node.like(0, node.shape(0))];

/** [N, spatial…, C] as [N, C, spatial…]. */
const channelsFirst = (shape: Shape): Shape =>
  shape && [shape[0] as Dim, shape.at(-1) as Dim, ...shape.slice(1, -1)];

/** [N, C, spatial…] as [N, spatial…, C]. */
const channelsLast = (shape: Shape): Shape =>
  shape && [shape[0] as Dim, ...shape.slice(2), shape[1] as Dim];

/** Weights have the kernel last, or between the channels, as the input has it. */
function convolvedLast(node: NodeView, weights: Shape): Shape {
  const input = channelsFirst(images(node));
  const group = node.int('group', 1);
  const takes = (size: Dim | undefined) => typeof size === 'number' && size * group === input?.[1];
  const turned = takes(weights?.at(-1)) && !takes(weights?.[1]) ? channelsFirst(weights) : weights;
  return channelsLast(convolved(node, input, turned));
}

const nhwcConv: ShapeRule = (node) => [node.like(0, convolvedLast(node, node.shape(1)))];

const isLast = (node: NodeView) => node.int('channels_last', 0) !== 0;

const quantizedConv: ShapeRule = (node) => {
  const weights = node.shape(3);
  const shape = isLast(node)
    ? convolvedLast(node, weights)
    : convolved(node, images(node), weights);
  return [node.like(7, shape)];
};

const pooledLast = (node: NodeView) => channelsLast(pooled(node, channelsFirst(images(node))));

const averagePool: ShapeRule = (node) => [
  node.like(0, isLast(node) ? pooledLast(node) : pooled(node, images(node))),
];

const globalAveragePool: ShapeRule = (node) => {
  const shape = images(node);
  const channels = isLast(node) ? (shape?.length ?? 0) - 1 : 1;
  const kept = (axis: number) => axis === 0 || axis === channels;
  return [node.like(0, shape?.map((size, axis) => (kept(axis) ? size : 1)) ?? null)];
};

/** Two operands, each followed by its scale and zero point. */
const binary: ShapeRule = (node) => [node.like(0, broadcast(node, [node.shape(0), node.shape(3)]))];

const where: ShapeRule = (node) => [
  node.like(1, broadcast(node, [node.shape(0), node.shape(1), node.shape(4)])),
];

/** The result's scale and zero point, then triples of a tensor, its scale and its zero point. */
const concat: ShapeRule = (node) => {
  const shapes = node.inputs.slice(2).flatMap((type, i) => (i % 3 === 0 ? [type?.shape] : []));
  const [first, ...others] = shapes;
  if (!first || !shapes.every((shape) => shape?.length === first.length)) {
    return [node.like(1, null)];
  }
  const axis = axisAt(node.int('axis', 0), first.length);
  const length = others.reduce<Dim>(
    (sum, shape) => add(sum, shape?.[axis] as Dim),
    first[axis] as Dim,
  );
  const beside = first.map((_, at) =>
    agreed(`sizes of axis ${at}`, ...(at === axis ? [] : shapes.map((shape) => shape?.[at]))),
  );
  return [
    node.like(
      1,
      withDim(
        beside.map((size) => size ?? 0),
        axis,
        length,
      ),
    ),
  ];
};

/** Without a scale for the result, floats. */
const quantizedGemm: ShapeRule = (node) => {
  const shape = gemm(node, 0, 3);
  return [node.has(8) ? node.like(8, shape) : tensorType(T.FLOAT, shape)];
};

/** As LSTM with weights of [directions, input, 4·hidden], their scales and zero points behind. */
const dynamicLstm: ShapeRule = (node) => {
  const input = ofRank(node, 0, 3);
  const [steps, batch] = [input?.[0] ?? node.fresh(), input?.[1] ?? node.fresh()];
  const directions = node.text('direction', 'forward') === 'bidirectional' ? 2 : 1;
  const hidden = node.int('hidden_size', null) ?? ofRank(node, 2, 3)?.[1] ?? node.fresh();
  const last = node.like(0, [directions, batch, hidden]);
  return [node.like(0, [steps, directions, batch, hidden]), last, last];
};

/** onnxruntime's own operators on quantized data, and those with the channels last. */
export const CONTRIB_QUANTIZED: Rules = {
  ...QUANTIZE,
  QLinearConv: quantizedConv,
  QLinearAdd: binary,
  QLinearMul: binary,
  QLinearWhere: where,
  QLinearSigmoid: same,
  QLinearLeakyRelu: same,
  QLinearSoftmax: same,
  QLinearAveragePool: averagePool,
  QLinearGlobalAveragePool: globalAveragePool,
  QLinearConcat: concat,
  QGemm: quantizedGemm,
  MatMulIntegerToFloat: (node) => [node.like(2, multiplied(node, node.shape(0), node.shape(1)))],
  DynamicQuantizeMatMul: (node) => [node.like(0, multiplied(node, node.shape(0), node.shape(1)))],
  DynamicQuantizeLSTM: dynamicLstm,
  NhwcConv: nhwcConv,
  NhwcFusedConv: nhwcConv,
  NhwcMaxPool: (node) => [node.like(0, pooledLast(node))],
};
