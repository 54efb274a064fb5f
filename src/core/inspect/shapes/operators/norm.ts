import { TensorProto_DataType as T } from '../../../onnx/onnx_pb.ts';
import type { Dim } from '../dim.ts';
import { tensorType, type ValueType } from '../types.ts';
import type { NodeView, Rules, ShapeRule } from '../view.ts';
import { axisAt } from './axes.ts';
import { agreed, ofRank } from './checks.ts';

const same: ShapeRule = (node) => [node.like(0, node.shape(0))];

/** One value per channel of [N, C, …], as far as those inputs say which hold one per channel. */
function channelsOf(node: NodeView, inputs: readonly number[]): Dim | null {
  const input = node.shape(0);
  const own = input && (input.length > 1 ? input[1] : 1);
  const others = inputs.map((index) => ofRank(node, index, 1)?.[0]);
  return agreed(`channels of the input and of what ${node.node.opType} scales by`, own, ...others);
}

/** Y, and while training the running mean and variance (before opset 14 two saved ones more). */
const batchNormalization: ShapeRule = (node) => {
  const channels = channelsOf(node, [1, 2, 3, 4]);
  const statistics = [3, 4, 3, 4].map((index) =>
    node.like(index, channels === null ? null : [channels]),
  );
  return [node.like(0, node.shape(0)), ...statistics];
};

const instanceNormalization: ShapeRule = (node) => {
  channelsOf(node, [1, 2]);
  return same(node);
};

const groupNormalization: ShapeRule = (node) => {
  // Version 18 scaled by group.
  if (node.opset >= 21) channelsOf(node, [1, 2]);
  return same(node);
};

/** `shape` with 1 from an axis on: what a statistic over those axes is shaped like. */
function statistics(node: NodeView): readonly Dim[] | null {
  const input = node.shape(0);
  if (!input) return null;
  const from = axisAt(node.int('axis', -1), input.length);
  return input.map((size, axis) => (axis < from ? size : 1));
}

/** Y, mean and inverse standard deviation. */
const layerNormalization: ShapeRule = (node): (ValueType | null)[] => {
  const shape = node.outputs > 1 ? statistics(node) : null;
  const statistic = tensorType(node.int('stash_type', T.FLOAT), shape);
  return [node.like(0, node.shape(0)), statistic, statistic];
};

/** onnxruntime's, in the default domain: Y and inverse standard deviation. */
const simplifiedLayerNormalization: ShapeRule = (node) => {
  const [, statistic] = layerNormalization(node);
  const elem = node.elem(1) ?? node.elem(0);
  return [elem === null ? null : tensorType(elem, node.shape(0)), statistic ?? null];
};

/** Normalization: shapes stay, statistics come on top. */
export const NORM: Rules = {
  BatchNormalization: batchNormalization,
  InstanceNormalization: instanceNormalization,
  LayerNormalization: layerNormalization,
  SimplifiedLayerNormalization: simplifiedLayerNormalization,
  GroupNormalization: groupNormalization,
  RMSNormalization: same,
  LpNormalization: same,
  MeanVarianceNormalization: same,
  LRN: same,
};
