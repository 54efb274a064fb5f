import { INPUT_NOT_QUANTIZED, type Mark, NOT_FLOAT32, type OperatorRule } from './rule.ts';

/** Every float input and output, each with a scale of its own. */
export const each: Mark = (node, marker) => {
  if (![...node.input, ...node.output].some((name) => marker.isFloat(name))) return NOT_FLOAT32;
  for (const name of [...node.input, ...node.output]) marker.activation(node, name);
  return null;
};

/** Relu and Clip: done by the codes that come after where those end where it does. */
const bounding: Mark = (node, marker) => {
  const [input, ...bounds] = node.input;
  if (!marker.isMarked(input)) return INPUT_NOT_QUANTIZED;
  if (bounds.some((name) => name && !marker.isFloat(name))) return NOT_FLOAT32;
  if (!marker.absorb(node)) marker.activation(node, input);
  marker.activation(node, node.output[0]);
  return null;
};

/** Picks from two tensors: quantized where both are already. */
const choosing: Mark = (node, marker) => {
  const [, yes, no] = node.input;
  if (!marker.isMarked(yes) || !marker.isMarked(no)) return INPUT_NOT_QUANTIZED;
  marker.activation(node, yes);
  marker.activation(node, no);
  marker.activation(node, node.output[0]);
  return null;
};

/** Scale and shift: the bias with the scales of input and weights, as a convolution's. */
const normalization: Mark = (node, marker) => {
  const [input, , bias] = node.input;
  if (!marker.isFloat(input) || !marker.isFloat(node.output[0])) return NOT_FLOAT32;
  marker.activation(node, input);
  const weight = marker.weight(node, 1, 1);
  if (bias && weight) marker.bias(node, 2, input, weight);
  for (const name of node.output) marker.activation(node, name);
  return null;
};

const integer: OperatorRule = {
  mark: each,
  fused: true,
  idleBeforeFloat: true,
  needsCodes: 'all',
};
const float: OperatorRule = { mark: each, fused: false };

export const ARITHMETIC: Readonly<Record<string, OperatorRule>> = {
  Add: integer,
  Mul: integer,
  Sigmoid: integer,
  Softmax: integer,
  LeakyRelu: { mark: each, fused: true, needsCodes: 'all' },
  Concat: { ...integer, needsCodes: 'some' },
  GlobalAveragePool: integer,
  ArgMax: integer,
  Relu: { mark: bounding, fused: true },
  Clip: { mark: bounding, fused: true },
  Where: { mark: choosing, fused: true },
  InstanceNormalization: { mark: normalization, fused: false },
  LayerNormalization: { mark: normalization, fused: false },
  BatchNormalization: { mark: normalization, fused: false },
  CumSum: float,
  EmbedLayerNormalization: float,
};
