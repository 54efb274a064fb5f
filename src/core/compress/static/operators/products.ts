import { numberOf } from '../attributes.ts';
import type { Marker } from '../marks.ts';
import { type Mark, NOT_FLOAT32, type OperatorRule } from './rule.ts';

const NO_BIAS_TYPE = 'its bias is not constant, and an integer kernel needs it as int32';
const NO_WEIGHTS =
  'its weights are an output of the model, or an input with a default, and so must stay as they are';

/** Conv and ConvTranspose: weights [Cout, Cin/g, …] and [Cin, Cout/g, …], with their channels on `axis`. */
const convolution =
  (axis: number): Mark =>
  (node, marker) => {
    const [input, weights, bias] = node.input;
    const [output] = node.output;
    if (!marker.isFloat(input) || !marker.isFloat(output)) return NOT_FLOAT32;
    if (!marker.isFloat(weights)) return NO_WEIGHTS;
    if (bias && !marker.constant(bias)) return NO_BIAS_TYPE;
    marker.activation(node, input);
    marker.activation(node, output);
    const weight = marker.weight(node, 1, axis);
    // Where groups share scales there is none for each number of the bias.
    const shared = axis === 1 && numberOf(node, 'group', 1) > 1;
    if (bias && weight && !shared) marker.bias(node, 2, input, weight);
    return null;
  };

/** Whether C is one number for each column: the only form that an integer kernel takes. */
function isRow(marker: Marker, bias: string, columns: number | null): boolean {
  const dims = marker.constant(bias)?.dims.map(Number) ?? [];
  const last = dims.at(-1);
  return (
    dims.length > 0 &&
    dims.slice(0, -1).every((dim) => dim === 1) &&
    (columns === null || last === columns)
  );
}

/**
 * Gemm, alpha*A*B + beta*C. No integer kernel knows alpha or beta, so alpha goes into the weights
 * and beta into the bias; onnxruntime's tool leaves alpha, and sets beta to 1 in a way that loses it.
 */
const gemm: Mark = (node, marker) => {
  const [a, b, c] = node.input;
  const [output] = node.output;
  if (!marker.isFloat(a) || !marker.isFloat(output)) return NOT_FLOAT32;
  if (!marker.isFloat(b)) return NO_WEIGHTS;
  if (c && !marker.constant(c)) return NO_BIAS_TYPE;
  const alpha = numberOf(node, 'alpha', 1);
  const beta = numberOf(node, 'beta', 1);
  const weights = marker.constant(b);
  if (alpha !== 1 && !weights)
    return 'its alpha is not 1, and there are no constant weights to take it in';
  const axis = numberOf(node, 'transB', 0) ? 0 : 1;
  if (c && !isRow(marker, c, weights ? Number(weights.dims[axis]) : null)) {
    return 'its bias is not one number for each column';
  }
  marker.activation(node, a);
  marker.activation(node, output);
  const weight = marker.weight(node, 1, axis, alpha);
  if (c && weight) marker.bias(node, 2, a, weight, beta);
  return null;
};

/** Columns have scales of their own only in a matrix: kernels know no other form. */
const matMul: Mark = (node, marker) => {
  const [a, b] = node.input;
  const [output] = node.output;
  if (!marker.isFloat(output)) return NOT_FLOAT32;
  if (!marker.isFloat(a) || !marker.isFloat(b)) return NO_WEIGHTS;
  if (marker.constant(a) && marker.constant(b)) return 'both its factors are constant';
  // A constant on the left has the type of an activation: kernels take no uint8 weights with int8 inputs.
  marker.activation(node, a);
  marker.activation(node, output);
  marker.weight(node, 1, marker.constant(b)?.dims.length === 2 ? 1 : null);
  return null;
};

export const PRODUCTS: Readonly<Record<string, OperatorRule>> = {
  Conv: { mark: convolution(0), fused: true },
  // No integer kernel on the CPU: its weights would be dequantized in every run.
  ConvTranspose: { mark: convolution(1), fused: false },
  Gemm: { mark: gemm, fused: true, givesFloat: true },
  MatMul: { mark: matMul, fused: true, givesFloat: true },
};
